import { computed, onScopeDispose, shallowReactive, watch } from 'vue';

/** What only data can tell to be unknown: the rules that a load rejected rows by, the provinces of a source, areas to compare. */
export type DataKey = 'rule' | 'province' | 'areas';

/** `kept`: the rest of a list, which is known. */
interface UnknownChoice {
  readonly key: DataKey;
  readonly asked: string;
  readonly kept?: string | undefined;
}
const unknown = shallowReactive(new Map<symbol, UnknownChoice>());

/**
 * Says above the page what a link asks for and the data in view do not have, for as long as who shows them is there. `asked`: undefined
 * where nothing is missing, or that is not known yet. `kept`: what of a list stays in the address when the reader lets go of the rest.
 */
export function useUnknownChoice(
  key: DataKey,
  asked: () => string | undefined,
  kept?: () => string | undefined,
): void {
  const id = Symbol(key);
  watch(
    asked,
    (now) => {
      if (now === undefined) unknown.delete(id);
      else unknown.set(id, { key, asked: now, ...(kept ? { kept: kept() } : {}) });
    },
    { immediate: true },
  );
  onScopeDispose(() => unknown.delete(id));
}

export const unknownChoices = computed(() => [...unknown.values()]);
