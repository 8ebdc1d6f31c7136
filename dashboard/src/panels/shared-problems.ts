import { computed, onScopeDispose, shallowReactive, watch, type ComputedRef } from 'vue';
import type { ProblemError } from '../api/problem-error.ts';

/** From so many panels on, a problem is that of the page: said once above them, and by each in its title alone. */
const MANY = 3;

const shown = shallowReactive(new Map<symbol, ProblemError>());

const isSame = (a: ProblemError, b: ProblemError): boolean =>
  a.code === b.code && a.status === b.status && a.title === b.title && a.detail === b.detail;
const isOfMany = (error: ProblemError): boolean =>
  [...shown.values()].filter((other) => isSame(other, error)).length >= MANY;

/** Whether the problem of a panel is that of many, for as long as the panel shows it. */
export function useSharedProblem(error: () => ProblemError): ComputedRef<boolean> {
  const id = Symbol('panel');
  watch(error, (now) => shown.set(id, now), { immediate: true });
  onScopeDispose(() => shown.delete(id));
  return computed(() => isOfMany(error()));
}

/** The problems that many panels have, each once. */
export const sharedProblems = computed(() => {
  const many = [...shown.values()].filter(isOfMany);
  return many.filter((error, index) => many.findIndex((other) => isSame(other, error)) === index);
});
