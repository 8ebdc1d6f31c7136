import type { RecoveryStateName, Track } from '@beltline/contract';
import { computed } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { STATE_ORDER } from '../../format/state-style.ts';
import { useText } from '../../i18n/useText.ts';
import { TABLE_SORTS, TABLE_TRACKS, TURNS } from '../../shell/page-choices.ts';
import { useUnknownChoice } from '../../shell/unknown-choices.ts';
import { useView } from '../../shell/useView.ts';
import { oneOf, type Query, queryText } from '../../shell/view-state.ts';
import { flowMeasureOf } from '../../shell/vocabulary.ts';
import { useComparison } from '../growth/useComparison.ts';
import { provinceInView, provincesOf } from '../overview/ranking-rows.ts';
import { useBeltSearch } from '../search/useBeltSearch.ts';
import {
  type Condition,
  type Conditions,
  readConditions,
  withCondition,
  writtenConditions,
} from './table-conditions.ts';

export type TableSort = (typeof TABLE_SORTS)[number];
const readSort = (query: Query) => oneOf(TABLE_SORTS, queryText(query, 'sort'), 'value');
const readTurn = (query: Query) => oneOf(TURNS, queryText(query, 'order'), 'desc');
const readState = (query: Query): RecoveryStateName | null =>
  STATE_ORDER.find((name) => name === queryText(query, 'state')) ?? null;

/** All belts with their growth on several tracks and their states; what is asked of them, and their order, are in the address. */
export function useBeltTable() {
  const { state, query: urlQuery, choose } = useView();
  const { names } = useText();
  const compared = useComparison();
  const conditions = computed(() => readConditions(urlQuery.value));
  const inState = computed(() => readState(urlQuery.value));
  const sort = computed(() => readSort(urlQuery.value));
  const order = computed(() => readTurn(urlQuery.value));
  const measure = computed(() => flowMeasureOf(state.value.measure));

  const belts = useQuery(() => questions.belts({ source: state.value.source }));
  const provinces = computed(() => provincesOf(belts.data.value?.belts ?? [], names.value));
  const askedProvince = computed(() => queryText(urlQuery.value, 'province'));
  const province = computed(() => provinceInView(askedProvince.value, provinces.value));
  useUnknownChoice('province', () =>
    province.value === askedProvince.value ? undefined : askedProvince.value,
  );
  /** The API refuses a province that there is not: a link's is asked for once it is known. */
  const isOpen = computed(() => askedProvince.value !== undefined && belts.loading.value);

  const asked = useQuery(() =>
    isOpen.value
      ? null
      : questions.trackGrowth({
          ...compared.value,
          measure: measure.value,
          tracks: [...TABLE_TRACKS],
          ...(conditions.value.size > 0 ? { where: writtenConditions(conditions.value) } : {}),
          sort: sort.value,
          order: order.value,
          province: province.value,
        }),
  );
  const query = { ...asked, loading: computed(() => isOpen.value || asked.loading.value) };
  const states = useQuery(() => {
    const { source, asOf, month, reference } = state.value;
    return questions.states({
      source,
      asOf,
      month,
      reference,
      track: 'all',
      measure: measure.value,
      level: 'belt',
    });
  });
  /** What is told of each belt by the same data version as its growth. */
  const stateOf = computed(() => {
    const answer = states.data.value;
    const isSame =
      answer !== null &&
      answer.meta.dataVersion === query.data.value?.meta.dataVersion &&
      answer.measure === query.data.value.measure;
    return new Map(isSame ? answer.rows.map(({ area, now }) => [area.id, now] as const) : []);
  });
  const search = useBeltSearch();
  const rows = computed(() => {
    const found = search.found.value && new Set(search.found.value.map(({ beltId }) => beltId));
    return (query.data.value?.rows ?? []).filter(
      ({ belt }) =>
        (found === null || found.has(belt.beltId)) &&
        (inState.value === null || stateOf.value.get(belt.beltId)?.state === inState.value),
    );
  });
  const ask = (next: Conditions) => choose({ where: writtenConditions(next).join(',') || undefined });
  return {
    ...{ query, states, stateOf, rows, conditions, inState, sort, order, measure, search },
    ...{ province, provinces },
    askAll: ask,
    ask: (track: Track, next: Condition | undefined) => ask(withCondition(conditions.value, track, next)),
    chooseState: (next: string | undefined) => choose({ state: next }),
    chooseProvince: (next: string | undefined) => choose({ province: next }),
    clear: () => {
      search.clear();
      choose({ where: undefined, state: undefined, province: undefined });
    },
    sortBy: (key: TableSort) =>
      choose((before) => {
        const isTurned = key === readSort(before) && readTurn(before) === 'desc';
        return { sort: key === 'value' ? undefined : key, order: isTurned ? 'asc' : undefined };
      }),
  };
}
