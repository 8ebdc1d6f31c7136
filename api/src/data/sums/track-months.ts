import type { Track } from '@beltline/contract';
import { TRACKS } from '@beltline/contract';
import type { Sums } from '../../core/amounts.ts';
import { TRACK_BIT } from '../../core/tracks.ts';

/** One belt, or the nation: an element of each array a month and combination. Money in hundredths; counts as they are. */
export interface Cells {
  readonly months: Uint32Array;
  readonly combinations: Uint16Array;
  readonly orders: Float64Array;
  readonly pieces: Float64Array;
  readonly gmv: Float64Array;
  readonly refund: Float64Array;
}

/** Orders, pieces, GMV and refunds, and how many cells they are the sum of: a month with cells is met, whatever they come to. */
const STRIDE = 5;
const COUNT = STRIDE - 1;

/** Bytes that the sums of one belt and month take, on all tracks. */
export const BYTES_A_MONTH = TRACKS.length * STRIDE * 8;

const PLACE = Object.fromEntries(TRACKS.map((track, place) => [track, place])) as Record<Track, number>;
const BITS = TRACKS.map((track) => TRACK_BIT[track]);

/**
 * Cells added up over the combinations of each track, month by month: a rate of one track asks for nothing else, and some
 * thousand cells of a belt become as many additions as it has months.
 */
export class TrackMonths {
  private readonly first: number;
  private readonly count: number;
  private readonly sums: Float64Array;

  constructor(cells: Cells) {
    const { months } = cells;
    this.first = months.reduce((least, month) => Math.min(least, month), Infinity);
    this.count =
      months.length === 0 ? 0 : months.reduce((most, month) => Math.max(most, month), 0) - this.first + 1;
    this.sums = new Float64Array(TRACKS.length * this.count * STRIDE);
    for (let track = 0; track < BITS.length; track++) this.take(cells, track);
  }

  /** Adds months of a track to a total. Nothing of those that have no cell. `months`: since year 0. */
  addTo(total: TrackTotal, track: Track, months: readonly number[]): void {
    const { sums, first, count } = this;
    const start = PLACE[track] * count - first;
    for (const month of months) {
      if (month < first || month >= first + count) continue;
      const place = (start + month) * STRIDE;
      total.orders += sums[place] as number;
      total.pieces += sums[place + 1] as number;
      total.gmv += sums[place + 2] as number;
      total.refund += sums[place + 3] as number;
      total.cells += sums[place + COUNT] as number;
    }
  }

  /** One loop over plain arrays: it runs a million times for a version. */
  private take({ months, combinations, orders, pieces, gmv, refund }: Cells, track: number): void {
    const { sums } = this;
    const bit = BITS[track] as number;
    const start = track * this.count - this.first;
    for (let index = 0; index < months.length; index++) {
      if (bit !== 0 && ((combinations[index] as number) & bit) === 0) continue;
      const place = (start + (months[index] as number)) * STRIDE;
      sums[place] = (sums[place] as number) + (orders[index] as number);
      sums[place + 1] = (sums[place + 1] as number) + (pieces[index] as number);
      sums[place + 2] = (sums[place + 2] as number) + (gmv[index] as number);
      sums[place + 3] = (sums[place + 3] as number) + (refund[index] as number);
      sums[place + COUNT] = (sums[place + COUNT] as number) + 1;
    }
  }
}

/** What months of a track come to, in the units of the cells. */
export class TrackTotal {
  orders = 0;
  pieces = 0;
  gmv = 0;
  refund = 0;
  cells = 0;

  /** Begins anew. */
  clear(): this {
    this.orders = 0;
    this.pieces = 0;
    this.gmv = 0;
    this.refund = 0;
    this.cells = 0;
    return this;
  }

  /** Whether any cell is in it. */
  get isMet(): boolean {
    return this.cells !== 0;
  }

  /** In hundredths. */
  get value(): Sums {
    return { orders: 100 * this.orders, pieces: 100 * this.pieces, gmv: this.gmv, refund: this.refund };
  }
}
