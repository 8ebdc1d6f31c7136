import type { DateFormat } from '../../format/date-format.ts';
import type { Translate } from '../../i18n/translate.ts';

export interface AsOfMonth {
  /** The month of the answer. */
  month: string;
  /** The month that the reader asks for; undefined for the last complete one. */
  asked: string | undefined;
  /** Another answer is awaited, maybe of another month. */
  awaited: boolean;
}

/**
 * The month of states and levels, and why it is that one: the reader chose it, or it is the last complete one. While another
 * answer is awaited, the month on the page may be neither, and is named alone.
 */
export function asOfMonth(
  { month, asked, awaited }: AsOfMonth,
  { dates, t }: { dates: DateFormat; t: Translate },
): string {
  const name = dates.month(month);
  if (asked === month) return t('asOfMonth.chosen', { month: name });
  return asked === undefined && !awaited ? t('asOfMonth.lastComplete', { month: name }) : name;
}
