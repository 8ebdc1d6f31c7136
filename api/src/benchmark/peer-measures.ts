/** What an owner is measured by in a quarter, from what is known of their own orders alone. */
import { type BenchmarkMeasure, PROGRAMME_TRACKS, type Reason, TRACK } from '@beltline/contract';
import { ratioOf, whyNoRatio } from '../core/ratio.ts';
import { SMALLEST_MATCHED_SHARE, tornqvist } from '../statistics/price-index.ts';
import type { LevelFacts } from './level-facts.ts';
import type { BuyerFacts, ItemFacts, OwnerFacts, Pair } from './owner-facts.ts';

/** The bits of the tracks whose shares are told, and of all five together. */
export const PROGRAMME_BITS: readonly number[] = PROGRAMME_TRACKS.map((track) => TRACK[track].bit);
export const UNION_BITS = PROGRAMME_BITS.reduce((all, bit) => all | bit, 0);

/** What somebody sold in a quarter. Money in hundredths, orders of one shop each. */
export interface QuarterSums {
  readonly gmv: number;
  readonly orders: number;
  readonly pieces: number;
  readonly refund: number;
  /** GMV on lines of each of the five tracks, in their order, which overlap. */
  readonly ofTracks: readonly number[];
  /** GMV on lines of any of the five. */
  readonly ofProgramme: number;
}

export const NOTHING_SOLD: QuarterSums = {
  gmv: 0,
  orders: 0,
  pieces: 0,
  refund: 0,
  ofTracks: PROGRAMME_BITS.map(() => 0),
  ofProgramme: 0,
};

/** A quarter and the same of the year before; null = not known. */
export interface ComparedQuarter {
  readonly now: QuarterSums;
  readonly before: QuarterSums | null;
  readonly facts: OwnerFacts;
}

/** Money in the currency, ratios as such; growth as the ratio of both quarters (1 = no change), so that nothing is below 0. Null where there is none. */
export type MeasureValue = number | null;

/** Fewer matched items say nothing of an owner's prices, nor do those that are hardly a part of the value. */
export const FEWEST_ITEMS = 3;

/** `of`: the value. `rests`: the amounts that it is made of, none below 0. `isShare`: it lies between 0 and 1, and what is left to 1 says as much. */
interface Rule {
  readonly of: (quarter: ComparedQuarter) => MeasureValue;
  readonly rests: (quarter: ComparedQuarter) => readonly number[];
  readonly isShare?: true;
  /** Told as a rate: 1 is no change. */
  readonly isGrowth?: true;
  /** Why there is none. */
  readonly whyNone: (quarter: ComparedQuarter) => Reason;
}

const ofGmv = ({ now }: ComparedQuarter): readonly number[] => [now.gmv];
const sum = (of: (now: ComparedQuarter['now']) => number): Rule => ({
  of: ({ now }) => of(now),
  rests: ({ now }) => [of(now)],
  whyNone: () => 'no-data',
});
const average = (of: (now: ComparedQuarter['now']) => number | null): Rule => ({
  of: ({ now }) => of(now),
  rests: ofGmv,
  whyNone: () => 'baseline-zero',
});
const share = (of: (now: ComparedQuarter['now']) => number): Rule => ({
  ...average((now) => ratioOf(of(now), now.gmv)),
  isShare: true,
});
const growth = (of: (quarter: ComparedQuarter) => Pair | null): Rule => ({
  of: (quarter) => {
    const pair = of(quarter);
    return pair && ratioOf(pair.now, pair.before);
  },
  rests: (quarter) => {
    const { now, before } = of(quarter) ?? { now: 0, before: 0 };
    return [now, before];
  },
  isGrowth: true,
  whyNone: (quarter) => {
    // Of who sold nothing in the quarter no more is known than that.
    if (of(quarter) === null && quarter.before !== null && quarter.now.gmv === 0) return 'no-data';
    return whyNoRatio(of(quarter)?.before ?? null) ?? 'no-baseline';
  },
});
/** Of lines, which a later load may have replaced before they were read. */
const byBuyers = (
  of: (facts: BuyerFacts) => MeasureValue,
  rests: (facts: BuyerFacts) => number,
  more: Partial<Pick<Rule, 'isShare' | 'whyNone'>> = {},
): Rule => ({
  of: ({ facts: { buyers } }) => buyers && of(buyers),
  rests: ({ facts: { buyers } }) => [buyers ? rests(buyers) : 0],
  whyNone: ({ now, facts: { buyers } }) => (buyers || now.gmv === 0 ? 'no-data' : 'lines-replaced'),
  ...more,
});
/** Why there is nothing of an owner's buyers, whom the source may not tell. */
const whyNobody = ({ now, facts: { buyers } }: ComparedQuarter): Reason => {
  if (now.gmv === 0) return 'no-data';
  return buyers ? 'not-told' : 'lines-replaced';
};
const byItems = (
  of: (facts: ItemFacts) => MeasureValue,
  rests: (facts: ItemFacts) => number,
  more: Pick<Rule, 'isShare'> = {},
): Rule => ({
  of: ({ facts: { items } }) => (isAnyTold(items) ? of(items) : null),
  rests: ({ facts: { items } }) => [items ? rests(items) : 0],
  whyNone: ({ facts: { items } }) => {
    if (items && !isAnyTold(items)) return 'not-told';
    return items ? 'no-baseline' : 'no-data';
  },
  ...more,
});

/** Whether the source tells any SKU that was sold. */
const isAnyTold = (items: ItemFacts | null): items is ItemFacts => items !== null && items.skus > 0;

/** A Törnqvist index of the items of both quarters; 1 = prices of the year before. */
function priceOf({ facts: { items } }: ComparedQuarter): MeasureValue {
  const prices = items?.prices;
  if (!prices || prices.items < FEWEST_ITEMS) return null;
  const { matched, all, tornqvist: logs } = prices;
  if (matched.now < SMALLEST_MATCHED_SHARE * all.now) return null;
  if (matched.before < SMALLEST_MATCHED_SHARE * all.before) return null;
  return tornqvist({
    ...{ items: prices.items, laspeyresSum: 0, paascheSum: 0, logSum: 0 },
    ...{ value0: matched.before, value1: matched.now, tornqvist0: logs.before, tornqvist1: logs.now },
  });
}
const whyNoPrice = ({ facts: { items } }: ComparedQuarter): Reason => {
  if (items && !isAnyTold(items)) return 'not-told';
  if (!items?.prices) return 'no-baseline';
  return items.prices.items === 0 ? 'no-matched-items' : 'too-few-matched';
};

const levelOf = ({ facts: { level } }: ComparedQuarter): LevelFacts | null =>
  typeof level === 'string' ? null : level;
function whyNoLevel({ facts: { level } }: ComparedQuarter): Reason {
  if (typeof level === 'string') return level;
  return level.base > 0 ? 'too-few-clean-years' : 'baseline-zero';
}

/** Prices beside like goods; 1 = as others. */
function positionOf({ facts: { position } }: ComparedQuarter): MeasureValue {
  if (!position || position.items < FEWEST_ITEMS) return null;
  return position.matched < SMALLEST_MATCHED_SHARE * position.all ? null : Math.exp(position.log);
}
const whyNoPosition = ({ facts: { position } }: ComparedQuarter): Reason => {
  if (!position) return 'no-data';
  return position.matched === 0 ? 'no-matched-items' : 'too-few-matched';
};

const RULES: Readonly<Record<BenchmarkMeasure, Rule>> = {
  gmv: { ...sum(({ gmv }) => gmv), of: ({ now }) => now.gmv / 100 },
  growth: growth(({ now, before }) => before && { now: now.gmv, before: before.gmv }),
  'growth-aligned': growth(({ facts }) => facts.aligned),
  'growth-same-store': growth(({ facts }) => facts.sameStore),
  'recovery-level': {
    of: (quarter) => levelOf(quarter)?.level ?? null,
    rests: (quarter) => {
      const { now, season, about, base } = levelOf(quarter) ?? { now: 0, season: 0, about: 0, base: 0 };
      return [now, season, about, base];
    },
    whyNone: whyNoLevel,
  },
  orders: sum(({ orders }) => orders),
  pieces: sum(({ pieces }) => pieces),
  buyers: byBuyers(
    ({ buyers }) => (buyers > 0 ? buyers : null),
    ({ buyers }) => buyers,
    { whyNone: whyNobody },
  ),
  'repeat-buyers': byBuyers(
    ({ repeatBuyers, buyers }) => ratioOf(repeatBuyers, buyers),
    ({ buyers }) => buyers,
    { isShare: true, whyNone: whyNobody },
  ),
  'top-buyers': byBuyers(
    // Who bought most is known where every buyer is.
    ({ topGmv, gmv }) => (topGmv > 0 ? ratioOf(topGmv, gmv) : null),
    ({ gmv }) => gmv,
    { isShare: true, whyNone: whyNobody },
  ),
  'order-value': average(({ gmv, orders }) => ratioOf(gmv / 100, orders)),
  'order-pieces': average(({ pieces, orders }) => ratioOf(pieces, orders)),
  skus: byItems(
    ({ skus }) => skus,
    ({ skus }) => skus,
  ),
  'new-skus': byItems(
    ({ newValue, value }) => ratioOf(newValue, value),
    ({ value }) => value,
    { isShare: true },
  ),
  hits: byItems(
    ({ hits }) => hits,
    ({ skus }) => skus,
  ),
  'price-trend': {
    of: priceOf,
    rests: ({ facts: { items } }) => [items?.prices?.matched.now ?? 0, items?.prices?.matched.before ?? 0],
    isGrowth: true,
    whyNone: whyNoPrice,
  },
  'price-position': {
    of: positionOf,
    rests: ({ facts: { position } }) => [position?.matched ?? 0],
    isGrowth: true,
    whyNone: whyNoPosition,
  },
  programme: share(({ ofProgramme }) => ofProgramme),
  ...(Object.fromEntries(
    PROGRAMME_TRACKS.map((track, at) => [track, share(({ ofTracks }) => ofTracks[at] ?? 0)]),
  ) as Record<(typeof PROGRAMME_TRACKS)[number], Rule>),
  channels: byBuyers(
    ({ channels }) => channels,
    ({ gmv }) => gmv,
  ),
  countries: byBuyers(
    ({ countries }) => countries,
    ({ gmv }) => gmv,
  ),
  'on-time': byBuyers(
    // A source that never tells of dispatch does not say that nothing was.
    ({ onTime, due, dispatched }) => (dispatched > 0 ? ratioOf(onTime, due) : null),
    ({ due }) => due,
    { isShare: true },
  ),
  'refund-rate': share(({ refund }) => refund),
};

/** A measure of a quarter; null where its base is nothing, or not known. */
export const measureOf = (measure: BenchmarkMeasure, quarter: ComparedQuarter): MeasureValue =>
  RULES[measure].of(quarter);
/** The amounts that a measure of somebody rests on. */
export const restsOf = (measure: BenchmarkMeasure, quarter: ComparedQuarter): readonly number[] =>
  RULES[measure].rests(quarter);
export const whyNoMeasure = (measure: BenchmarkMeasure, quarter: ComparedQuarter): Reason =>
  RULES[measure].whyNone(quarter);
export const isShare = (measure: BenchmarkMeasure): boolean => RULES[measure].isShare === true;

/** As it is told: growth as a rate. */
export const toldAs = (measure: BenchmarkMeasure, value: number): number =>
  RULES[measure].isGrowth ? Number((value - 1).toPrecision(12)) : value;

/** Sums of several shops or months. */
export function addUp(parts: readonly QuarterSums[]): QuarterSums {
  return parts.reduce(
    (all, one) => ({
      gmv: all.gmv + one.gmv,
      orders: all.orders + one.orders,
      pieces: all.pieces + one.pieces,
      refund: all.refund + one.refund,
      ofTracks: all.ofTracks.map((sum, at) => sum + (one.ofTracks[at] ?? 0)),
      ofProgramme: all.ofProgramme + one.ofProgramme,
    }),
    NOTHING_SOLD,
  );
}

/** The amounts that add up, in which nobody of a peer group may be dominant. */
export const amountsOf = ({ gmv, orders, pieces }: QuarterSums): readonly number[] => [gmv, orders, pieces];
