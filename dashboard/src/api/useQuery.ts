import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { AnswerMemory } from './answer-memory.ts';
import {
  attention,
  generation,
  isCurrent,
  isOutdated,
  noteServerBack,
  noteVersions,
  serverBack,
} from './freshness.ts';
import { ask, type Question } from './http-client.ts';
import { ProblemError } from './problem-error.ts';
import { retryWait } from './retry-wait.ts';

const memory = new AnswerMemory(60);

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
export const recalled = <A>(question: Question<A>): A | null => memory.recall(question.path) as A | null;

const toProblem = (cause: unknown) =>
  cause instanceof ProblemError ? cause : new ProblemError({ code: 'unreadable', detail: String(cause) });

/** How soon a question is asked again whose answer was overtaken by a newer data version. */
const OUTDATED_MS = 500;

/** What others may change at any time without a new data version. */
const isShared = (path: string): boolean => /^\/(annotations|loads|data-versions)\b/.test(path);

/**
 * Asks a question whenever it changes, and again when a newer data version is known, or after a fault that passes; the
 * latest wins, an overtaken request is aborted. While a new answer is awaited the old one stays in `data` (`stale`). After an
 * error it stays only where it answers the same question (`kept`); an answer to another one is taken away, so that nobody
 * reads it as this one's, and so is one that is refused by now. A question of null asks nothing.
 */
export function useQuery<A>(question: () => Question<A> | null): Query<A> {
  const data = shallowRef<A | null>(null);
  const error = shallowRef<ProblemError | null>(null);
  const pending = ref(false);
  let controller: AbortController | null = null;
  let retries = 0;
  /** What `data` is the answer to. */
  let answered: string | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function retryLater(asked: Question<A>): void {
    if (error.value?.isPassing !== true) return;
    retry = setTimeout(() => void run(asked), retryWait(retries));
    retries += 1;
  }

  function show(path: string, answer: A): void {
    answered = path;
    data.value = answer;
  }

  function fail(asked: Question<A>, problem: ProblemError): void {
    if (answered !== asked.path || problem.isRefusal) data.value = null;
    error.value = problem;
    retryLater(asked);
  }

  /** Only once nobody answered can someone be back. */
  function succeed(): void {
    const wasAway = error.value?.isAway === true;
    error.value = null;
    retries = 0;
    if (wasAway) noteServerBack();
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
    const remembered = recalled(asked);
    if (remembered !== null) show(asked.path, remembered);
    try {
      const answer = await ask(asked, mine.signal);
      if (controller !== mine) return;
      if (isOutdated(asked.path, answer)) {
        retry = setTimeout(() => void run(asked), OUTDATED_MS);
        return;
      }
      memory.keep(asked.path, answer);
      show(asked.path, answer);
      succeed();
      noteVersions(asked.path, answer);
    } catch (cause) {
      if (controller !== mine) return;
      fail(asked, toProblem(cause));
    }
    pending.value = false;
  }

  watch(
    () => question()?.path ?? null,
    (path) => {
      retries = 0;
      error.value = null;
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
  // One panel has an answer again: the others need not wait for their turn.
  watch(serverBack, () => {
    if (pending.value || error.value?.isPassing !== true) return;
    retries = 0;
    void run(question());
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
    kept: computed(() => error.value !== null && data.value !== null),
    reload: () => void run(question()),
  };
}
