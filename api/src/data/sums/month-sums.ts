import type { Measure, Track } from '@beltline/contract';
import type { Hundredths, Scope } from '@beltline/sql/clickhouse';
import { seesBelt } from '../../access/viewer.ts';
import type { Day } from '../../core/calendar.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import { turns } from '../../platform/turns.ts';
import { isWithin, type ResolvedArea } from '../areas/area.ts';

/** The sums of a period and of its baseline. */
export type SumsOfBothSides = Record<
  | 'orders'
  | 'pieces'
  | 'gmv'
  | 'net_gmv'
  | 'baseline_orders'
  | 'baseline_pieces'
  | 'baseline_gmv'
  | 'baseline_net_gmv',
  Hundredths
>;

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

export interface MonthRow {
  readonly track: string;
  /** First day of the month. */
  readonly bucket: Day;
  readonly value: Hundredths;
  readonly orders: Hundredths;
}

/** Which months of which tracks, by a measure that adds up. */
export interface MonthsAsked {
  readonly tracks: readonly Track[];
  readonly measure: Exclude<Measure, 'merchants' | 'buyers'>;
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
  byMonth(scope: Scope, asked: MonthsAsked, area: ResolvedArea): Promise<MonthRow[]>;
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
      const sums = new Sums();
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
    const found = new Map<number, Sums>();
    await this.eachOf(scope, area, (cells, index) => {
      const side = sideOf(cells.months[index] as number);
      if (side === 0) return;
      const combination = cells.combinations[index] as number;
      const sums = found.get(combination) ?? new Sums();
      found.set(combination, sums);
      sums.add(cells, index, side);
    });
    const ordered = [...found].sort(([a], [b]) => a - b);
    return ordered.map(([combination, sums]) => ({ combination, ...sums.row() }));
  }

  async byMonth(
    scope: Scope,
    { tracks, measure, from, to }: MonthsAsked,
    area: ResolvedArea,
  ): Promise<MonthRow[]> {
    const [first, last] = [numberOfMonth(from), numberOfMonth(to)];
    const lines = tracks.map((track) => ({
      bit: TRACK_BIT[track],
      months: new Map<number, { value: number; orders: number }>(),
    }));
    await this.eachOf(scope, area, (cells, index) => {
      const month = cells.months[index] as number;
      if (month < first || month > last) return;
      for (const { bit, months } of lines) {
        if (bit !== 0 && ((cells.combinations[index] as number) & bit) === 0) continue;
        const sums = months.get(month) ?? { value: 0, orders: 0 };
        months.set(month, sums);
        sums.value += valueOf(cells, index, measure);
        sums.orders += 100 * (cells.orders[index] as number);
      }
    });
    return tracks.flatMap((track, place) =>
      [...(lines[place]?.months ?? [])]
        .sort(([a], [b]) => a - b)
        .map(([month, sums]) => ({ track, bucket: firstDayOfNumber(month), ...sums })),
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

/** Sums of both sides, in the units of the cells. */
class Sums {
  isMet = false;
  private readonly period = new Float64Array(4);
  private readonly baseline = new Float64Array(4);

  add(cells: Cells, index: number, side: number): void {
    this.isMet = true;
    if (side & PERIOD) addTo(this.period, cells, index);
    if (side & BASELINE) addTo(this.baseline, cells, index);
  }

  row(): SumsOfBothSides {
    const [orders = 0, pieces = 0, gmv = 0, refund = 0] = this.period;
    const [orders0 = 0, pieces0 = 0, gmv0 = 0, refund0 = 0] = this.baseline;
    return {
      orders: 100 * orders,
      baseline_orders: 100 * orders0,
      pieces: 100 * pieces,
      baseline_pieces: 100 * pieces0,
      gmv,
      baseline_gmv: gmv0,
      net_gmv: gmv - refund,
      baseline_net_gmv: gmv0 - refund0,
    };
  }
}

function addTo(sums: Float64Array, cells: Cells, index: number): void {
  sums[0] = (sums[0] as number) + (cells.orders[index] as number);
  sums[1] = (sums[1] as number) + (cells.pieces[index] as number);
  sums[2] = (sums[2] as number) + (cells.gmv[index] as number);
  sums[3] = (sums[3] as number) + (cells.refund[index] as number);
}

function valueOf(cells: Cells, index: number, measure: MonthsAsked['measure']): Hundredths {
  switch (measure) {
    case 'orders':
      return 100 * (cells.orders[index] as number);
    case 'pieces':
      return 100 * (cells.pieces[index] as number);
    case 'gmv':
      return cells.gmv[index] as number;
    case 'net-gmv':
      return (cells.gmv[index] as number) - (cells.refund[index] as number);
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
