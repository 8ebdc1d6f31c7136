/** What merchants sold month by month, of a whole data version in memory. */
import { turns } from '../../platform/turns.ts';

/** A slice of a belt's merchants as the engine gives it: `cell_counts` of the elements of the last three belong to each merchant. */
export interface MerchantSlice {
  readonly belt_id: string;
  readonly merchant_keys: Float64Array;
  readonly owner_seeds: Float64Array;
  readonly cell_counts: Uint32Array;
  readonly month_nos: Uint32Array;
  readonly combinations: Uint16Array;
  readonly amounts: Float64Array;
}

/** Bytes of memory that a cell takes: its shop, its combination, its amount. */
export const BYTES_A_CELL = 4 + 2 + 8;

/**
 * Cells of one measure, one a row of the rollup by merchant, since a part of a month is rounded row by row. A shop is a merchant in a belt.
 * Cells are in the order of belt and month, so that those of a belt's month stand together.
 */
export interface MerchantMonths {
  /** Positions of belts. */
  readonly belts: ReadonlyMap<string, number>;
  /** Months since year 0 of the first month; how many there are from then on. */
  readonly firstMonth: number;
  readonly months: number;
  /** Where the cells of a month of a belt begin, at belt × months + month; one more at the end. */
  readonly cellsFrom: Uint32Array;
  readonly shopOf: Uint32Array;
  readonly combinationOf: Uint16Array;
  readonly amountOf: Float64Array;
  /** Where the shops of a belt begin; one more at the end. Those of a belt are in the order of merchants. */
  readonly shopsFrom: Uint32Array;
  readonly merchantOf: Uint32Array;
  /** The owner's seed of each merchant; merchants are in its order. */
  readonly seedOf: Float64Array;
  /** The key of each merchant, as the engine gives it. */
  readonly keyOf: Float64Array;
}

interface Span {
  readonly firstMonth: number;
  readonly months: number;
}

/** Puts slices into the order in which they are read. In turns, since there are millions of cells. */
export async function merchantMonthsOf(slices: readonly MerchantSlice[]): Promise<MerchantMonths> {
  const span = await spanOf(slices);
  const belts = new Map([...new Set(slices.map((slice) => slice.belt_id))].sort().map((id, at) => [id, at]));
  const { shopsFrom, merchantOf, seedOf, keyOf, shopsOf } = await placeShops(slices, belts);
  const cellsFrom = new Uint32Array(belts.size * span.months + 1);
  const placeOf = (belt: number, month: number) => belt * span.months + month - span.firstMonth;
  await turns.map(slices, ({ belt_id: id, month_nos: months }) => {
    const belt = belts.get(id) as number;
    for (const month of months) increment(cellsFrom, placeOf(belt, month) + 1);
  });
  accumulate(cellsFrom);
  const count = cellsFrom.at(-1) ?? 0;
  const shopOf = new Uint32Array(count);
  const combinationOf = new Uint16Array(count);
  const amountOf = new Float64Array(count);
  const next = cellsFrom.slice();
  await turns.map(slices, (slice, at) => {
    const belt = belts.get(slice.belt_id) as number;
    const shops = shopsOf[at] as Uint32Array;
    let cell = 0;
    slice.cell_counts.forEach((cells, merchant) => {
      for (const end = cell + cells; cell < end; cell++) {
        const to = take(next, placeOf(belt, slice.month_nos[cell] as number));
        shopOf[to] = shops[merchant] as number;
        combinationOf[to] = slice.combinations[cell] as number;
        amountOf[to] = slice.amounts[cell] as number;
      }
    });
  });
  return { belts, ...span, cellsFrom, shopOf, combinationOf, amountOf, shopsFrom, merchantOf, seedOf, keyOf };
}

function increment(counts: Uint32Array, place: number): void {
  counts[place] = (counts[place] as number) + 1;
}

/** From counts at the places after theirs to where each begins. */
function accumulate(counts: Uint32Array): void {
  for (let place = 1; place < counts.length; place++)
    counts[place] = (counts[place] as number) + (counts[place - 1] as number);
}

/** The next free position of a place. */
function take(next: Uint32Array, place: number): number {
  const position = next[place] as number;
  next[place] = position + 1;
  return position;
}

async function spanOf(slices: readonly MerchantSlice[]): Promise<Span> {
  let [first, last] = [Infinity, -Infinity];
  await turns.map(slices, ({ month_nos: months }) => {
    for (const month of months) {
      if (month < first) first = month;
      if (month > last) last = month;
    }
  });
  return first > last ? { firstMonth: 0, months: 0 } : { firstMonth: first, months: last - first + 1 };
}

/** Merchants in the order of their owners' seeds, and shops in the order of belts and merchants. */
async function placeShops(slices: readonly MerchantSlice[], belts: ReadonlyMap<string, number>) {
  const count = slices.reduce((total, { merchant_keys: keys }) => total + keys.length, 0);
  const [keys, seeds] = [new Float64Array(count), new Float64Array(count)];
  const beltOf = new Uint32Array(count);
  let listed = 0;
  for (const { belt_id: id, merchant_keys: ofSlice, owner_seeds: owners } of slices) {
    beltOf.fill(belts.get(id) as number, listed, listed + ofSlice.length);
    keys.set(ofSlice, listed);
    seeds.set(owners, listed);
    listed += ofSlice.length;
  }
  await turns.next();
  const order = new Uint32Array(count).map((_, at) => at);
  order.sort(
    (a, b) => (seeds[a] as number) - (seeds[b] as number) || (keys[a] as number) - (keys[b] as number),
  );
  await turns.next();
  const merchantOfListed = new Uint32Array(count);
  const [seedOf, keyOf] = [new Float64Array(count), new Float64Array(count)];
  let merchants = 0;
  order.forEach((at, place) => {
    const before = order[place - 1];
    const isAnother = before === undefined || seeds[before] !== seeds[at] || keys[before] !== keys[at];
    if (isAnother) {
      keyOf[merchants] = keys[at] as number;
      seedOf[merchants++] = seeds[at] as number;
    }
    merchantOfListed[at] = merchants - 1;
  });
  const shopsFrom = new Uint32Array(belts.size + 1);
  beltOf.forEach((belt) => increment(shopsFrom, belt + 1));
  accumulate(shopsFrom);
  const next = shopsFrom.slice();
  const merchantOf = new Uint32Array(count);
  const shopOfListed = new Uint32Array(count);
  for (const at of order) {
    const shop = take(next, beltOf[at] as number);
    merchantOf[shop] = merchantOfListed[at] as number;
    shopOfListed[at] = shop;
  }
  let from = 0;
  const shopsOf = slices.map(({ merchant_keys: { length } }) =>
    shopOfListed.subarray(from, (from += length)),
  );
  return {
    shopsFrom,
    merchantOf,
    seedOf: seedOf.slice(0, merchants),
    keyOf: keyOf.slice(0, merchants),
    shopsOf,
  };
}
