/**
 * What is known of an owner's quarter beside the sums of what they sold: in the same shops and on the same lunar days, by SKU, and to whom. Money in
 * hundredths. What rests on months that are not loaded, or on lines that are not kept any more, is null.
 */

import type { Reason } from '@beltline/contract';
import type { KnownLevels, LevelFacts } from './level-facts.ts';
import type { PositionFacts } from './price-position.ts';

/** What both sides of a growth come to. */
export interface Pair {
  readonly now: number;
  readonly before: number;
}

/** Of SKUs that the source tells; 0 of them where it tells none. `prices`: sums over the items of both quarters, which a price index is made of; `items`: how many; `all`: the value of all that was sold in both. */
export interface ItemFacts {
  readonly value: number;
  readonly newValue: number | null;
  readonly skus: number;
  readonly hits: number;
  readonly prices: {
    readonly items: number;
    readonly matched: Pair;
    readonly all: Pair;
    readonly tornqvist: Pair;
  } | null;
}

/** Of lines. `buyers`: of those that the source tells, 0 where it tells none; `topGmv` is 0 where it does not tell all. `due`: of which the hours for dispatch were over; `dispatched`: of which the dispatch is told at all. */
export interface BuyerFacts {
  readonly gmv: number;
  readonly buyers: number;
  readonly repeatBuyers: number;
  readonly topGmv: number;
  readonly channels: number;
  readonly countries: number;
  readonly due: number;
  readonly onTime: number;
  readonly dispatched: number;
}

export const TURNOVER_COLUMNS = [
  ...(['buyers', 'buyersBefore', 'cameSmall', 'cameMedium', 'cameLarge'] as const),
  ...(['wentSmall', 'wentMedium', 'wentLarge', 'stayedSmall', 'stayedMedium', 'stayedLarge'] as const),
] as const;
/** Buyers of both quarters, and GMV of those who came, went and stayed, by their size; all 0 where the source does not tell every buyer. */
export type TurnoverFacts = Readonly<Record<(typeof TURNOVER_COLUMNS)[number], number>>;

/** Of some months: money in hundredths; GMV on lines of each of the five tracks, in their order, and of any of them. */
export interface SalesSums {
  readonly gmv: number;
  readonly orders: number;
  readonly pieces: number;
  readonly ofTracks: readonly number[];
  readonly ofProgramme: number;
}

export interface OwnerFacts {
  readonly sameStore: Pair | null;
  readonly aligned: Pair | null;
  /** Of the recovery level; a reason where nobody has one. */
  readonly level: LevelFacts | Reason;
  /** What was sold in the base year, but for the quarter itself where it is one of that year. */
  readonly first: SalesSums | null;
  readonly items: ItemFacts | null;
  readonly position: PositionFacts | null;
  readonly buyers: BuyerFacts | null;
  readonly turnover: TurnoverFacts | null;
}

export const NO_FACTS: OwnerFacts = {
  ...{ sameStore: null, aligned: null, level: 'no-data', first: null },
  ...{ items: null, position: null, buyers: null, turnover: null },
};

/** A buyer who bought most is one of so many. */
export const TOP_BUYERS = 3;
/** Order lines in a quarter that make a SKU a hit. */
export const HIT_LINES = 20;

/** What of a quarter is loaded beside itself. */
export interface Known {
  /** The same quarter of the year before. */
  readonly hasBase: boolean;
  /** The days before it that lie alike to the Spring Festival. */
  readonly hasAligned: boolean;
  /** Each month of the year before it. */
  readonly hasYear: boolean;
}

interface GrowthRow {
  readonly owner: string;
  readonly same_now: number;
  readonly same_before: number;
  readonly aligned_now: number;
  readonly aligned_before: number;
}
interface ItemRow {
  readonly owner: string;
  readonly value: number;
  readonly new_value: number;
  readonly skus: number;
  readonly hits: number;
  readonly all0: number;
  readonly all1: number;
  readonly value0: number;
  readonly value1: number;
  readonly tornqvist0: number;
  readonly tornqvist1: number;
  readonly items: number;
}

/** Of sums of months, by owner, from the engine's rows; all else is not known. */
export function monthFactsOf(
  growth: readonly GrowthRow[],
  levels: KnownLevels,
  { hasBase, hasAligned }: Known,
): (owner: string) => OwnerFacts {
  const growthOf = new Map(growth.map((row) => [row.owner, row]));
  return (owner) => {
    const own = growthOf.get(owner);
    return {
      ...NO_FACTS,
      sameStore: own && hasBase ? { now: own.same_now, before: own.same_before } : null,
      aligned: own && hasAligned ? { now: own.aligned_now, before: own.aligned_before } : null,
      level: typeof levels === 'string' ? levels : (levels.get(owner) ?? 'no-data'),
    };
  };
}

interface FirstRow {
  readonly owner: string;
  readonly gmv: number;
  readonly orders: number;
  readonly pieces: number;
  readonly of_tracks: readonly number[];
}
/** Of the base year, by owner. */
export const salesOf = (rows: readonly FirstRow[]): ReadonlyMap<string, SalesSums> =>
  new Map(
    rows.map(({ owner, gmv, orders, pieces, of_tracks: tracks }) => [
      owner,
      { ...{ gmv, orders, pieces }, ofTracks: tracks.slice(0, -1), ofProgramme: tracks.at(-1) ?? 0 },
    ]),
  );

/** Facts by owner from the engine's rows. `ofMonths`: what sums of months tell; `buyers`: null where lines were not those of the version. */
export function factsOf(
  ofMonths: (owner: string) => OwnerFacts,
  items: readonly ItemRow[],
  positions: ReadonlyMap<string, PositionFacts>,
  buyers: ReadonlyMap<string, BuyerFacts> | null,
  { hasBase, hasYear }: Known,
): (owner: string) => OwnerFacts {
  const itemsOf = new Map(items.map((row) => [row.owner, row]));
  return (owner) => {
    const sold = itemsOf.get(owner);
    return {
      ...ofMonths(owner),
      position: positions.get(owner) ?? null,
      items: sold
        ? {
            ...{ value: sold.value, skus: sold.skus, hits: sold.hits },
            newValue: hasYear ? sold.new_value : null,
            prices: hasBase
              ? {
                  items: sold.items,
                  matched: { now: sold.value1, before: sold.value0 },
                  all: { now: sold.all1, before: sold.all0 },
                  tornqvist: { now: sold.tornqvist1, before: sold.tornqvist0 },
                }
              : null,
          }
        : null,
      buyers: buyers?.get(owner) ?? null,
    };
  };
}
