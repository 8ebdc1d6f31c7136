/** What merchants sold month by month, of a whole data version in memory, and the windows of areas that are summed from it. */
import { EXACT_PARTS } from '../../statistics/owner-draws.ts';
import { numberOfMonth } from '../../core/calendar.ts';
import { sum } from '../../core/vector.ts';
import { turns } from '../../platform/turns.ts';
import type { MonthShares, OwnerWindows } from './owner-windows.ts';

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

/** Months of which a window takes a part: places of months, and the share of each. */
export interface WindowPart {
  readonly month: number;
  readonly share: number;
}

/** Which belts, and what of them. */
export interface WindowsAsked {
  /** Null: all, with the merchants without a belt. */
  readonly beltIds: readonly string[] | null;
  /** 0: all lines. */
  readonly trackBit: number;
  /** As `windowParts` tells them: once for all areas that are asked for the same. */
  readonly windows: readonly (readonly WindowPart[])[];
}

/** The parts of windows that lie in the months that are kept. */
export const windowParts = (
  { firstMonth, months }: Pick<MerchantMonths, 'firstMonth' | 'months'>,
  windows: readonly MonthShares[],
): WindowPart[][] =>
  windows.map((window) =>
    [...window].flatMap(([name, share]) => {
      const month = numberOfMonth(name) - firstMonth;
      return share === 0 || month < 0 || month >= months ? [] : [{ month, share }];
    }),
  );

/** What of a cell's amount belongs to a window that has this share of its month: rounded to 64ths, since a cell of one order is not all or nothing. */
export const partOf = (amount: number, share: number): number =>
  share === 1 ? amount : Math.floor(amount * share * EXACT_PARTS + 0.5) / EXACT_PARTS;

/** Cells that are summed without letting others in between: a part of a millisecond. */
const CELLS_A_STEP = 100_000;

/**
 * What each merchant of some belts sold in windows; those that sold nothing in all of them are not in it. What a cell gives to a window of which its
 * month is a part is rounded cell by cell to 64ths, as by the engine (owner-windows.sql), so that both are the same to the last bit. A merchant of several of the belts counts once.
 */
export function* ownerWindowsOf(
  kept: MerchantMonths,
  { beltIds, trackBit, windows }: WindowsAsked,
): Generator<void, OwnerWindows> {
  const places = beltIds === null ? [...kept.belts.values()] : known(beltIds, kept.belts);
  const { position, merchants } = merchantsOf(kept, places);
  const sums = windows.map(() => new Float64Array(merchants.length));
  let done = 0;
  for (const [at, window] of windows.entries()) {
    const into = sums[at] as Float64Array;
    for (const { month, share } of window) {
      for (const [belt, place] of places.entries()) {
        done += addCells(kept, into, {
          cell: place * kept.months + month,
          trackBit,
          share,
          shops: position[belt] as ShopPositions,
        });
        if (done < CELLS_A_STEP) continue;
        done = 0;
        yield;
      }
    }
  }
  return withoutIdle(kept, merchants, sums);
}

const known = (ids: readonly string[], belts: ReadonlyMap<string, number>): number[] =>
  [...new Set(ids)].flatMap((id) => belts.get(id) ?? []);

/** Where the sum of a shop of a belt goes: its position less that of the first shop of the belt. */
interface ShopPositions {
  readonly first: number;
  /** Null: the same as the shops'. */
  readonly of: Uint32Array | null;
}

/** The merchants of belts, in order, and of each belt the positions of its shops among them. */
function merchantsOf(kept: MerchantMonths, places: readonly number[]) {
  const shopsOf = (place: number) =>
    kept.merchantOf.subarray(kept.shopsFrom[place], kept.shopsFrom[place + 1]);
  const [only] = places;
  if (places.length === 1 && only !== undefined) {
    const position: ShopPositions[] = [{ first: kept.shopsFrom[only] as number, of: null }];
    return { merchants: shopsOf(only), position };
  }
  const isIn = new Uint32Array(kept.seedOf.length);
  for (const place of places) for (const merchant of shopsOf(place)) isIn[merchant] = 1;
  const merchants = new Uint32Array(isIn.reduce((count, one) => count + one, 0));
  let next = 0;
  isIn.forEach((one, merchant) => {
    if (one === 0) return;
    merchants[next] = merchant;
    isIn[merchant] = next++;
  });
  const position = places.map((place): ShopPositions => ({
    first: kept.shopsFrom[place] as number,
    of: shopsOf(place).map((merchant) => isIn[merchant] as number),
  }));
  return { merchants, position };
}

/** Plain loops over plain arrays: they run some million times for a page. Returns how many cells it went through. */
function addCells(
  { cellsFrom, shopOf, combinationOf, amountOf }: MerchantMonths,
  into: Float64Array,
  { cell, trackBit, share, shops }: { cell: number; trackBit: number; share: number; shops: ShopPositions },
): number {
  const [from, to] = [cellsFrom[cell] as number, cellsFrom[cell + 1] as number];
  const { first, of } = shops;
  if (of === null && trackBit === 0 && share === 1) {
    // Nearly all that the pages ask: whole months of a belt.
    for (let at = from; at < to; at++) {
      const merchant = (shopOf[at] as number) - first;
      into[merchant] = (into[merchant] as number) + (amountOf[at] as number);
    }
    return to - from;
  }
  for (let at = from; at < to; at++) {
    if (trackBit !== 0 && ((combinationOf[at] as number) & trackBit) === 0) continue;
    const shop = (shopOf[at] as number) - first;
    const amount = partOf(amountOf[at] as number, share);
    const merchant = of === null ? shop : (of[shop] as number);
    into[merchant] = (into[merchant] as number) + amount;
  }
  return to - from;
}

function withoutIdle(
  { seedOf, keyOf }: MerchantMonths,
  merchants: Uint32Array,
  sums: readonly Float64Array[],
): OwnerWindows {
  const has = new Uint8Array(merchants.length);
  for (const values of sums) for (let at = 0; at < values.length; at++) if (values[at] !== 0) has[at] = 1;
  const count = sum(has);
  const seeds = new Float64Array(count);
  const ownerOf = new Uint32Array(count);
  const keys = new Float64Array(count);
  const kept = new Uint32Array(count);
  let [owners, sellers] = [0, 0];
  for (let at = 0; at < merchants.length; at++) {
    if (has[at] === 0) continue;
    const merchant = merchants[at] as number;
    const seed = seedOf[merchant] as number;
    if (owners === 0 || seeds[owners - 1] !== seed) seeds[owners++] = seed;
    keys[sellers] = keyOf[merchant] as number;
    kept[sellers] = at;
    ownerOf[sellers++] = owners - 1;
  }
  return {
    seeds: seeds.slice(0, owners),
    ownerOf,
    keys,
    sums: sums.map((values) => (count === values.length ? values : taken(values, kept))),
  };
}

function taken(values: Float64Array, places: Uint32Array): Float64Array {
  const some = new Float64Array(places.length);
  for (let at = 0; at < places.length; at++) some[at] = values[places[at] as number] as number;
  return some;
}
