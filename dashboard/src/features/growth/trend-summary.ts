import type { Unit } from '@beltline/contract';
import type { DateFormat } from '../../format/date-format.ts';
import { growthPhrase, pointGrowth, type ShownPoint } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';

const month = (point: ShownPoint) => point.day.slice(0, 7);

/** The highest of the points that have a value; the first where several do. */
export function peakOf(points: readonly ShownPoint[]): ShownPoint | null {
  return points.reduce<ShownPoint | null>((peak, point) => {
    if (point.value.value === null) return peak;
    return point.value.value > (peak?.value.value ?? -Infinity) ? point : peak;
  }, null);
}

/**
 * The trend in one sentence: its last complete month and its highest, and, if the series ends in a part of a month, that.
 * Only complete months are compared with one another.
 */
export function trendSummary(
  points: readonly ShownPoint[],
  unit: Unit,
  words: { numbers: NumberFormat; dates: DateFormat; t: Translate },
): string {
  const { numbers, dates, t } = words;
  const complete = points.filter((point) => point.coverage >= 1 && point.value.value !== null);
  const latest = complete.at(-1);
  const peak = peakOf(complete);
  const open = points.find(
    (point) => point.coverage < 1 && point.value.value !== null && point === points.at(-1),
  );
  const whole =
    latest?.value.value == null || peak?.value.value == null
      ? t('trend.none')
      : t('trend.summary', {
          month: dates.month(month(latest)),
          value: numbers.compact(latest.value.value, unit),
          growth: growthPhrase(pointGrowth(latest), numbers, t),
          peakMonth: dates.month(month(peak)),
          peak: numbers.compact(peak.value.value, unit),
        });
  if (!open) return whole;
  const part = t('trend.incomplete', {
    month: dates.month(month(open)),
    coverage: numbers.percent(open.coverage),
  });
  return t('trend.both', { whole, part });
}
