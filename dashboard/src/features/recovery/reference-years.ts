import type { Source } from '@beltline/contract';

/**
 * Years that can stand for 100, those with every month loaded, the latest first. `through`: the last day of the vintage in
 * view, which may end before the source does now.
 */
export function referenceYears(
  months: Source['completeMonths'],
  through: string | undefined,
  chosen: number | undefined,
  notLoaded: readonly string[] = [],
): number[] {
  const isKnown = (year: number) => !notLoaded.some((month) => month.startsWith(`${year}-`));
  const years =
    months === null ? [] : completeYears(months).filter((year) => endsWithin(year, through) && isKnown(year));
  // A link may name a year that is not offered; the control says what is asked for.
  const listed = chosen === undefined || years.includes(chosen) ? years : [...years, chosen];
  return listed.sort((a, b) => b - a);
}

function completeYears({ from, to }: NonNullable<Source['completeMonths']>): number[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (year) => `${year}-01` >= from && `${year}-12` <= to,
  );
}

const endsWithin = (year: number, through: string | undefined) =>
  through === undefined || `${year}-12-31` <= through;
