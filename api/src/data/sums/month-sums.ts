import type { Track } from '@beltline/contract';
import type { Scope } from '@beltline/sql/clickhouse';
import { seesBelt } from '../../access/viewer.ts';
import type { Sums, SumsOfBothSides } from '../../core/amounts.ts';
import type { Day } from '../../core/calendar.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import { turns } from '../../platform/turns.ts';
import { isWithin, type ResolvedArea } from '../areas/area.ts';

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
  /** An area, by exclusive combination. */
  byCombination(scope: Scope, months: BothMonths, area: ResolvedArea): Promise<CombinationRow[]>;
  /** An area month by month, on each track. */
  byMonth(scope: Scope, asked: MonthsQuestion, area: ResolvedArea): Promise<MonthRow[]>;
}

/** One belt, or the nation: an element of each array a month and combination. Money in hundredths; counts as they are. */
export interface Cells {
  readonly months: Uint32Array;
  readonly combinations: Uint16Array;
  readonly orders: Float64Array;
  readonly pieces: Float64Array;
  readonly gmv: Float64Array;
  readonly refund: Float64Array;
}

/** Bytes of memory that one cell takes in `Cells`. */
export const BYTES_A_CELL = 4 + 2 + 4 * 8;

/** All cells of a data version: whole numbers, so that their sums are the same in any order. */
export interface MonthCells {
  readonly belts: ReadonlyMap<string, Cells>;
  readonly nation: Cells | null;
}

const PERIOD = 1;
const BASELINE = 2;

/** Answers from memory. Nothing of it takes longer than a step of some thousand cells at a time. */
export class MonthSumsInMemory implements MonthSums {
  constructor(private readonly cells: MonthCells) {}

  async byBelt(scope: Scope, months: BothMonths, track: Track): Promise<BeltRow[]> {
    const sideOf = sidesOf(months);
    const bit = TRACK_BIT[track];
    const rows: BeltRow[] = [];
    const add = (level: BeltRow['level'], belt_id: string, cells: Cells) => {
      const sums = new TotalsOfBothSides();
      for (let index = 0; index < cells.months.length; index++) {
        const side = sideOf(cells.months[index] as number);
        if (side !== 0 && (bit === 0 || ((cells.combinations[index] as number) & bit) !== 0))
          sums.add(cells, index, side);
      }
      if (sums.isMet) rows.push({ level, belt_id, ...sums.row() });
    };
    await turns.map([...this.cells.belts], ([beltId, cells]) => {
      if (seesBelt(scope, beltId)) add('belt', beltId, cells);
    });
    if (scope.belts === 'everything' && this.cells.nation) add('nation', '', this.cells.nation);
    return rows;
  }

  async byCombination(scope: Scope, months: BothMonths, area: ResolvedArea): Promise<CombinationRow[]> {
    const sideOf = sidesOf(months);
    const found = new Map<number, TotalsOfBothSides>();
    await this.eachOf(scope, area, (cells, index) => {
      const side = sideOf(cells.months[index] as number);
      if (side === 0) return;
      const combination = cells.combinations[index] as number;
      const sums = found.get(combination) ?? new TotalsOfBothSides();
      found.set(combination, sums);
      sums.add(cells, index, side);
    });
    const ordered = [...found].sort(([a], [b]) => a - b);
    return ordered.map(([combination, sums]) => ({ combination, ...sums.row() }));
  }

  async byMonth(scope: Scope, { tracks, from, to }: MonthsQuestion, area: ResolvedArea): Promise<MonthRow[]> {
    const [first, last] = [numberOfMonth(from), numberOfMonth(to)];
    const lines = tracks.map((track) => ({
      bit: TRACK_BIT[track],
      months: new Map<number, Totals>(),
    }));
    await this.eachOf(scope, area, (cells, index) => {
      const month = cells.months[index] as number;
      if (month < first || month > last) return;
      for (const { bit, months } of lines) {
        if (bit !== 0 && ((cells.combinations[index] as number) & bit) === 0) continue;
        const totals = months.get(month) ?? new Totals();
        months.set(month, totals);
        totals.add(cells, index);
      }
    });
    return tracks.flatMap((track, place) =>
      [...(lines[place]?.months ?? [])]
        .sort(([a], [b]) => a - b)
        .map(([month, totals]) => ({ track, bucket: firstDayOfNumber(month), ...totals.sums() })),
    );
  }

  /** Every cell of an area, where all of it may be seen. */
  private async eachOf(
    scope: Scope,
    area: ResolvedArea,
    work: (cells: Cells, index: number) => void,
  ): Promise<void> {
    if (!isWithin(scope, area)) return;
    const { belts, nation } = this.cells;
    const parts = area.beltIds === null ? [nation] : area.beltIds.map((beltId) => belts.get(beltId));
    await turns.map(parts, (cells) => {
      if (!cells) return;
      for (let index = 0; index < cells.months.length; index++) work(cells, index);
    });
  }
}

/** Adds up cells, in their units. */
class Totals {
  private orders = 0;
  private pieces = 0;
  private gmv = 0;
  private refund = 0;

  add(cells: Cells, index: number): void {
    this.orders += cells.orders[index] as number;
    this.pieces += cells.pieces[index] as number;
    this.gmv += cells.gmv[index] as number;
    this.refund += cells.refund[index] as number;
  }

  sums(): Sums {
    return { orders: 100 * this.orders, pieces: 100 * this.pieces, gmv: this.gmv, refund: this.refund };
  }
}

class TotalsOfBothSides {
  isMet = false;
  private readonly period = new Totals();
  private readonly baseline = new Totals();

  add(cells: Cells, index: number, side: number): void {
    this.isMet = true;
    if (side & PERIOD) this.period.add(cells, index);
    if (side & BASELINE) this.baseline.add(cells, index);
  }

  row(): SumsOfBothSides {
    const { orders, pieces, gmv, refund } = this.baseline.sums();
    return {
      ...this.period.sums(),
      baseline_orders: orders,
      baseline_pieces: pieces,
      baseline_gmv: gmv,
      baseline_refund: refund,
    };
  }
}

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

/** Months since year 0, as the query counts them. */
const numberOfMonth = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

const firstDayOfNumber = (month: number): Day =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;
