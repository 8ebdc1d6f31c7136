/** Growth of the same shops, from shares that are told rounded: what those sold who sold in both periods, against each other. */
import type { BriefFigure } from '@beltline/contract';
import { known, unknown } from '../core/brief-figure.ts';

/** A month of the period: what all sold, and newcomers' share of it. */
export interface SoldNow {
  readonly value: number;
  readonly newcomers: number;
}

/** Half of a step that shares are told in. */
const HALF_STEP = 0.0005;
/** By how much rounding may move a growth that is told to a tenth of a percentage point. */
const MOST_ROUNDING = 0.005;

/**
 * `base`: what all sold in the period before; `leavers`: the share of it of who sold in the period no more. Σ value × (1 − newcomers) ÷ (base × (1 − leavers)) − 1, as a ratio. Null values are not
 * known. Where nearly all are new or gone, so that the rounding of the shares could move it by more than half a percentage point, there is none (`too-little-data`).
 */
export function sameStoreGrowth(now: readonly SoldNow[], base: number, leavers: number): BriefFigure {
  const all = now.reduce((sum, { value }) => sum + value, 0);
  const stayed = now.reduce((sum, { value, newcomers }) => sum + value * (1 - newcomers), 0);
  const before = base * (1 - leavers);
  if (stayed <= 0 || before <= 0) return unknown('too-little-data');
  const rounding = (stayed / before) * HALF_STEP * (all / stayed + base / before);
  return rounding > MOST_ROUNDING ? unknown('too-little-data') : known(stayed / before - 1, 'no-data');
}
