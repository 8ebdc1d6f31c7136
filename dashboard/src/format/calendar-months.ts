import type { Source } from '@beltline/contract';

/** Steps on the calendar of months (`YYYY-MM`). Text sorts like time, so comparing needs nothing from here. */

const toIndex = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

function fromIndex(index: number): string {
  const year = Math.floor(index / 12);
  return `${String(year).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export function addMonths(month: string, count: number): string {
  return fromIndex(toIndex(month) + count);
}

export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let index = toIndex(from); index <= toIndex(to); index += 1) months.push(fromIndex(index));
  return months;
}

export const isMonth = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** A day that the calendar has: 2025-02-30 is none. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export const monthOfDay = (day: string): string => day.slice(0, 7);
export const yearOf = (month: string): string => month.slice(0, 4);
/** The later and the earlier of two months. */
export const later = (a: string, b: string): string => (a > b ? a : b);
export const earlier = (a: string, b: string): string => (a < b ? a : b);

/** Months of a source that were never loaded, and those beside them of which only some days are known. */
export const gapMonthsOf = ({ notLoaded, edges = [] }: Pick<Source, 'notLoaded' | 'edges'>): string[] => [
  ...notLoaded,
  ...edges.map(({ month }) => month),
];

/** The complete months of a source, in order: those of a gap are not among them. */
export const completeMonthsOf = (
  source: Pick<Source, 'completeMonths' | 'notLoaded' | 'edges'>,
): string[] => {
  if (source.completeMonths === null) return [];
  const gaps = new Set(gapMonthsOf(source));
  return monthsBetween(source.completeMonths.from, source.completeMonths.to).filter(
    (month) => !gaps.has(month),
  );
};

/** Months in order as runs without a gap between. */
export function monthRuns(months: readonly string[]): { from: string; to: string }[] {
  const runs: { from: string; to: string }[] = [];
  for (const month of [...months].sort()) {
    const last = runs.at(-1);
    if (last && addMonths(last.to, 1) === month) last.to = month;
    else runs.push({ from: month, to: month });
  }
  return runs;
}
