/** Alignments of made-up days, worked out once for all specs of a file: they depend on the days alone, and are dear. */
import { inYear, yearsBefore } from '../../data/daily/alignment.ts';
import type { DailySeries } from '../../data/daily/daily-series.ts';
import type { AreaDays } from './area-facts.ts';

const known = new Map<string, Int32Array>();
function once(key: string, make: () => Int32Array): Int32Array {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}

/** How days match those of other years; `base`: the year that levels are told against, null = none. */
export function aligned(
  series: DailySeries,
  base: number | null,
  country = 'CN',
): Pick<AreaDays, 'yearsBefore' | 'base' | 'outliers'> {
  const days = [series.firstDay, series.values.length, country, ...(series.notLoaded ?? [])].join(' ');
  const of = (years: number) => once(`${days} back ${years}`, () => yearsBefore(series, years, country));
  const inBase = (year: number) => once(`${days} in ${year}`, () => inYear(series, year, country));
  return {
    yearsBefore: of,
    base: base === null ? null : { year: base, matching: inBase(base) },
    outliers: [],
  };
}
