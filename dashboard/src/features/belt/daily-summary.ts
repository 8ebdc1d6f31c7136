import type { BriefFigure, SeriesPoint, Unit } from '@beltline/contract';
import type { DateFormat } from '../../format/date-format.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';
import { peakOf } from '../growth/trend-summary.ts';

export function dailySummary(
  points: readonly SeriesPoint[],
  unit: Unit,
  words: { numbers: NumberFormat; dates: DateFormat; t: Translate },
): string {
  const { numbers, dates, t } = words;
  const first = points[0];
  const last = points.at(-1);
  const peak = peakOf(points);
  if (!first || !last || peak?.value.value == null) return t('belt.dailyNone');
  const shown = ({ value }: BriefFigure) =>
    value === null ? t('reason.no-data') : numbers.compact(value, unit);
  return t('belt.dailySummary', {
    from: dates.day(first.day),
    to: dates.day(last.day),
    peakDay: dates.day(peak.day),
    peak: shown(peak.value),
    value: shown(last.value),
    yearAgo: shown(last.yearAgo),
  });
}
