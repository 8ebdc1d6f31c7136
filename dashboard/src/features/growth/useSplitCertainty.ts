import type { AreaQuestion, ContributionPart, ContributionsAnswer, SureFigure } from '@beltline/contract';
import { computed, type ComputedRef, type Ref } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { FLOW_MEASURES, isAdditive } from '../../shell/vocabulary.ts';
import { isOfSame } from './same-question.ts';
import { useComparison } from './useComparison.ts';

type PartOf = Pick<ContributionPart, 'kind' | 'belt' | 'combination'>;

/** How sure a split is: growth of its total, and the contribution of each of its parts. */
export interface SplitCertainty {
  readonly total: SureFigure;
  /** Null of a part of which nothing is said: a correction, belts beyond those that are named, and belts by their merchants. */
  readonly of: (part: PartOf) => SureFigure | null;
}

/** A part by what it stands for. */
export const partKey = ({ kind, belt, combination }: PartOf) =>
  kind + (belt?.beltId ?? combination?.join('+') ?? '');

/** How sure a split is. It follows the split, which it takes longer than. Null = not known (yet). */
export function useSplitCertainty(
  area: () => AreaQuestion,
  split: Readonly<Ref<ContributionsAnswer | null>>,
  limit?: number,
): ComputedRef<SplitCertainty | null> {
  const compared = useComparison();
  const common = computed(() => {
    if (split.value === null || split.value.meta.baseline === null) return null;
    const { by, track, measure } = split.value;
    const flow = by === 'belt' ? FLOW_MEASURES.find((one) => one === measure) : undefined;
    return { asked: { ...compared.value, ...area(), track }, flow, measure };
  });
  const belts = useQuery(() => {
    if (common.value?.flow === undefined) return null;
    return questions.rankingUncertainty({ ...common.value.asked, measure: common.value.flow });
  });
  // Of merchants by belt the total alone is known, which is that of any split of theirs.
  const combinations = useQuery(() => {
    if (common.value === null || common.value.flow !== undefined) return null;
    const { asked, measure } = common.value;
    return isAdditive(measure) ? questions.contributionsUncertainty({ ...asked, measure, limit }) : null;
  });
  return computed(() => {
    const [shown, ofBelts, ofCombinations] = [split.value, belts.data.value, combinations.data.value];
    if (shown === null) return null;
    if (ofBelts !== null && isOfSame(ofBelts, shown))
      return certaintyOf(
        ofBelts.total,
        ofBelts.rows.map(({ belt, contribution }) => [
          { kind: 'belt', belt, combination: null },
          contribution,
        ]),
      );
    if (ofCombinations === null || !isOfSame(ofCombinations, shown)) return null;
    const isByBelt = shown.by === 'belt';
    return certaintyOf(
      ofCombinations.total,
      isByBelt
        ? []
        : ofCombinations.parts.map(({ contribution, ...part }) => [{ ...part, belt: null }, contribution]),
    );
  });
}

function certaintyOf(total: SureFigure, parts: readonly (readonly [PartOf, SureFigure])[]): SplitCertainty {
  const sure = new Map(parts.map(([part, contribution]) => [partKey(part), contribution]));
  return { total, of: (part) => sure.get(partKey(part)) ?? null };
}
