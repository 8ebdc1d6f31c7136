import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { AnswerMemory } from './answer-memory.ts';
import { attention, generation, isCurrent, isOutdated, noteVersions } from './freshness.ts';
import { ask, type Question } from './http-client.ts';
import { ProblemError } from './problem-error.ts';

const memory = new AnswerMemory(60);

export interface Query<A> {
  data: Readonly<ShallowRef<A | null>>;
  error: Readonly<ShallowRef<ProblemError | null>>;
  /** Nothing to show yet. */
  loading: ComputedRef<boolean>;
  /** What is shown is about to be replaced. */
  stale: ComputedRef<boolean>;
  reload(): void;
}

/** The last answer to a question, without asking it again: for a hint about what is itself asked for. */
export const recalled = <A>(question: Question<A>): A | null => memory.recall(question.path) as A | null;

const toProblem = (cause: unknown) =>
  cause instanceof ProblemError ? cause : new ProblemError({ code: 'unreadable', detail: String(cause) });

/** How long until a question is asked again that met a fault which passes; then no more, until somebody looks or asks. */
const RETRIES_MS = [2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 60_000, 60_000, 60_000, 60_000];

/** How soon a question is asked again whose answer was overtaken by a newer data version. */
const OUTDATED_MS = 500;

/** What others may change at any time without a new data version. */
const isShared = (path: string): boolean => /^\/(annotations|loads|data-versions)\b/.test(path);

/**
 * Asks a question whenever it changes, and again when a newer data version is known, or after a fault that passes; the latest wins, an overtaken request is aborted. While a new answer is awaited the
 * old one stays in `data` (`stale`); after an error it is taken away, so that nobody reads it as the answer.
 * A question of null asks nothing.
 */
export function useQuery<A>(question: () => Question<A> | null): Query<A> {
  const data = shallowRef<A | null>(null);
  const error = shallowRef<ProblemError | null>(null);
  const pending = ref(false);
  let controller: AbortController | null = null;
  let retries = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function retryLater(asked: Question<A>): void {
    const wait = RETRIES_MS[retries];
    if (wait === undefined || error.value?.isPassing !== true) return;
    retries += 1;
    retry = setTimeout(() => void run(asked), wait);
  }

  async function run(asked: Question<A> | null): Promise<void> {
    controller?.abort();
    controller = null;
    clearTimeout(retry);
    if (asked === null) {
      data.value = null;
      error.value = null;
      pending.value = false;
      return;
    }
    const mine = new AbortController();
    controller = mine;
    pending.value = true;
    data.value = recalled(asked) ?? data.value;
    try {
      const answer = await ask(asked, mine.signal);
      if (controller !== mine) return;
      if (isOutdated(asked.path, answer)) {
        retry = setTimeout(() => void run(asked), OUTDATED_MS);
        return;
      }
      memory.keep(asked.path, answer);
      data.value = answer;
      error.value = null;
      retries = 0;
      noteVersions(asked.path, answer);
    } catch (cause) {
      if (controller !== mine) return;
      data.value = null;
      error.value = toProblem(cause);
      retryLater(asked);
    }
    pending.value = false;
  }

  watch(
    () => question()?.path ?? null,
    (path) => {
      retries = 0;
      void run(path === null ? null : { path });
    },
    { immediate: true },
  );
  watch(generation, () => {
    const asked = question();
    if (asked === null) return;
    memory.forget();
    // All panels at once: figures of two versions never stand side by side. What brought the news stays.
    if (isCurrent(asked.path, data.value)) return;
    if (isOutdated(asked.path, data.value)) data.value = null;
    void run(asked);
  });
  watch(attention, () => {
    const asked = question();
    if (asked === null || (error.value?.isPassing !== true && !isShared(asked.path))) return;
    retries = 0;
    void run(asked);
  });
  onScopeDispose(() => {
    clearTimeout(retry);
    controller?.abort();
    controller = null;
  });
  return {
    data,
    error,
    loading: computed(() => pending.value && data.value === null && error.value === null),
    stale: computed(() => pending.value && (data.value !== null || error.value !== null)),
    reload: () => void run(question()),
  };
}
