import type { BacktestAnswer, BriefFigure, Nowcast, Unit } from '@beltline/contract';
import type { DateFormat } from '../../format/date-format.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';

export function nowcastSummary(
  nowcast: Nowcast | null,
  unit: Unit,
  { numbers, dates, t }: { numbers: NumberFormat; dates: DateFormat; t: Translate },
): string {
  if (nowcast === null) return t('nowcast.complete');
  const { estimate, completion, low, high, band } = nowcast;
  const told = {
    day: dates.day(nowcast.through),
    soFar: nowcast.soFar === null ? t('reason.confidential') : numbers.compact(nowcast.soFar, unit),
  };
  if (estimate.reason === 'too-early') {
    const since = nowcast.usuallyFrom;
    if (since === null) return t('nowcast.summaryEarly', told);
    return t(isUsuallyTold(nowcast) ? 'nowcast.summaryLate' : 'nowcast.summaryEarlyUntil', {
      ...told,
      since,
    });
  }
  if (estimate.value === null)
    return t('nowcast.summaryNone', { ...told, reason: t(`reason.${estimate.reason ?? 'too-little-data'}`) });
  const estimated = { ...told, estimate: numbers.compact(estimate.value, unit) };
  if (completion === null || low === null || high === null) return t('nowcast.summaryNoBand', estimated);
  return t('nowcast.summary', {
    ...estimated,
    completion: numbers.percent(completion),
    band: numbers.axisPercent(band),
    low: numbers.compact(low, unit),
    high: numbers.compact(high, unit),
  });
}

/** Whether months of the kind are usually told by now: then it is this month that is unlike others, and not the day that is early. */
const isUsuallyTold = ({ usuallyFrom, through }: Nowcast): boolean =>
  usuallyFrom !== null && usuallyFrom <= Number(through.slice(-2));

/** From when on a month that is too early to tell usually is told; null where it is told, or never was. */
export function usualWords(nowcast: Nowcast, t: Translate): string | null {
  const since = nowcast.usuallyFrom;
  if (since === null) return null;
  return isUsuallyTold(nowcast) ? t('nowcast.usuallyByNow') : t('nowcast.usuallyFrom', { since });
}

type Row = BacktestAnswer['days'][number];

/** Months that a past error is told of: those like the running one, where any has been tested, else all. */
export function monthsLike(
  { days, festival, others }: Pick<BacktestAnswer, 'days' | 'festival' | 'others'>,
  isFestival: boolean | null,
): { readonly kind: 'festival' | 'others' | 'days'; readonly rows: BacktestAnswer['days'] } {
  const [kind, rows] = isFestival ? (['festival', festival] as const) : (['others', others] as const);
  return isFestival !== null && rows.some(({ months }) => months > 0)
    ? { kind, rows }
    : { kind: 'days', rows: days };
}

/** The day that tells most of the estimate shown: the last tested one that its data have reached, else the first. */
export function dayToTell(days: readonly Row[], dayOfMonth: number | null): Row | undefined {
  const tested = days.filter((row) => row.nowcast.value !== null);
  return tested.findLast(({ day }) => dayOfMonth !== null && day <= dayOfMonth) ?? tested[0];
}

export function backtestSummary(
  days: readonly Row[],
  dayOfMonth: number | null,
  { numbers, t }: { numbers: NumberFormat; t: Translate },
): string {
  const row = dayToTell(days, dayOfMonth);
  if (!row) return t('nowcast.backtestNone');
  const shown = ({ value, reason }: BriefFigure) =>
    value === null ? t(`reason.${reason ?? 'too-little-data'}`) : numbers.percent(value);
  return t('nowcast.backtestSummary', {
    n: row.months,
    day: row.day,
    nowcast: shown(row.nowcast),
    daysElapsed: shown(row.daysElapsed),
    lastYearsShare: shown(row.lastYearsShare),
    months: row.months,
    covered: shown(row.covered),
  });
}
