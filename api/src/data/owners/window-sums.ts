/** Windows of areas, summed from what merchants sold month by month in memory. */
import { EXACT_PARTS } from '../../statistics/owner-draws.ts';
import { numberOfMonth } from '../../core/calendar.ts';
import { sum } from '../../core/vector.ts';
import type { MerchantMonths } from './merchant-months.ts';
import type { MonthShares, OwnerWindows } from './owner-windows.ts';

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
