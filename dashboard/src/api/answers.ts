/**
 * The answers that the page has, and when each question is asked again. TanStack Query keeps them, shares them between
 * panels, aborts what nobody waits for and forgets what nobody has looked at for five minutes. Ours is only when: after a
 * fault that passes, when the person or the server is back, and all at once when the data have a newer version.
 */
import { focusManager, notifyManager, QueryCache, QueryClient, type Query } from '@tanstack/vue-query';
import { watch } from 'vue';
import { attention, isCurrent, isOutdated, noteServerBack, noteVersions } from './freshness.ts';
import { ask } from './http-client.ts';
import { ProblemError } from './problem-error.ts';
import { retryWait } from './retry-wait.ts';

type CachedQuery = Pick<Query<unknown, unknown>, 'queryKey' | 'state'>;

/** How soon a question is asked again whose answer was overtaken by a newer data version. */
const OVERTAKEN_MS = 500;

/** An answer of an older data version than the page has seen: it was on its way when the newer one came. */
class Overtaken extends Error {}

const toProblem = (cause: unknown) =>
  cause instanceof ProblemError ? cause : new ProblemError({ code: 'unreadable', detail: String(cause) });

/** What others may change at any time without a new data version. */
const isShared = (path: string): boolean =>
  /^\/(annotations|audit|benchmark|data-versions|loads|mail|releases|reports|session|tokens|users)\b/.test(
    path,
  );

export const keyOf = (path: string) => [path] as const;
const pathOf = ({ queryKey }: CachedQuery): string => String(queryKey[0]);
const isPassing = ({ state }: CachedQuery): boolean =>
  state.error instanceof ProblemError && state.error.isPassing;

/** The answer to a question; one that is of an older version than the page has seen is none. */
export async function answerTo(path: string, signal: AbortSignal): Promise<unknown> {
  const answer = await ask({ path }, signal).catch((cause: unknown) => {
    throw toProblem(cause);
  });
  if (isOutdated(path, answer)) throw new Overtaken();
  return answer;
}

/** The faults that each question has met since its last answer: how many, and whether nobody answered the last time. */
let faults = new WeakMap<CachedQuery, { count: number; isAway: boolean }>();

function countFault(cause: unknown, query: CachedQuery): void {
  const isAway = cause instanceof ProblemError && cause.isAway;
  faults.set(query, { count: (faults.get(query)?.count ?? 0) + 1, isAway });
}

function takeNote(answer: unknown, query: CachedQuery): void {
  const wasAway = faults.get(query)?.isAway === true;
  faults.delete(query);
  if (wasAway) {
    // One panel has an answer again: the others need not wait for their turn.
    noteServerBack();
    askAgain((other) => isPassing(other) && other.state.fetchStatus === 'idle');
  }
  if (noteVersions(pathOf(query), answer)) followNewVersion();
}

/** All panels at once, so that figures of two versions never stand side by side. What brought the news stays. */
function followNewVersion(): void {
  answers.removeQueries({ type: 'inactive' });
  const isOld = (query: CachedQuery) => isOutdated(pathOf(query), query.state.data);
  void answers.resetQueries({ type: 'active', predicate: isOld });
  askAgain((query) => !isCurrent(pathOf(query), query.state.data));
}

/** Asks what is on the page and fits, as if it had met no fault yet. */
function askAgain(fits: (query: CachedQuery) => boolean): void {
  faults = new WeakMap();
  void answers.refetchQueries({ type: 'active', predicate: fits });
}

export const answers = new QueryClient({
  queryCache: new QueryCache({ onSuccess: takeNote, onError: countFault }),
  defaultOptions: {
    queries: {
      // A fault is told at once, so it ends the asking; the interval begins it anew.
      retry: (_faults, cause) => cause instanceof Overtaken,
      retryDelay: OVERTAKEN_MS,
      refetchInterval: (query) => (isPassing(query) ? retryWait(faults.get(query)?.count ?? 0) : false),
      refetchIntervalInBackground: true,
      // `attention` is finer: it tells a glance from a return, and what can have changed from what cannot.
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // Whether the server can be reached is what asking it tells.
      networkMode: 'always',
      // Whoever waits for an answer hears of each, also of one like the last.
      structuralSharing: false,
    },
  },
});
// A page in the background goes on asking as well.
focusManager.setFocused(true);
// What an answer takes off the page goes in the same moment as the answer comes.
notifyManager.setScheduler((notify) => notify());

watch(attention, () => askAgain((query) => isPassing(query) || isShared(pathOf(query))));
