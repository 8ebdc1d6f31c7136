import type { AreaQuestion, ContributionsAnswer, RankingUncertaintyAnswer } from '@beltline/contract';
import { computed, type ComputedRef, type Ref } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { FLOW_MEASURES } from '../../shell/vocabulary.ts';
import { useComparison } from './useComparison.ts';

/**
 * How sure a split is: its total, and the belts of which it is made. It follows the split, which it takes longer than. Null = not known (yet);
 * undefined = the measure has no intervals (counts of merchants).
 */
export function useSplitCertainty(
  area: () => AreaQuestion,
  split: Readonly<Ref<ContributionsAnswer | null>>,
): ComputedRef<RankingUncertaintyAnswer | null | undefined> {
  const compared = useComparison();
  const flow = computed(() => FLOW_MEASURES.find((measure) => measure === split.value?.measure));
  const query = useQuery(() =>
    split.value === null || flow.value === undefined
      ? null
      : questions.rankingUncertainty({
          ...compared.value,
          ...area(),
          track: split.value.track,
          measure: flow.value,
        }),
  );
  return computed(() => {
    const [found, shown] = [query.data.value, split.value];
    if (shown !== null && flow.value === undefined) return undefined;
    const isOfSame =
      found !== null &&
      found.meta.dataVersion === shown?.meta.dataVersion &&
      found.area.id === shown.area.id &&
      (['from', 'to'] as const).every((end) => found.meta.period[end] === shown.meta.period[end]) &&
      found.meta.comparison === shown.meta.comparison &&
      (['track', 'measure'] as const).every((key) => found[key] === shown[key]);
    return isOfSame ? found : null;
  });
}
