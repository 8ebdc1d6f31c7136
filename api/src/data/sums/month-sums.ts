import { type Track, TRACKS } from '@beltline/contract';
import type { Scope } from '@beltline/sql/clickhouse';
import { seesBelt } from '../../access/viewer.ts';
import type { Sums, SumsOfBothSides } from '../../core/amounts.ts';
import { type Day, firstDayOf, monthOfNumber, numberOfMonth } from '../../core/calendar.ts';
import { turns } from '../../platform/turns.ts';
import { isWithin, type ResolvedArea } from '../areas/area.ts';
import { BYTES_A_MONTH, type Cells, TrackMonths, TrackTotal } from './track-months.ts';

/** Whole months of a period and of its baseline, by their first days. */
export interface BothMonths {
  readonly months: readonly Day[];
  readonly baseline_months: readonly Day[];
}

export interface BeltRow extends SumsOfBothSides {
  readonly level: 'belt' | 'nation';
  /** '' of the nation, and of merchants without a belt. */
  readonly belt_id: string;
}

export interface TrackRow extends SumsOfBothSides {
  readonly track: Track;
}

export interface CombinationRow extends SumsOfBothSides {
  readonly combination: number;
}

export interface MonthRow extends Sums {
  readonly track: string;
  /** First day of the month. */
  readonly bucket: Day;
}

/** Which months of which tracks. */
export interface MonthsQuestion {
  readonly tracks: readonly Track[];
  /** First days of the first and the last month. */
  readonly from: Day;
  readonly to: Day;
}

/**
 * What adds up over the months of a data version: whole months by belt and exclusive combination of tracks. Takes the viewer's
 * scope like every query, and gives nothing of what it does not show: of an area of which a belt is hidden, and of the nation
 * to who may see some belts, there are no rows.
 */
export interface MonthSums {
  /** Each belt, and the nation, on a track. No row = nothing sold on either side. */
  byBelt(scope: Scope, months: BothMonths, track: Track): Promise<BeltRow[]>;
  /** An area on each track. No row = nothing sold on either side. */
  byTrack(scope: Scope, months: BothMonths, area: ResolvedArea): Promise<TrackRow[]>;
  /** An area, by exclusive combination. */
  byCombination(scope: Scope, months: BothMonths, area: ResolvedArea): Promise<CombinationRow[]>;
  /** An area month by month, on each track. */
  byMonth(scope: Scope, asked: MonthsQuestion, area: ResolvedArea): Promise<MonthRow[]>;
}

/** Bytes of memory that the sums of a data version take at most, whichever belts sold in which months. */
export const bytesOfSums = (of: { cells: number; areas: number; months: number }): number =>
  of.cells * BYTES_A_CELL + of.areas * of.months * BYTES_A_MONTH;

/** Bytes of memory that one cell takes in `Cells`. */
const BYTES_A_CELL = 4 + 2 + 4 * 8;

/** All cells of a data version: whole numbers, so that their sums are the same in any order. */
export interface MonthCells {
  readonly belts: ReadonlyMap<string, Cells>;
  readonly nation: Cells | null;
}

const PERIOD = 1;
const BASELINE = 2;

/** A belt, or the nation, in the two shapes that are asked for. */
interface AreaSums {
  readonly cells: Cells;
  readonly tracks: TrackMonths;
}

/** Answers from memory. Nothing of it takes longer than a step of some thousand cells at a time. */
export class MonthSumsInMemory implements MonthSums {
  private constructor(
    private readonly belts: ReadonlyMap<string, AreaSums>,
    private readonly nation: AreaSums | null,
  ) {}

  static async of({ belts, nation }: MonthCells): Promise<MonthSumsInMemory> {
    const both = (cells: Cells): AreaSums => ({ cells, tracks: new TrackMonths(cells) });
    const made = await turns.map([...belts], ([beltId, cells]) => [beltId, both(cells)] as const);
    return new MonthSumsInMemory(new Map(made), nation && both(nation));
  }

  async byBelt(scope: Scope, months: BothMonths, track: Track): Promise<BeltRow[]> {
    const rows: BeltRow[] = [];
    const both = new BothTotals(months);
    const add = (level: BeltRow['level'], belt_id: string, part: AreaSums) => {
      const sums = both.of([part], track);
      if (sums) rows.push(beltRow(level, belt_id, sums));
    };
    for (const [beltId, sums] of this.belts) if (seesBelt(scope, beltId)) add('belt', beltId, sums);
    if (scope.belts === 'everything' && this.nation) add('nation', '', this.nation);
    return rows;
  }

  async byTrack(scope: Scope, months: BothMonths, area: ResolvedArea): Promise<TrackRow[]> {
    const parts = this.partsOf(scope, area);
    const both = new BothTotals(months);
    return TRACKS.flatMap((track) => {
      const sums = both.of(parts, track);
      return sums ? [{ track, ...sums }] : [];
    });
  }

  async byCombination(scope: Scope, months: BothMonths, area: ResolvedArea): Promise<CombinationRow[]> {
    const sideOf = sidesOf(months);
    const found = new Map<number, CellTotals>();
    await turns.map(this.partsOf(scope, area), ({ cells }) => {
      for (let index = 0; index < cells.months.length; index++) {
        const side = sideOf(cells.months[index] as number);
        if (side === 0) continue;
        const combination = cells.combinations[index] as number;
        const sums = found.get(combination) ?? new CellTotals();
        found.set(combination, sums);
        sums.add(cells, index, side);
      }
    });
    const ordered = [...found].sort(([a], [b]) => a - b);
    return ordered.map(([combination, sums]) => ({ combination, ...sums.row() }));
  }

  async byMonth(scope: Scope, { tracks, from, to }: MonthsQuestion, area: ResolvedArea): Promise<MonthRow[]> {
    const parts = this.partsOf(scope, area);
    if (parts.length === 0) return [];
    const [first, last] = [numberOfMonth(from), numberOfMonth(to)];
    return tracks.flatMap((track) => {
      const rows: MonthRow[] = [];
      for (let month = first; month <= last; month++) {
        const [total, months] = [new TrackTotal(), [month]];
        for (const part of parts) part.tracks.addTo(total, track, months);
        if (total.isMet) rows.push({ track, bucket: firstDayOf(monthOfNumber(month)), ...total.value });
      }
      return rows;
    });
  }

  /** What an area is made of, where all of it may be seen; else nothing. */
  private partsOf(scope: Scope, area: ResolvedArea): AreaSums[] {
    if (!isWithin(scope, area)) return [];
    if (area.beltIds === null) return this.nation ? [this.nation] : [];
    return area.beltIds.flatMap((beltId) => this.belts.get(beltId) ?? []);
  }
}

/** Months of both sides on a track, added up. */
class BothTotals {
  private readonly months: readonly number[];
  private readonly baseline: readonly number[];
  /** Of one area after the other: a ranking adds up some hundred. */
  private readonly now = new TrackTotal();
  private readonly before = new TrackTotal();

  constructor({ months, baseline_months }: BothMonths) {
    this.months = months.map(numberOfMonth);
    this.baseline = baseline_months.map(numberOfMonth);
  }

  /** Null where nothing was sold on either side. */
  of(parts: readonly AreaSums[], track: Track): SumsOfBothSides | null {
    const [now, before] = [this.now.clear(), this.before.clear()];
    for (const { tracks } of parts) {
      tracks.addTo(now, track, this.months);
      tracks.addTo(before, track, this.baseline);
    }
    return now.isMet || before.isMet ? bothSides(now.value, before.value) : null;
  }
}

/** Cells of both sides, added up in their units. */
class CellTotals {
  private readonly sums = new Float64Array(8);

  add({ orders, pieces, gmv, refund }: Cells, index: number, side: number): void {
    const { sums } = this;
    for (const place of [0, 4]) {
      if ((side & (place === 0 ? PERIOD : BASELINE)) === 0) continue;
      sums[place] = (sums[place] as number) + (orders[index] as number);
      sums[place + 1] = (sums[place + 1] as number) + (pieces[index] as number);
      sums[place + 2] = (sums[place + 2] as number) + (gmv[index] as number);
      sums[place + 3] = (sums[place + 3] as number) + (refund[index] as number);
    }
  }

  row(): SumsOfBothSides {
    const of = (place: number): Sums => {
      const [orders = 0, pieces = 0, gmv = 0, refund = 0] = this.sums.subarray(place, place + 4);
      return { orders: 100 * orders, pieces: 100 * pieces, gmv, refund };
    };
    return bothSides(of(0), of(4));
  }
}

/** Field by field, which makes less garbage than a spread does. */
const beltRow = (level: BeltRow['level'], belt_id: string, sums: SumsOfBothSides): BeltRow => ({
  level,
  belt_id,
  orders: sums.orders,
  pieces: sums.pieces,
  gmv: sums.gmv,
  refund: sums.refund,
  baseline_orders: sums.baseline_orders,
  baseline_pieces: sums.baseline_pieces,
  baseline_gmv: sums.baseline_gmv,
  baseline_refund: sums.baseline_refund,
});

const bothSides = (now: Sums, before: Sums): SumsOfBothSides => ({
  orders: now.orders,
  pieces: now.pieces,
  gmv: now.gmv,
  refund: now.refund,
  baseline_orders: before.orders,
  baseline_pieces: before.pieces,
  baseline_gmv: before.gmv,
  baseline_refund: before.refund,
});

/** Tells which sides a month is on, by its number: 0 on none, and a month can be on both. */
function sidesOf({ months, baseline_months }: BothMonths): (month: number) => number {
  const numbers = [...months, ...baseline_months].map(numberOfMonth);
  const first = Math.min(...numbers);
  const sides = new Uint8Array(numbers.length === 0 ? 0 : Math.max(...numbers) - first + 1);
  numbers.forEach((number, index) => {
    const side = index < months.length ? PERIOD : BASELINE;
    sides[number - first] = (sides[number - first] ?? 0) | side;
  });
  return (month) => sides[month - first] ?? 0;
}
