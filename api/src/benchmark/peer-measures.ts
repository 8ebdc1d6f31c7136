/** What an owner is measured by in a quarter, from sums of their own orders alone. */
import { type BenchmarkMeasure, PROGRAMME_TRACKS, TRACK } from '@beltline/contract';
import { ratioOf } from '../core/ratio.ts';

/** The bits of the tracks whose shares are told, and of all five together. */
export const PROGRAMME_BITS: readonly number[] = PROGRAMME_TRACKS.map((track) => TRACK[track].bit);
export const UNION_BITS = PROGRAMME_BITS.reduce((all, bit) => all | bit, 0);

/** What somebody sold in a quarter. Money in hundredths, orders of one shop each. */
export interface QuarterSums {
  readonly gmv: number;
  readonly orders: number;
  readonly pieces: number;
  /** GMV on lines of each of the five tracks, in their order, which overlap. */
  readonly ofTracks: readonly number[];
  /** GMV on lines of any of the five. */
  readonly ofProgramme: number;
}

export const NOTHING_SOLD: QuarterSums = {
  gmv: 0,
  orders: 0,
  pieces: 0,
  ofTracks: PROGRAMME_BITS.map(() => 0),
  ofProgramme: 0,
};

/** A quarter and the same of the year before; null = not known. */
export interface ComparedQuarter {
  readonly now: QuarterSums;
  readonly before: QuarterSums | null;
}

/** Money in the currency, ratios as such; growth as the ratio of both quarters (1 = no change), so that nothing is below 0. Null where there is none. */
export type MeasureValue = number | null;

const OF: Readonly<Record<BenchmarkMeasure, (quarter: ComparedQuarter) => MeasureValue>> = {
  gmv: ({ now }) => now.gmv / 100,
  orders: ({ now }) => now.orders,
  pieces: ({ now }) => now.pieces,
  'order-value': ({ now }) => ratioOf(now.gmv / 100, now.orders),
  'order-pieces': ({ now }) => ratioOf(now.pieces, now.orders),
  growth: ({ now, before }) => ratioOf(now.gmv, before?.gmv ?? null),
  programme: ({ now }) => ratioOf(now.ofProgramme, now.gmv),
  ...(Object.fromEntries(
    PROGRAMME_TRACKS.map((track, at) => [
      track,
      ({ now }: ComparedQuarter) => ratioOf(now.ofTracks[at] ?? 0, now.gmv),
    ]),
  ) as Record<(typeof PROGRAMME_TRACKS)[number], (quarter: ComparedQuarter) => MeasureValue>),
};

/** A measure of a quarter; null where its base is nothing, or not known. */
export const measureOf = (measure: BenchmarkMeasure, quarter: ComparedQuarter): MeasureValue =>
  OF[measure](quarter);

/** As it is told: growth as a rate. */
export const toldAs = (measure: BenchmarkMeasure, value: number): number =>
  measure === 'growth' ? Number((value - 1).toPrecision(12)) : value;

/** Sums of several shops or months. */
export function addUp(parts: readonly QuarterSums[]): QuarterSums {
  return parts.reduce(
    (all, one) => ({
      gmv: all.gmv + one.gmv,
      orders: all.orders + one.orders,
      pieces: all.pieces + one.pieces,
      ofTracks: all.ofTracks.map((sum, at) => sum + (one.ofTracks[at] ?? 0)),
      ofProgramme: all.ofProgramme + one.ofProgramme,
    }),
    NOTHING_SOLD,
  );
}

/** The amounts that add up, in which nobody of a peer group may be dominant. */
export const amountsOf = ({ gmv, orders, pieces }: QuarterSums): readonly number[] => [gmv, orders, pieces];
