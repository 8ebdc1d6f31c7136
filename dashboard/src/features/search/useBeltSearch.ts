import type { Belt, BeltsAnswer } from '@beltline/contract';
import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery, type Query } from '../../api/useQuery.ts';
import { useView } from '../../shell/useView.ts';

/** What the API takes. */
export const SEARCH_LENGTH = 64;
/** Typing goes on: the API is asked when it pauses. */
const PAUSE_MS = 150;

export interface BeltSearch {
  /** What is being typed. */
  text: Ref<string>;
  query: Query<BeltsAnswer>;
  /** Belts that the text finds, the best first; null where nothing is searched for, or no answer is there yet. */
  found: ComputedRef<readonly Belt[] | null>;
  clear(): void;
}

/** Searches the belts of the source as the API does: codes, names, places and goods, in either language, and pinyin. `first` is searched for at once; nothing where somebody
 * `may` not. */
export function useBeltSearch(first = '', may: () => boolean = () => true): BeltSearch {
  const { state } = useView();
  const text = ref(first);
  const asked = ref(first.trim().slice(0, SEARCH_LENGTH));
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(text, (next) => {
    clearTimeout(timer);
    const wanted = next.trim().slice(0, SEARCH_LENGTH);
    if (wanted === '') asked.value = '';
    else timer = setTimeout(() => (asked.value = wanted), PAUSE_MS);
  });
  onScopeDispose(() => clearTimeout(timer));
  const query = useQuery(() =>
    asked.value === '' || !may() ? null : questions.belts({ source: state.value.source, q: asked.value }),
  );
  return {
    text,
    query,
    found: computed(() => (asked.value === '' ? null : (query.data.value?.belts ?? null))),
    clear: () => (text.value = ''),
  };
}
