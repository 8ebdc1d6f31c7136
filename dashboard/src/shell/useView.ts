import type { Source } from '@beltline/contract';
import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter, type RouteLocationRaw } from 'vue-router';
import { goWith } from './go-with.ts';
import { useSources } from './useSources.ts';
import {
  chooseSource,
  readViewState,
  sharedQuery,
  withQuery,
  type Patch,
  type Query,
  type ViewState,
} from './view-state.ts';

export interface View {
  source: ComputedRef<Source>;
  state: ComputedRef<ViewState>;
  /** The query of the URL, for what only one page knows (its sorting, its filter). */
  query: ComputedRef<Query>;
  /** Changes the query; a choice of the reader, so Back returns from it. */
  choose(patch: Patch): void;
  /** Changes the query without a step in the history: for what moves by itself, or under a dragging finger. */
  adjust(patch: Patch): void;
  /** A link that keeps what the reader chose. */
  link(name: string, params?: Record<string, string>, extra?: Query, hash?: string): RouteLocationRaw;
}

/** Usable below the start gate only, where at least one source is there. */
export function useView(): View {
  const route = useRoute();
  const router = useRouter();
  const { sources } = useSources();
  const query = computed<Query>(() => route.query);
  const source = computed(() => {
    const chosen = chooseSource(query.value, sources.value);
    if (chosen === null) throw new Error('no source is loaded');
    return chosen;
  });
  return {
    source,
    state: computed(() => readViewState(query.value, source.value)),
    query,
    choose: (patch) => void goWith(router, patch, 'push'),
    adjust: (patch) => void goWith(router, patch, 'replace'),
    link: (name, params = {}, extra = {}, hash = '') => ({
      name,
      params,
      query: withQuery(sharedQuery(route.query), extra),
      hash,
    }),
  };
}
