import type { Unit } from '@beltline/contract';
import type { DateFormat } from '../../format/date-format.ts';
import { growthPhrase, pointGrowth } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { SureLine } from '../growth/useSeriesCertainty.ts';
import type { Translate } from '../../i18n/translate.ts';

/** The tracks in their last complete month, each with its growth; all lines of an answer have the same buckets. */
export function tracksSummary(
  lines: readonly SureLine[],
  unit: Unit,
  words: { numbers: NumberFormat; dates: DateFormat; t: Translate },
): string {
  const { numbers, dates, t } = words;
  const buckets = lines[0]?.points ?? [];
  const last = buckets.findLastIndex((point) => point.coverage >= 1);
  const day = buckets[last]?.day;
  if (day === undefined) return t('trend.none');
  const parts = lines.map(({ track, points }) => {
    const point = points[last];
    const name = t(`track.${track}`);
    if (point?.value.value == null) return `${name} ${t('reason.no-data')}`;
    return t('belt.tracksPart', {
      track: name,
      value: numbers.compact(point.value.value, unit),
      growth: growthPhrase(pointGrowth(point), numbers, t),
    });
  });
  const whole = t('belt.tracksSummary', {
    month: dates.month(day.slice(0, 7)),
    parts: parts.join(t('belt.partsJoin')),
  });
  const open = buckets.at(-1);
  if (!open || open.coverage >= 1) return whole;
  const part = t('belt.tracksOpen', {
    month: dates.month(open.day.slice(0, 7)),
    coverage: numbers.percent(open.coverage),
  });
  return t('trend.both', { whole, part });
}
