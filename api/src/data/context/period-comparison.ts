import type { Caution, ComparedMeta, Comparison, Period } from '@beltline/contract';
import { type Month, monthOf } from '../../core/calendar.ts';
import type { Conditions } from '../../core/compare.ts';
import { baselineOf, coveredPeriod, type Days, daysOf, isCut, isWholeNotLoaded } from '../../core/period.ts';
import { hasFestival, isFestivalShifted } from '../../core/spring-festival.ts';
import { type FieldIssue, invalidRequest } from '../../platform/problem/problem-error.ts';
import { remembered, rememberedBy } from '../../core/remembered.ts';
import { metaOf, type Vintage } from '../versions/vintage.ts';

/** Which days are compared with which, and how far to trust what is computed from them. */
export interface PeriodComparison {
  readonly meta: ComparedMeta;
  readonly now: Days;
  readonly baseline: Days;
  readonly conditions: Conditions;
  /** Whether distinct merchants and buyers are known: of whole months they are. */
  readonly distinct: 'known' | 'unknown';
}

interface PeriodQuestion {
  readonly from: Month;
  readonly to: Month;
  readonly comparison: Comparison;
}

/** A version as it is for whomever: a vintage is made for each request, with the scope of its viewer. */
type Version = Omit<Vintage, 'scope'>;

/** Of a version: a page asks some twenty questions of the same periods, and each belt's page the same ones again. */
const comparisonsOf = rememberedBy(
  ({ loaded }: Version) => loaded,
  (version) =>
    remembered((key: string) => {
      const [from, to, comparison, minBase] = JSON.parse(key) as [Month, Month, Comparison, number];
      return compared(version, { from, to, comparison }, minBase);
    }, MOST_COMPARISONS),
);
const MOST_COMPARISONS = 1_000;

/** @throws ProblemError where the period reaches outside the loaded data. */
export function comparePeriods(
  { scope: _, ...version }: Vintage,
  { from, to, comparison }: PeriodQuestion,
  minBase: number,
): PeriodComparison {
  assertLoaded(version, { from, to });
  return comparisonsOf(version)(JSON.stringify([from, to, comparison, minBase]));
}

function compared(version: Version, question: PeriodQuestion, minBase: number): PeriodComparison {
  const { loaded } = version;
  const period = coveredPeriod(question.from, question.to, loaded);
  const baseline = baselineOf(period, question.comparison, loaded);
  const cautions = cautionsOf(period, baseline, version.homeCountry);
  const nothingLoaded = isWholeNotLoaded(period);
  return {
    meta: { ...metaOf(version), period, baseline, comparison: question.comparison, cautions },
    now: daysOf(period),
    baseline: daysOf(baseline),
    conditions: {
      nothingLoaded,
      provisional: !period.complete,
      hasBaseline: baseline !== null,
      minBase,
      unknownBecause: nothingLoaded ? 'not-loaded' : isCut(period) ? 'part-month' : 'no-data',
    },
    distinct: isCut(period) ? 'unknown' : 'known',
  };
}

/** @throws ProblemError that names the months and what is available. */
function assertLoaded({ loaded }: Version, { from, to }: { from: Month; to: Month }): void {
  const [first, last] = [monthOf(loaded.firstDay), monthOf(loaded.dataThrough)];
  const message = `outside the loaded data, which reaches from ${first} to ${last}`;
  const issues: FieldIssue[] = [];
  if (from < first || from > last) issues.push({ field: 'from', message });
  if (to > last || to < first) issues.push({ field: 'to', message });
  if (issues.length > 0) throw invalidRequest(...issues);
}

function cautionsOf(period: Period, baseline: Period | null, homeCountry: string): Caution[] {
  const cautions: Caution[] = [];
  if (isCut(period)) cautions.push('incomplete-period');
  if (period.without.length > 0) cautions.push('not-loaded');
  // Where nothing of the period is known, a baseline is not what is missing.
  if (!baseline && !isWholeNotLoaded(period)) cautions.push('baseline-incomplete');
  if (baseline && hasFestival(homeCountry) && isFestivalShifted(period, baseline)) {
    cautions.push('spring-festival-shift');
  }
  return cautions;
}
