/** Growth of areas on several tracks as strips on one scale: where each rate lies, and where its interval begins and ends, from 0 to 1 of the scale. */
import type { SureFigure } from '@beltline/contract';

export interface Strip {
  /** Null where there is no rate to draw. */
  readonly at: number | null;
  readonly from: number;
  readonly to: number;
  /** The interval goes on beyond the scale. */
  readonly isCutLow: boolean;
  readonly isCutHigh: boolean;
}

export interface StripScale {
  /** As ratios. */
  readonly low: number;
  readonly high: number;
  /** Where no growth lies, from 0 to 1. */
  readonly zero: number;
}

/** Beyond the lowest and highest rate there is so much room for intervals, as a part of what lies between: one wide interval does not press all others together. */
const ROOM = 0.25;
const STEPS = [0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5];

const drawn = ({ value, flag }: SureFigure): number | null => (flag === 'base-too-small' ? null : value);

/** The scale of all rates, with no growth in sight and even ends. */
export function stripScale(rates: readonly SureFigure[]): StripScale {
  const values = [0, ...rates.flatMap((rate) => drawn(rate) ?? [])];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = ROOM * (most - least || 1);
  const step = STEPS.find((one) => one * 8 >= most - least + 2 * room) ?? 10;
  const low = Math.floor((least - room) / step) * step;
  const high = Math.ceil((most + room) / step) * step;
  return { low, high, zero: -low / (high - low) };
}

export function stripOf(rate: SureFigure, { low, high }: StripScale): Strip {
  const value = drawn(rate);
  if (value === null) return { at: null, from: 0, to: 0, isCutLow: false, isCutHigh: false };
  const place = (ratio: number) => Math.min(1, Math.max(0, (ratio - low) / (high - low)));
  const ends = rate.uncertainty ?? { low: value, high: value };
  return {
    at: place(value),
    from: place(ends.low),
    to: place(ends.high),
    isCutLow: ends.low < low,
    isCutHigh: ends.high > high,
  };
}
