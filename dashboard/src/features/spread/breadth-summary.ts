import type { BreadthAnswer, SureFigure } from '@beltline/contract';
import { NEUTRAL, sureSide } from '../../charts/breadth-option.ts';
import type { DateFormat } from '../../format/date-format.ts';
import { addMonths } from '../../format/calendar-months.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';

/** On which side of neutral it surely is; else that chance may have put it there, or why there is no telling. */
function sideWords(breadth: SureFigure, t: Translate): string {
  const { value, uncertainty, uncertaintyReason } = breadth;
  if (value === NEUTRAL) return t('breadth.sideAt');
  const side = sureSide(breadth);
  if (side !== null) return t(side === 'above' ? 'breadth.sideAbove' : 'breadth.sideBelow');
  return uncertainty === null && uncertaintyReason !== null
    ? t('breadth.sideUnknown', { reason: t(`reason.${uncertaintyReason}`) })
    : t('breadth.sideUnsure');
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
    side: sideWords(last.breadth, t),
    rising: numbers.count(last.rising),
    unchanged: numbers.count(last.unchanged),
    falling: numbers.count(last.falling),
  });
  const before = points.find(({ month }) => month === addMonths(last.month, -12))?.breadth.value ?? null;
  if (before === null) return now;
  const second = t('breadth.yearAgo', { value: numbers.index(before) });
  return t('chart.join', { first: now, second });
}
