/**
 * Price indices of a matched sample: items (SKUs) sold in both periods. Formulas: Producer Price Index Manual (IMF
 * and others, 2004), chapters 15 and 19. An index is a ratio, 1 = prices of the first period. The volume index
 * belonging to any of them is the value index of the same items ÷ the price index. All of it comes from sums which
 * the engine computes in one pass (`PairSums`); `pairSums` is the same from prices and quantities.
 */
import { at } from '../core/vector.ts';

export { geksTornqvist } from './geks.ts';

/** Sums over the items sold in both periods; p = price, v = value (price × quantity), 0 and 1 the periods. */
export interface PairSums {
  readonly items: number;
  /** Σ v0, money. */
  readonly value0: number;
  /** Σ v1, money. */
  readonly value1: number;
  /** Σ v0 · (p1 ÷ p0): the first period's basket at the second's prices, money. */
  readonly laspeyresSum: number;
  /** Σ v1 · (p0 ÷ p1): the second period's basket at the first's prices, money. */
  readonly paascheSum: number;
  /** Σ v0 · ln(p1 ÷ p0). */
  readonly tornqvist0: number;
  /** Σ v1 · ln(p1 ÷ p0). */
  readonly tornqvist1: number;
  /** Σ ln(p1 ÷ p0). */
  readonly logSum: number;
}

const ratio = (numerator: number, denominator: number): number | null =>
  numerator > 0 && denominator > 0 ? numerator / denominator : null;

/** Weights of the first period: overstates inflation where buyers turn to what became cheaper. Null without items. */
export const laspeyres = (sums: PairSums): number | null => ratio(sums.laspeyresSum, sums.value0);

/** Weights of the second period: understates it for the same reason. Null without items. */
export const paasche = (sums: PairSums): number | null => ratio(sums.value1, sums.paascheSum);

/** Geometric mean of Laspeyres and Paasche. Null without items. */
export function fisher(sums: PairSums): number | null {
  const [first, second] = [laspeyres(sums), paasche(sums)];
  return first === null || second === null ? null : Math.sqrt(first * second);
}

/**
 * Geometric mean of the price relatives, weighted by the mean of both periods' shares in value. Null without items.
 */
export function tornqvist(sums: PairSums): number | null {
  const { value0, value1, tornqvist0, tornqvist1 } = sums;
  if (!(value0 > 0 && value1 > 0)) return null;
  return Math.exp((tornqvist0 / value0 + tornqvist1 / value1) / 2);
}

/** Geometric mean of the price relatives, each item alike: only where quantities are missing. Null without items. */
export const jevons = ({ items, logSum }: PairSums): number | null =>
  items > 0 ? Math.exp(logSum / items) : null;

/** Value of the second ÷ the first period. Null where either is not above 0. */
export const valueIndex = ({ value0, value1 }: Pick<PairSums, 'value0' | 'value1'>): number | null =>
  ratio(value1, value0);

/** Volume index = value index ÷ price index, ratios. Null where either is not known. */
export const volumeIndex = (valueIndex: number | null, priceIndex: number | null): number | null =>
  valueIndex === null || priceIndex === null ? null : ratio(valueIndex, priceIndex);

/** Fewer matched items, or items with a smaller part of the value of either period, tell nothing of the prices of all. */
export const FEWEST_MATCHED = 10;
export const SMALLEST_MATCHED_SHARE = 0.2;

/**
 * Whether matched items speak for all of both periods. With ten of them none decides alone; and the volume index takes the
 * prices of all that was sold for those of the matched items, which is a guess where these are hardly a part of it.
 */
export const hasEnoughMatched = (
  { items, value0, value1 }: Pick<PairSums, 'items' | 'value0' | 'value1'>,
  all: Pick<PairSums, 'value0' | 'value1'>,
): boolean =>
  items >= FEWEST_MATCHED &&
  value0 >= SMALLEST_MATCHED_SHARE * all.value0 &&
  value1 >= SMALLEST_MATCHED_SHARE * all.value1;

/** Prices that fall and volumes that rise by less than this ratio are noise. */
const PRICE_WAR_BAND = 0.01;
/** Part of what volume adds that lower prices take back: below it the volume came from elsewhere. */
const PRICE_WAR_SHARE = 0.25;

/**
 * A price war: cheaper for more, and the price is a part of the story. The LMDI effects of price and volume stand to each
 * other as the logarithms of their indices (ratios, 1 = the baseline).
 */
export function isPriceWar(price: number, volume: number): boolean {
  const isCheaperForMore = price <= 1 - PRICE_WAR_BAND && volume >= 1 + PRICE_WAR_BAND;
  return isCheaperForMore && -Math.log(price) >= PRICE_WAR_SHARE * Math.log(volume);
}

/** An item's prices (money a piece) and quantities (pieces) in both periods. */
export interface PricedItem {
  readonly price0: number;
  readonly price1: number;
  readonly quantity0: number;
  readonly quantity1: number;
}

/** The sums from prices and quantities. Items that were not sold at a price above 0 in both periods are left out. */
export function pairSums(items: readonly PricedItem[]): PairSums {
  const sums = {
    items: 0,
    value0: 0,
    value1: 0,
    laspeyresSum: 0,
    paascheSum: 0,
    tornqvist0: 0,
    tornqvist1: 0,
    logSum: 0,
  };
  for (const { price0, price1, quantity0, quantity1 } of items) {
    if (!(price0 > 0 && price1 > 0 && quantity0 > 0 && quantity1 > 0)) continue;
    const [v0, v1, relative] = [price0 * quantity0, price1 * quantity1, price1 / price0];
    sums.items += 1;
    sums.value0 += v0;
    sums.value1 += v1;
    sums.laspeyresSum += v0 * relative;
    sums.paascheSum += v1 / relative;
    sums.tornqvist0 += v0 * Math.log(relative);
    sums.tornqvist1 += v1 * Math.log(relative);
    sums.logSum += Math.log(relative);
  }
  return sums;
}

/** Prices, quantities of several items: one array each, the same order. @throws RangeError for unequal lengths. */
export const pricedItems = (
  price0: readonly number[],
  price1: readonly number[],
  quantity0: readonly number[],
  quantity1: readonly number[],
): PricedItem[] =>
  price0.map((price, item) => ({
    price0: price,
    price1: at(price1, item),
    quantity0: at(quantity0, item),
    quantity1: at(quantity1, item),
  }));
