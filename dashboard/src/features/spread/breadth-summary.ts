import type { BreadthAnswer } from '@beltline/contract';
import { NEUTRAL } from '../../charts/breadth-option.ts';
import type { DateFormat } from '../../format/date-format.ts';
import { addMonths } from '../../format/calendar-months.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';

function sideOf(value: number) {
  if (value === NEUTRAL) return 'breadth.sideAt' as const;
  return value > NEUTRAL ? ('breadth.sideAbove' as const) : ('breadth.sideBelow' as const);
}

/** The last month that has a breadth, on which side of neutral it is, and that of the year before. */
export function breadthSummary(
  { points, over }: Pick<BreadthAnswer, 'points' | 'over'>,
  words: { numbers: NumberFormat; dates: DateFormat; t: Translate },
): string {
  const { numbers, dates, t } = words;
  const last = points.findLast(({ breadth }) => breadth.value !== null);
  if (last?.breadth.value == null) return t('breadth.none');
  const now = t('breadth.summary', {
    month: dates.month(last.month),
    members: t(`breadth.members.${over}`),
    value: numbers.index(last.breadth.value),
    side: t(sideOf(last.breadth.value)),
    rising: numbers.count(last.rising),
    unchanged: numbers.count(last.unchanged),
    falling: numbers.count(last.falling),
  });
  const before = points.find(({ month }) => month === addMonths(last.month, -12))?.breadth.value ?? null;
  if (before === null) return now;
  const second = t('breadth.yearAgo', { value: numbers.index(before) });
  return t('clock.join', { first: now, second });
}
