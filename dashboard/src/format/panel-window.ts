import type { ComparedMeta, Meta } from '@beltline/contract';
import type { Translate } from '../i18n/translate.ts';
import { monthRuns } from './calendar-months.ts';
import type { DateFormat } from './date-format.ts';

const isCompared = (meta: Meta | ComparedMeta): meta is ComparedMeta =>
  'period' in meta && 'comparison' in meta;

/** The days that compared figures stand for, and those that they are compared with; null where an answer compares none. */
export function comparedWindow(
  meta: Meta | ComparedMeta,
  { dates, t }: { dates: DateFormat; t: Translate },
): string | null {
  if (!isCompared(meta)) return null;
  const days = (period: { firstDay: string; lastDay: string }) =>
    `${dates.day(period.firstDay)} – ${dates.day(period.lastDay)}`;
  if (meta.baseline === null) return t('window.uncompared', { days: days(meta.period) });
  return t('window.compared', {
    days: days(meta.period),
    label: t(`comparison.against.${meta.comparison}`),
    baseline: days(meta.baseline),
  });
}

/** The first and the last month of a series: "逐月：2022年1月 – 2025年2月"; null for none. */
export function monthsWindow(
  months: readonly string[],
  { dates, t }: { dates: DateFormat; t: Translate },
): string | null {
  const [first, last] = [months[0], months.at(-1)];
  return first === undefined || last === undefined
    ? null
    : t('window.months', { months: dates.months(first.slice(0, 7), last.slice(0, 7)) });
}

/** Months as runs, in words: "Mar – Apr 2023, Aug 2024". */
export const runsText = (
  months: readonly string[],
  { dates, t }: { dates: DateFormat; t: Translate },
): string =>
  monthRuns(months)
    .map(({ from, to }) => dates.months(from, to))
    .join(t('caution.and'));
