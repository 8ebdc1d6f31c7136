/** What past revisions say of how far a figure of a given age can be trusted to stay (method 14a). */
import type { Finality } from '@beltline/contract';
import { type Day, monthOf } from '../../core/calendar.ts';
import { nearestRank, type RevisionStatistics, revisionStatistics } from '../../statistics/revisions.ts';
import { LATER, type MonthPrints, monthsFrom, type Print } from './prints.ts';

/** A figure is final where 95 of 100 past revisions were smaller: of a level as a ratio, of a rate in points of it. */
export const FINAL_LIMIT = 0.01;
/** A print is looked back on when it is so many months old: what is revised later cannot be seen sooner. */
export const SEEN_FOR = 3;
/** So many revisions make evidence: a year of months. */
export const ENOUGH_REVISIONS = 12;

/** What became of a print. `revision`: null where it is no number, or of too few orders to tell anything. */
export interface Outcome {
  readonly print: Print;
  readonly latest: Print;
  readonly revision: number | null;
}

/** Revisions from the prints of a lag to the latest figure. `statistics`: null of too few. */
export interface LagEvidence {
  readonly lag: number;
  readonly count: number;
  readonly statistics: RevisionStatistics | null;
  /** The day of its month on which such a print was published, the middle one of all. */
  readonly publishedOn: number;
}

/** Whether a print was published so long ago that it can be looked back on. */
const isSeen = (print: Print, latest: Print): boolean =>
  monthsFrom(monthOf(print.publishedOn), monthOf(latest.publishedOn)) >= SEEN_FOR;

/** Whether there can be evidence at all, before any figure is read: enough prints of one lag were seen for long enough. */
export function mayBeKnown(months: readonly MonthPrints[]): boolean {
  const seen = new Map<number, number>();
  for (const { prints, latest } of months)
    for (const print of prints)
      if (isSeen(print, latest)) seen.set(print.lag, (seen.get(print.lag) ?? 0) + 1);
  return [...seen.values()].some((count) => count >= ENOUGH_REVISIONS);
}

/** By lag, of the prints that were seen for long enough. */
export function evidenceOf(outcomes: readonly Outcome[]): LagEvidence[] {
  const byLag = new Map<number, Outcome[]>();
  for (const outcome of outcomes) {
    if (!isSeen(outcome.print, outcome.latest)) continue;
    const alike = byLag.get(outcome.print.lag) ?? [];
    byLag.set(outcome.print.lag, alike);
    alike.push(outcome);
  }
  return [...byLag]
    .sort(([one], [other]) => one - other)
    .map(([lag, alike]) => {
      const revisions = alike.flatMap(({ revision }) => revision ?? []);
      return {
        lag,
        count: revisions.length,
        statistics: revisionStatistics(revisions),
        publishedOn: nearestRank(
          alike.map(({ print }) => dayOf(print.publishedOn)),
          0.5,
        ),
      };
    });
}

const dayOf = (day: Day): number => Number(day.slice(8));

/**
 * The lag of the prints that a figure is like: that of its age, or, early in a month at whose end such prints were published, the one before.
 * `publishedOn`: the day of the figure's version.
 */
export function lagOf(evidence: readonly LagEvidence[], age: number, publishedOn: Day): number {
  const alike = evidence.find(({ lag }) => lag === age);
  return alike && dayOf(publishedOn) < alike.publishedOn ? age - 1 : age;
}

/** Whether past revisions are so small that a figure like them stays. */
export const isSettled = (statistics: RevisionStatistics | null): boolean =>
  statistics !== null && statistics.p95 < FINAL_LIMIT;

/** Whether a figure like the prints of a lag may be called final. */
export function finalityAt(evidence: readonly LagEvidence[], asOf: number): Finality {
  const lag = Math.min(asOf, LATER);
  const told = evidence.filter(({ count }) => count >= ENOUGH_REVISIONS);
  // What is hardly revised any more at an age is not revised more when it is older.
  if (told.some((one) => one.lag <= lag && isSettled(one.statistics))) return 'final';
  return told.some((one) => one.lag <= lag || !isSettled(one.statistics)) ? 'provisional' : 'unknown';
}

/** The smallest lag from which on figures are final; null where none is known. */
export const settledAfter = (evidence: readonly LagEvidence[]): number | null =>
  evidence.find(({ lag }) => finalityAt(evidence, lag) === 'final')?.lag ?? null;
