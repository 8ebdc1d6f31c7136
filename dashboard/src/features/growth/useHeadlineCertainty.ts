import type {
  AreaQuestion,
  BriefFigure,
  GrowthAnswer,
  GrowthUncertaintyAnswer,
  Measure,
  Track,
} from '@beltline/contract';
import { computed, type Ref } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { asSureAs, type GrowthFacts } from '../../format/growth-label.ts';
import { isOfSame } from './same-question.ts';
import { useComparison } from './useComparison.ts';

/** How sure growth is, of each track and measure of a headline; null = not known (yet). */
export type HeadlineCertainty = GrowthUncertaintyAnswer | null;

export const certaintyOf = (certainty: HeadlineCertainty, track: Track, measure: Measure) =>
  certainty?.tracks.find((row) => row.track === track)?.measures[measure] ?? null;

/** What may be said of a rate of the headline: a direction only where its interval has one sign. */
export function headlineFacts(
  growth: BriefFigure,
  certainty: HeadlineCertainty,
  of: { track: Track; measure: Measure },
): GrowthFacts {
  return asSureAs(growth, certaintyOf(certainty, of.track, of.measure));
}

/** Asks how sure a headline is, once it is there: that is read from owners, and takes longer. Nothing where nothing is compared. */
export function useHeadlineCertainty(area: () => AreaQuestion, headline: Readonly<Ref<GrowthAnswer | null>>) {
  const compared = useComparison();
  const query = useQuery(() =>
    headline.value === null || headline.value.meta.baseline === null
      ? null
      : questions.growthUncertainty({ ...compared.value, ...area() }),
  );
  const certainty = computed<HeadlineCertainty>(() => {
    const [found, shown] = [query.data.value, headline.value];
    return found !== null && shown !== null && isOfSame(found, shown) ? found : null;
  });
  return { certainty, query };
}
