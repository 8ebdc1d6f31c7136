import type { AreaQuestion, SeriesAnswer, SureFigure, Track } from '@beltline/contract';
import { computed, type ComputedRef, type Ref } from 'vue';
import { questions } from '../../api/questions.ts';
import { useQuery, type Query } from '../../api/useQuery.ts';
import type { ShownPoint } from '../../format/growth-label.ts';
import { useView } from '../../shell/useView.ts';

/** A line of a series; each of its points with how sure its growth is, where that is known (yet). */
export interface SureLine {
  readonly track: Track;
  readonly points: readonly ShownPoint[];
}

export interface SeriesCertainty {
  readonly lines: ComputedRef<readonly SureLine[]>;
  /** What the signs of the months' growth are worth, to be said beside them. */
  readonly note: ComputedRef<IntervalNote>;
}
export type IntervalNote =
  'trend.monthInterval' | 'headline.uncertaintyFailed' | 'headline.uncertaintyWaiting';

/** A sign that is unsure by its interval is another thing than one whose interval cannot be had, or is not there yet. */
export function intervalNote(
  { error, loading, stale }: Pick<Query<unknown>, 'error' | 'loading' | 'stale'>,
  isKnown: boolean,
): IntervalNote {
  if (isKnown) return 'trend.monthInterval';
  if (error.value !== null) return 'headline.uncertaintyFailed';
  return loading.value || stale.value ? 'headline.uncertaintyWaiting' : 'trend.monthInterval';
}

/** Lines of months with how sure the growth of each month is. That follows the series, which it takes longer than. */
export function useSeriesCertainty(
  area: () => AreaQuestion,
  series: Readonly<Ref<SeriesAnswer | null>>,
): SeriesCertainty {
  const { source, state } = useView();
  const query = useQuery(() => {
    if (series.value === null) return null;
    return questions.seriesUncertainty({
      source: state.value.source,
      asOf: state.value.asOf,
      measure: series.value.measure,
      tracks: series.value.lines.map(({ track }) => track),
      ...area(),
      from: source.value.months.from,
      to: source.value.months.to,
    });
  });
  const known = computed(() => {
    const [shown, found] = [series.value, query.data.value];
    const isOfSame =
      shown !== null &&
      found !== null &&
      found.meta.dataVersion === shown.meta.dataVersion &&
      found.measure === shown.measure &&
      found.area.id === shown.area.id &&
      found.area.level === shown.area.level;
    return isOfSame ? found : null;
  });
  const lines = computed(() => {
    const [shown, found] = [series.value, known.value];
    if (shown === null) return [];
    const sure = new Map<string, SureFigure>(
      found !== null
        ? found.lines.flatMap(({ track, points }) =>
            points.map(({ day, growth }) => [`${track} ${day}`, growth] as const),
          )
        : [],
    );
    return shown.lines.map(({ track, points }) => ({
      track,
      points: points.map((point) => ({ ...point, sure: sure.get(`${track} ${point.day}`) ?? null })),
    }));
  });
  /** Not where a line was added just now: the answer before it knows the others only. */
  const isWhole = computed(() => {
    const tracks = new Set(known.value?.lines.map(({ track }) => track));
    return lines.value.every(({ track }) => tracks.has(track));
  });
  return { lines, note: computed(() => intervalNote(query, isWhole.value)) };
}
