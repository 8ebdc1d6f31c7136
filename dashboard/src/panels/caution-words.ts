/** Which words a caution has: what makes a period not whole, and what that means for its baseline, where there is one. */
import type { Caution, GrowthAnswer } from '@beltline/contract';

type Meta = Pick<GrowthAnswer['meta'], 'period' | 'baseline'>;

/** The key of its title and text. */
export function wordsOf(
  caution: Caution,
  { period, baseline }: Meta,
): Caution | 'baseline-missing' | 'days-missing' {
  // A baseline that was left out because it is not whole is another thing to say than one that is used in part.
  if (caution === 'baseline-incomplete' && baseline === null) return 'baseline-missing';
  return caution === 'incomplete-period' && !endsWithin(period) ? 'days-missing' : caution;
}

/** Whether it is to be said that the baseline is as short as the period. */
export const takesSameDays = (caution: Caution, { baseline }: Meta): boolean =>
  caution === 'incomplete-period' && baseline !== null;

/** Whether data end before the period does; days that are missing before its end are months that were never loaded. */
function endsWithin({ to, lastDay, without }: Meta['period']): boolean {
  const [year = 0, month = 0] = to.split('-').map(Number);
  const end = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return lastDay < end && !without.includes(to);
}
