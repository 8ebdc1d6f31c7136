import { computed } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { useText } from '../../i18n/useText.ts';
import { FLOW_MEASURES } from '../../shell/vocabulary.ts';
import { SORTS, TURNS } from '../../shell/page-choices.ts';
import { oneOf, type Query, queryText } from '../../shell/view-state.ts';
import { useUnknownChoice } from '../../shell/unknown-choices.ts';
import { useView } from '../../shell/useView.ts';
import { useComparison } from '../growth/useComparison.ts';
import { useBeltSearch } from '../search/useBeltSearch.ts';
import { foundRows, provinceInView, provincesOf } from './ranking-rows.ts';

export type Sort = (typeof SORTS)[number];
/** Enough for every belt of a source: the API ranks them, this page only shows fewer at first. */
const LIMIT = 1000;

const readSort = (query: Query) => oneOf(SORTS, queryText(query, 'sort'), 'value');
const readTurn = (query: Query) => oneOf(TURNS, queryText(query, 'order'), 'desc');

/** The ranking with its sorting and its province in the URL, and the text that narrows the rows shown. */
export function useRanking() {
  const { state, query: urlQuery, choose } = useView();
  const { names } = useText();
  const compared = useComparison();
  const sort = computed(() => readSort(urlQuery.value));
  const order = computed(() => readTurn(urlQuery.value));
  const belts = useQuery(() => questions.belts({ source: state.value.source }));
  const provinces = computed(() => provincesOf(belts.data.value?.belts ?? [], names.value));
  const askedProvince = computed(() => queryText(urlQuery.value, 'province'));
  const province = computed(() => provinceInView(askedProvince.value, provinces.value));
  useUnknownChoice('province', () =>
    province.value === askedProvince.value ? undefined : askedProvince.value,
  );
  const search = useBeltSearch();

  const ranked = computed(() => ({
    ...compared.value,
    track: state.value.track,
    sort: sort.value,
    order: order.value,
    province: province.value,
  }));
  /** The API refuses a province that there is not: a link's is asked for once it is known. */
  const isOpen = computed(() => askedProvince.value !== undefined && belts.loading.value);
  const asked = useQuery(() =>
    isOpen.value
      ? null
      : questions.growthByBelt({ ...ranked.value, measure: state.value.measure, limit: LIMIT }),
  );
  const query = { ...asked, loading: computed(() => isOpen.value || asked.loading.value) };
  /** Of sums alone; it follows the ranking, which it takes longer than. */
  const uncertainty = useQuery(() => {
    const measure = FLOW_MEASURES.find((flow) => flow === state.value.measure);
    return measure === undefined || query.data.value === null
      ? null
      : questions.rankingUncertainty({ ...ranked.value, measure });
  });
  const rows = computed(() => foundRows(query.data.value?.rows ?? [], search.found.value));

  function sortBy(key: Sort): void {
    choose((before) => {
      const isTurned = key === readSort(before) && readTurn(before) === 'desc';
      return { sort: key === 'value' ? undefined : key, order: isTurned ? 'asc' : undefined };
    });
  }
  const chooseProvince = (next: string) => choose({ province: next === '' ? undefined : next });
  return { query, uncertainty, rows, sort, order, province, provinces, search, sortBy, chooseProvince };
}
