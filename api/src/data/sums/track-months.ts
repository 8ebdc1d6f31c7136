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

const COLUMNS = ['orders', 'pieces', 'gmv', 'refund'] as const;
/** The columns, and how many cells they are the sum of: a month with cells is met, whatever they come to. */
const STRIDE = COLUMNS.length + 1;
const COUNT = COLUMNS.length;

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
    for (let index = 0; index < months.length; index++) this.take(cells, index);
  }

  /** Adds a month of a track to a total. Nothing, where it has no cell. `month`: months since year 0. */
  addTo(total: TrackTotal, track: Track, month: number): void {
    const at = month - this.first;
    if (at < 0 || at >= this.count) return;
    const place = (PLACE[track] * this.count + at) * STRIDE;
    for (let column = 0; column < STRIDE; column++)
      total.columns[column] = (total.columns[column] as number) + (this.sums[place + column] as number);
  }

  private take(cells: Cells, index: number): void {
    const combination = cells.combinations[index] as number;
    const at = (cells.months[index] as number) - this.first;
    for (const [track, bit] of BITS.entries()) {
      if (bit !== 0 && (combination & bit) === 0) continue;
      const place = (track * this.count + at) * STRIDE;
      for (const [column, name] of COLUMNS.entries())
        this.sums[place + column] = (this.sums[place + column] as number) + (cells[name][index] as number);
      this.sums[place + COUNT] = (this.sums[place + COUNT] as number) + 1;
    }
  }
}

/** What months of a track come to. */
export class TrackTotal {
  readonly columns = new Float64Array(STRIDE);

  /** Whether any cell is in it. */
  get isMet(): boolean {
    return this.columns[COUNT] !== 0;
  }

  /** In hundredths. */
  get value(): Sums {
    const [orders = 0, pieces = 0, gmv = 0, refund = 0] = this.columns;
    return { orders: 100 * orders, pieces: 100 * pieces, gmv, refund };
  }

  clear(): void {
    this.columns.fill(0);
  }
}
