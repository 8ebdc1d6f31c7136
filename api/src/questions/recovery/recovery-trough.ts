import type { RecoveryAnswer, RecoveryPoint } from '@beltline/contract';
import { trough } from '../../statistics/recovery.ts';

/** The lowest month after the reference year, of the months up to the one in view; a level on too few orders is no finding. */
export function troughOf(
  points: readonly Pick<RecoveryPoint, 'month' | 'level'>[],
  reference: number | null,
): RecoveryAnswer['trough'] {
  const after = points.filter(({ month }) => reference !== null && month > `${reference}-12`);
  const found = trough(after.map(({ level }) => (level.flag === 'base-too-small' ? null : level.value)));
  const lowest = found && after[found.index];
  return found && lowest
    ? {
        month: lowest.month,
        level: { ...lowest.level, value: 100 - found.depth },
        monthsSince: found.monthsSince,
        regained: found.regained,
      }
    : null;
}
