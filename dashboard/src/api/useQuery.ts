import { useQuery as useKeptAnswer } from '@tanstack/vue-query';
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { answers, answerTo, keyOf } from './answers.ts';
import { generation, isOutdated } from './freshness.ts';
import type { Question } from './http-client.ts';
import type { ProblemError } from './problem-error.ts';

export interface Query<A> {
  data: Readonly<ShallowRef<A | null>>;
  error: Readonly<ShallowRef<ProblemError | null>>;
  /** Nothing to show yet. */
  loading: ComputedRef<boolean>;
  /** What is shown is about to be replaced. */
  stale: ComputedRef<boolean>;
  /** What is shown is the last answer to this question; asking it again has failed (`error`). */
  kept: ComputedRef<boolean>;
  reload(): void;
}

/** The last answer to a question, without asking it again: for a hint about what is itself asked for. */
export const recalled = <A>({ path }: Question<A>): A | null => answers.getQueryData<A>(keyOf(path)) ?? null;

/**
 * Asks a question whenever it changes, and again when `answers` finds it time to; the latest wins, an overtaken request is
 * aborted. While a new answer is awaited the old one stays in `data` (`stale`), and so does the error of the last try. After
 * an error the answer stays only where it answers the same question (`kept`); an answer to another one is taken away, so
 * that nobody reads it as this one's, and so is one that is refused by now. A question of null asks nothing.
 */
export function useQuery<A>(question: () => Question<A> | null): Query<A> {
  const data = shallowRef<A | null>(null);
  const error = shallowRef<ProblemError | null>(null);
  const path = computed(() => question()?.path ?? null);
  const kept = useKeptAnswer<A, ProblemError>(
    () => ({
      queryKey: keyOf(path.value ?? ''),
      queryFn: ({ signal }) => answerTo(path.value ?? '', signal) as Promise<A>,
      enabled: path.value !== null,
      shallow: true,
    }),
    answers,
  );
  const pending = kept.isFetching;

  watch(
    [path, kept.status, kept.data, kept.error],
    ([asked, status, answer, problem], [before]) => {
      if (asked !== before) error.value = null;
      if (asked === null) data.value = null;
      if (asked === null || status === 'pending') return;
      data.value = problem?.isRefusal ? null : (answer ?? null);
      error.value = problem;
    },
    { immediate: true },
  );
  // Also what still stands there of the question before.
  watch(generation, () => {
    if (path.value !== null && isOutdated(path.value, data.value)) data.value = null;
  });
  return {
    data,
    error,
    loading: computed(() => pending.value && data.value === null && error.value === null),
    stale: computed(() => pending.value && (data.value !== null || error.value !== null)),
    kept: computed(() => error.value !== null && data.value !== null),
    reload: () => void kept.refetch(),
  };
}
