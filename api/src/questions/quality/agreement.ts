/** How far the states of belts by one measure are those by another. */
import type { QualityAnswer, RecoveryState, RecoveryStateName } from '@beltline/contract';

export interface StatePair {
  readonly now: RecoveryState;
  readonly other: RecoveryState;
}

const isClaimed = ({ certainty }: RecoveryState): boolean => certainty !== null;

/** Counts of belts, all of them in `cells`, the most frequent pair first. */
export function agreementOf(pairs: readonly StatePair[]): Omit<QualityAnswer['agreement'], 'other'> {
  const count = (is: (pair: StatePair) => boolean) => pairs.filter(is).length;
  const both = pairs.filter(({ now, other }) => isClaimed(now) && isClaimed(other));
  const same = both.filter(({ now, other }) => now.state === other.state).length;
  const cells = new Map<string, { state: RecoveryStateName; other: RecoveryStateName; belts: number }>();
  for (const { now, other } of pairs) {
    const key = `${now.state} ${other.state}`;
    const cell = cells.get(key) ?? { state: now.state, other: other.state, belts: 0 };
    cell.belts += 1;
    cells.set(key, cell);
  }
  return {
    belts: pairs.length,
    statesDiffer: count(({ now, other }) => now.state !== other.state),
    both: both.length,
    same,
    differ: both.length - same,
    onlyThis: count(({ now, other }) => isClaimed(now) && !isClaimed(other)),
    onlyOther: count(({ now, other }) => !isClaimed(now) && isClaimed(other)),
    neither: count(({ now, other }) => !isClaimed(now) && !isClaimed(other)),
    cells: [...cells.values()].sort((a, b) => b.belts - a.belts),
  };
}
