import type { Comparison, Period } from '@beltline/contract';
import {
  addDays,
  addMonths,
  type Day,
  dayInMonth,
  daysThrough,
  firstDayOf,
  lastDayOf,
  type Month,
  monthOf,
  monthsThrough,
} from './calendar.ts';
import { rememberedOf } from './remembered.ts';

/** The days of a month from its first to its last with lines of the whole source. */
export interface MonthSpan {
  readonly month: Month;
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/** First and last day with loaded orders. In between, a day without orders is a day on which nothing was sold,
 * unless its whole month was never loaded, or it lies at the edge of such a month. */
export interface LoadedRange {
  readonly firstDay: Day;
  readonly dataThrough: Day;
  /** Months between that hold no line of the whole source. What was sold in them is not known. */
  readonly notLoaded?: readonly Month[];
  /** Months beside such ones that have no lines up to the gap, or from it on: only these days of them are known. */
  readonly edges?: readonly MonthSpan[];
}

/**
 * The range with its gaps: the months from first to last that hold no line. Beside a gap nobody can tell a day without
 * orders from one that was never loaded, so the month before it ends, and the month after it begins, with its lines: just
 * as the whole range does. Beside a month that is loaded, days without lines are days on which nothing was sold.
 */
export function loadedRange(firstDay: Day, dataThrough: Day, spans: readonly MonthSpan[]): LoadedRange {
  const loaded = new Map(spans.map((span) => [span.month, span]));
  const all = monthsThrough(monthOf(firstDay), monthOf(dataThrough));
  const gaps = new Set(all.filter((month) => !loaded.has(month)));
  const edges = all.flatMap((month) => {
    const span = loaded.get(month);
    if (!span) return [];
    const first = gaps.has(addMonths(month, -1)) ? span.firstDay : firstDayOf(month);
    const last = gaps.has(addMonths(month, 1)) ? span.lastDay : lastDayOf(month);
    const isWhole = first === firstDayOf(month) && last === lastDayOf(month);
    const [from, through] = clipped(month, firstDay, dataThrough);
    const edge = { month, firstDay: first > from ? first : from, lastDay: last < through ? last : through };
    return isWhole ? [] : [edge];
  });
  return { firstDay, dataThrough, notLoaded: [...gaps], ...(edges.length > 0 ? { edges } : {}) };
}

export const isNotLoaded = ({ notLoaded = [] }: Pick<LoadedRange, 'notLoaded'>, month: Month): boolean =>
  notLoaded.includes(month);

/** Whether days of a month are missing at a gap: all of them, or those at its edge. */
export const isInGap = (loaded: Pick<LoadedRange, 'notLoaded' | 'edges'>, month: Month): boolean =>
  isNotLoaded(loaded, month) || (loaded.edges ?? []).some((edge) => edge.month === month);

/** Whether a day between the first and the last is loaded. */
export function isDayLoaded(loaded: Pick<LoadedRange, 'notLoaded' | 'edges'>, day: Day): boolean {
  const month = monthOf(day);
  if (isNotLoaded(loaded, month)) return false;
  const edge = loaded.edges?.find((one) => one.month === month);
  return edge === undefined || (day >= edge.firstDay && day <= edge.lastDay);
}

const hasCutEnds = ({ from, to, firstDay, lastDay }: Period): boolean =>
  firstDay > firstDayOf(from) || lastDay < lastDayOf(to);

/** Whether days of its loaded months are not loaded, at its ends or beside a gap: distinct units of part months are not known. */
export const isCut = (period: Period): boolean => hasCutEnds(period) || (period.edges ?? []).length > 0;

/** Whether no month of a period was ever loaded. */
export const isWholeNotLoaded = ({ firstDay, lastDay, without }: Period): boolean =>
  monthsThrough(monthOf(firstDay), monthOf(lastDay)).every((month) => without.includes(month));

/** Months from..to, and the days of them that are loaded. @throws RangeError where none is. */
export function coveredPeriod(from: Month, to: Month, loaded: LoadedRange): Period {
  const edges = (loaded.edges ?? []).filter(({ month }) => month >= from && month <= to);
  const atStart = edges.find(({ month }) => month === from)?.firstDay ?? firstDayOf(from);
  const atEnd = edges.find(({ month }) => month === to)?.lastDay ?? lastDayOf(to);
  const firstDay = atStart > loaded.firstDay ? atStart : loaded.firstDay;
  const lastDay = atEnd < loaded.dataThrough ? atEnd : loaded.dataThrough;
  if (firstDay > lastDay) throw new RangeError(`nothing is loaded from ${from} to ${to}`);
  const without = (loaded.notLoaded ?? []).filter((month) => month >= from && month <= to);
  return periodOfDays(from, to, firstDay, lastDay, { without, edges });
}

interface Gaps {
  readonly without: readonly Month[];
  readonly edges: readonly MonthSpan[];
}

function periodOfDays(from: Month, to: Month, firstDay: Day, lastDay: Day, gaps: Gaps): Period {
  // What its own first and last day say already is not said twice.
  const edges = gaps.edges.filter((edge) => {
    const [first, last] = clipped(edge.month, firstDay, lastDay);
    return edge.firstDay > first || edge.lastDay < last;
  });
  const without = [...gaps.without];
  const bare: Period = {
    ...{ from, to, firstDay, lastDay, coverage: 0, complete: false, without },
    ...(edges.length > 0 ? { edges } : {}),
  };
  const covered = monthsThrough(from, to).reduce((sum, month) => sum + lengthOf(daysIn(bare, month)), 0);
  const coverage = covered / daysThrough(firstDayOf(from), lastDayOf(to));
  return { ...bare, coverage, complete: coverage === 1 };
}

/** First and last day of a month between two days; none where the first lies after the last. */
function clipped(month: Month, firstDay: Day, lastDay: Day): readonly [Day, Day] {
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  return [first > firstDay ? first : firstDay, last < lastDay ? last : lastDay];
}

const lengthOf = (days: readonly [Day, Day] | null): number => (days ? daysThrough(...days) : 0);

/** The days of a month that a period covers; null = none. */
function daysIn(period: Period, month: Month): readonly [Day, Day] | null {
  if (period.without.includes(month)) return null;
  const edge = period.edges?.find((one) => one.month === month);
  const [first, last] = clipped(month, period.firstDay, period.lastDay);
  const from = edge && edge.firstDay > first ? edge.firstDay : first;
  const through = edge && edge.lastDay < last ? edge.lastDay : last;
  return from <= through ? [from, through] : null;
}

/**
 * What a period is compared with, or null where that is not wholly loaded; the counterparts of months that the period is
 * without are left out of it. `year-ago`: the same days of the same months
 * a year before (the last day of a month meets the last day of a month; 29 February otherwise meets the 28th).
 * `previous`: the equally long run of months directly before; for an incomplete period the same number of days from
 * that run's start.
 */
export function baselineOf(period: Period, comparison: Comparison, loaded: LoadedRange): Period | null {
  const baseline = comparison === 'year-ago' ? yearAgo(period) : previous(period);
  if (isWholeNotLoaded(period)) return null;
  const isLoaded =
    baseline.firstDay >= loaded.firstDay &&
    baseline.lastDay <= loaded.dataThrough &&
    monthsThrough(baseline.from, baseline.to).every((month) =>
      (daysIn(baseline, month) ?? []).every((day) => isDayLoaded(loaded, day)),
    );
  return isLoaded ? baseline : null;
}

function yearAgo({ from, to, firstDay, lastDay, without, edges = [] }: Period): Period {
  const before = [addMonths(from, -12), addMonths(to, -12)] as const;
  return periodOfDays(...before, dayAYearAgo(firstDay), lastDayAYearAgo(lastDay), {
    without: without.map((month) => addMonths(month, -12)),
    edges: edges.map((edge) => ({
      month: addMonths(edge.month, -12),
      firstDay: dayAYearAgo(edge.firstDay),
      lastDay: lastDayAYearAgo(edge.lastDay),
    })),
  });
}

/** The same day a year before; for 29 February the 28th. */
export const dayAYearAgo = (day: Day): Day => dayInMonth(day, addMonths(monthOf(day), -12));

/** The same for the last day of a period, where the end of a month meets the end of a month. */
export const lastDayAYearAgo = (day: Day): Day => lastDayMoved(day, -12);

function lastDayMoved(day: Day, months: number): Day {
  const month = addMonths(monthOf(day), months);
  return day === lastDayOf(monthOf(day)) ? lastDayOf(month) : dayInMonth(day, month);
}

function previous(period: Period): Period {
  const { from, to, firstDay, lastDay } = period;
  const length = monthsThrough(from, to).length;
  const gaps = {
    without: period.without.map((month) => addMonths(month, -length)),
    edges: (period.edges ?? []).map((edge) => ({
      month: addMonths(edge.month, -length),
      firstDay: dayInMonth(edge.firstDay, addMonths(edge.month, -length)),
      lastDay: lastDayMoved(edge.lastDay, -length),
    })),
  };
  const [first, last] = [addMonths(from, -length), addMonths(to, -length)];
  if (!hasCutEnds(period)) return periodOfDays(first, last, firstDayOf(first), lastDayOf(last), gaps);
  const end = addDays(firstDayOf(first), daysThrough(firstDay, lastDay) - 1);
  const lastOf = end < lastDayOf(last) ? end : lastDayOf(last);
  return periodOfDays(first, last, firstDayOf(first), lastOf, gaps);
}

/** Days of a year ago that stand for a month which is not wholly loaded. */
export interface PartMonth {
  /** First day of the month. */
  readonly bucket: Day;
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/** The months that are not wholly loaded, with the days of a year ago that each is compared with; none where those are not loaded. */
export const partMonthsOf = rememberedOf((loaded: LoadedRange): readonly PartMonth[] =>
  monthsThrough(monthOf(loaded.firstDay), monthOf(loaded.dataThrough)).flatMap((month) => {
    if (isNotLoaded(loaded, month)) return [];
    const period = coveredPeriod(month, month, loaded);
    const baseline = period.complete ? null : baselineOf(period, 'year-ago', loaded);
    return baseline
      ? [{ bucket: firstDayOf(month), firstDay: baseline.firstDay, lastDay: baseline.lastDay }]
      : [];
  }),
);

/** A period as the queries read it: whole months from one rollup, days of part months from another. */
export interface Days {
  readonly months: readonly Day[];
  readonly partMonths: readonly Day[];
  /** The covered days of the part months. */
  readonly partDays: readonly Day[];
}

const NO_DAYS: Days = { months: [], partMonths: [], partDays: [] };

/** Splits a period into its whole months and its part months: the first, the last, and those beside a gap; null = nothing. */
export function daysOf(period: Period | null): Days {
  if (period === null) return NO_DAYS;
  const covered = monthsThrough(period.from, period.to).flatMap((month) => {
    const days = daysIn(period, month);
    return days
      ? [{ month, days, isWhole: days[0] === firstDayOf(month) && days[1] === lastDayOf(month) }]
      : [];
  });
  const parts = covered.filter(({ isWhole }) => !isWhole);
  return {
    months: covered.filter(({ isWhole }) => isWhole).map(({ month }) => firstDayOf(month)),
    partMonths: parts.map(({ month }) => firstDayOf(month)),
    partDays: parts.flatMap(({ days: [first, last] }) =>
      Array.from({ length: daysThrough(first, last) }, (_, index) => addDays(first, index)),
    ),
  };
}
