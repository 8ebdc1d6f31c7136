import type { GrowthByBeltAnswer } from '@beltline/contract';
import { computed, ref } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { oneOf, queryText } from '../../shell/view-state.ts';
import { useView } from '../../shell/useView.ts';
import { useCompared } from '../growth/useCompared.ts';

export const SORTS = ['value', 'growth', 'change'] as const;
export type Sort = (typeof SORTS)[number];
/** Enough for every belt of a source: the API ranks them, this page only shows fewer at first. */
const LIMIT = 1000;

const byName = (a: string, b: string) => a.localeCompare(b, 'zh-CN');

export type RankingRow = GrowthByBeltAnswer['rows'][number];

/** The ranking with its sorting and its province in the URL, and the text that narrows the rows shown. */
export function useRanking() {
  const { state, query: urlQuery, choose } = useView();
  const compared = useCompared();
  const sort = computed(() => oneOf(SORTS, queryText(urlQuery.value, 'sort'), 'value'));
  const order = computed(() => oneOf(['desc', 'asc'] as const, queryText(urlQuery.value, 'order'), 'desc'));
  const province = computed(() => queryText(urlQuery.value, 'province'));
  const find = ref('');

  const query = useQuery(() =>
    questions.growthByBelt({
      ...compared.value,
      track: state.value.track,
      measure: state.value.measure,
      sort: sort.value,
      order: order.value,
      province: province.value,
      limit: LIMIT,
    }),
  );
  const belts = useQuery(() => questions.belts({ source: state.value.source }));
  const provinces = computed(() =>
    [...new Set((belts.data.value?.belts ?? []).map((belt) => belt.province))].sort(byName),
  );
  const rows = computed(() => matching(query.data.value?.rows ?? [], find.value));

  function sortBy(key: Sort): void {
    const turned = key === sort.value && order.value === 'desc' ? 'asc' : 'desc';
    choose({ sort: key === 'value' ? undefined : key, order: turned === 'desc' ? undefined : turned });
  }
  const chooseProvince = (next: string) => choose({ province: next === '' ? undefined : next });
  return { query, rows, sort, order, province, provinces, find, sortBy, chooseProvince };
}

function matching(rows: readonly RankingRow[], text: string): readonly RankingRow[] {
  const needle = text.trim().toLowerCase();
  if (needle === '') return rows;
  return rows.filter(({ belt }) =>
    [belt.name.zh, belt.name.en, belt.city, belt.county, belt.category.zh, belt.category.en].some((field) =>
      field.toLowerCase().includes(needle),
    ),
  );
}
