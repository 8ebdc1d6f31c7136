import type { ClockPoint } from '../../charts/clock-option.ts';
import { coordinateText, whereText } from '../../charts/clock-words.ts';
import type { DateFormat } from '../../format/date-format.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';
import { quadrantCounts, undeterminedCount } from './clock-points.ts';

export interface ClockMonth {
  month: string;
  points: readonly ClockPoint[];
  /** All areas in words, with those that are nowhere: "130 belts". */
  areas: string;
  unknown: number;
  /** The chosen area: where it is, or why it is nowhere. */
  chosen: { name: string; point: ClockPoint | null; reason: string } | null;
}

function chosenText(chosen: NonNullable<ClockMonth['chosen']>, numbers: NumberFormat, t: Translate): string {
  const { name, point, reason } = chosen;
  if (point === null) return t('clock.chosenNone', { name, reason });
  return t('clock.chosen', {
    name,
    where: whereText(point, t),
    x: coordinateText(point, 'x', numbers, t),
    y: differenceText(point, numbers, t),
  });
}

function differenceText(place: ClockPoint, numbers: NumberFormat, t: Translate): string {
  if (place.interval === null) return coordinateText(place, 'y', numbers, t);
  const { yLow, yHigh } = place.interval;
  return t('clock.points', {
    value: numbers.signedPoints(place.y),
    low: numbers.signedPoints(yLow),
    high: numbers.signedPoints(yHigh),
  });
}

/** How many areas are at least likely in which quadrant, of how many nobody can tell, and where the chosen one is. */
export function clockSummary(
  shown: ClockMonth,
  words: { numbers: NumberFormat; dates: DateFormat; t: Translate },
): string {
  const { numbers, dates, t } = words;
  const parts = quadrantCounts(shown.points).map(({ quadrant, count }) =>
    t('clock.part', { quadrant: t(`clock.quadrant.${quadrant}`), count: numbers.count(count) }),
  );
  const undetermined = undeterminedCount(shown.points);
  if (undetermined > 0) parts.push(t('clock.undetermined', { count: numbers.count(undetermined) }));
  if (shown.unknown > 0) parts.push(t('clock.unknown', { count: numbers.count(shown.unknown) }));
  const month = dates.month(shown.month);
  const sentences = [
    t('clock.summary', { month, areas: shown.areas, parts: parts.join(t('clock.partsJoin')) }),
    ...(shown.chosen ? [chosenText(shown.chosen, numbers, t)] : []),
  ];
  return sentences.reduce((first, second) => t('chart.join', { first, second }));
}
