import type { Health, Source } from '@beltline/contract';
import { computed, inject, onScopeDispose, provide, shallowRef, watch, type InjectionKey } from 'vue';
import type { ProblemError } from '../api/problem-error.ts';
import { askHealth, questions } from '../api/questions.ts';
import { attention, serverBack, watchAttention } from '../api/freshness.ts';
import { useQuery } from '../api/useQuery.ts';

const POLL_MS = 2_000;

/** How often an open page asks whether there are new data. */
const FRESH_MS = 60_000;

/** `ready`: figures can be asked. `loading`: the first orders are on their way. `none`: nothing loaded, nothing coming. */
export type StartState = 'asking' | 'ready' | 'loading' | 'none' | 'failed';

const SOURCES: InjectionKey<ReturnType<typeof startSources>> = Symbol('sources');

function stateOf(
  sources: readonly Source[] | null,
  error: ProblemError | null,
  health: Health | null,
): StartState {
  if (sources !== null && sources.length > 0) return 'ready';
  if (health?.checks.data === 'loading') return 'loading';
  if (error !== null) return 'failed';
  if (sources === null || health === null) return 'asking';
  return 'none';
}

/** The sources that there are, asked again until there is one, and as often as there may be something new; none are asked for where `mayAsk` is false. */
export function startSources(mayAsk = true) {
  const query = useQuery(() => (mayAsk ? questions.sources() : null));
  const health = shallowRef<Health | null>(null);
  /** The same list asked again is the same list: nothing that hangs on it begins anew. */
  const sources = computed<readonly Source[]>((before) => {
    const now = query.data.value?.sources ?? [];
    return before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now;
  });
  const state = computed(() => stateOf(query.data.value?.sources ?? null, query.error.value, health.value));
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whoever waited for the health while another began to wait is late. */
  let latest = 0;

  async function checkHealth(): Promise<void> {
    try {
      health.value = await askHealth();
    } catch {
      // Whether the API can be reached is what asking for the sources says; this only adds what it is busy with.
      health.value = null;
    }
  }

  /** While there is nothing to show, ask again until there is: someone who waits should not have to reload. */
  watch(
    [query.data, query.error],
    async () => {
      const mine = ++latest;
      clearTimeout(timer);
      if (query.data.value === null && query.error.value === null) return;
      if (sources.value.length > 0) return;
      await checkHealth();
      if (mine !== latest) return;
      timer = setTimeout(query.reload, POLL_MS);
    },
    { immediate: true },
  );
  /** Whether there are new data, periods or sources; that it cannot be asked is for the panels to say, when they are asked. */
  function lookForNewData(): void {
    if (document.visibilityState !== 'hidden' && sources.value.length > 0) query.reload();
  }
  const fresh = setInterval(lookForNewData, FRESH_MS);
  watch([attention, serverBack], lookForNewData);
  const stopWatching = watchAttention();
  onScopeDispose(() => {
    latest += 1;
    clearTimeout(timer);
    clearInterval(fresh);
    stopWatching();
  });
  return { sources, state, error: query.error, reload: query.reload };
}

export function provideSources(mayAsk: boolean) {
  const started = startSources(mayAsk);
  provide(SOURCES, started);
  return started;
}

export function useSources() {
  const started = inject(SOURCES);
  if (!started) throw new Error('sources are not provided');
  return started;
}
