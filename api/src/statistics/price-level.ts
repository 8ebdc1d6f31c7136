/**
 * Prices of a period against those of another one far away, over the periods between: GEKS-Törnqvist (geks.ts), since few items are sold for years
 * on end and each link needs enough of them. Periods are of three months, or of one: over whole years, items that came or went within one stand for a part of it. With what the
 * index moves by where there is a little more of an owner, so that a figure which is divided by it has the error of both together: prices and sales of an owner move together.
 */
import { at, sum } from '../core/vector.ts';
import { geksTornqvist } from './geks.ts';
import type { OwnerFactor, OwnerRatio } from './owner-bootstrap.ts';
import { hasEnoughMatched, tornqvist } from './price-index.ts';

/** Sums of what was sold in two periods: values and value × ln of the price ratio, of `from` (0) and of `to` (1). */
export interface LinkSums {
  readonly value0: number;
  readonly value1: number;
  readonly tornqvist0: number;
  readonly tornqvist1: number;
}

/** Of the items sold in two periods. */
export interface PriceLink extends LinkSums {
  readonly from: number;
  readonly to: number;
  readonly items: number;
}

/**
 * A figure that is linear in an owner's sums, by what each sum of a pair of periods is multiplied by. A period with itself: all that the owner sold in it, as
 * `value0`.
 */
export type OwnersPart = readonly (LinkSums & Pick<PriceLink, 'from' | 'to'>)[];

/** A price index as a ratio, and what an owner adds to its logarithm: how far it would move if there were a little more of that owner. */
export interface FittedPrice {
  readonly index: number;
  readonly influence: OwnersPart;
}

/** `matchedShare`: part of the period's value that is of items sold in the period it is linked to best, as a ratio. */
export interface FittedLevel extends FittedPrice {
  readonly matchedShare: number;
}

/** A price index, and what each owner adds to its logarithm; one element an owner. */
export interface OwnersPrice {
  readonly index: number;
  readonly influence: Float64Array;
}
export type PriceLevel = OwnersPrice & Pick<FittedLevel, 'matchedShare'>;

/**
 * Prices of the last of some periods against the first `bases` of them together (the harmonic mean by what each sold, which is what their value has to be divided by), 1 = no change. `sold`:
 * what was sold in each period, all items. Null where no way of links leads from one of them to the others: too few matched items, or a small part of what was sold.
 */
export function priceLevel(
  links: readonly PriceLink[],
  sold: readonly number[],
  bases = 1,
): FittedLevel | null {
  const told = toldLinks(links, sold);
  const last = sold.length - 1;
  const levels = levelsOf(told, sold.length);
  const [index, base] = [levels[last] ?? null, levels.slice(0, bases)];
  const isLinked = (level: number | null): level is number => level !== null;
  if (index === null || !base.every(isLinked)) return null;
  const atFirst = base.map((level, period) => at(sold, period) / level);
  const volume = sum(atFirst);
  const inBase = sum(sold.slice(0, bases));
  const matched = told.filter(({ to }) => to === last).map(({ share }) => share);
  return {
    index: (index * volume) / inBase,
    influence: [
      // What an owner sells gives the base's periods their weights.
      ...base.map((level, period) => soldIn(period, 1 / level / volume - 1 / inBase)),
      ...weightsOf(told, sold.length).map(({ link, alone }) => {
        const ofBase = atFirst.reduce(
          (all, ofPeriod, period) => all + (ofPeriod / volume) * at(alone, period),
          0,
        );
        return times(link, at(alone, last) - ofBase);
      }),
    ],
    matchedShare: Math.max(0, ...matched),
  };
}

/**
 * Prices of each of some periods against the first that a link leads to (1, whatever owners there are). Null before that one, and where no way of links
 * leads. `sold` as for `priceLevel`.
 */
export function priceChain(links: readonly PriceLink[], sold: readonly number[]): (FittedPrice | null)[] {
  const all = toldLinks(links, sold);
  const start = Math.min(...all.map(({ from }) => from));
  if (all.length === 0) return sold.map(() => null);
  const told = all.map((link) => ({ ...link, from: link.from - start, to: link.to - start }));
  const periods = sold.length - start;
  const weights = weightsOf(told, periods);
  const chain = levelsOf(told, periods).map((index, period) => {
    if (index === null) return null;
    const influence = weights.map(({ alone }, place) => times(at(all, place), at(alone, period)));
    return { index, influence };
  });
  return [...new Array<null>(start).fill(null), ...chain];
}

/** What an owner sold in a period, times a factor. */
export const soldIn = (period: number, factor = 1): OwnersPart[number] => ({
  ...{ from: period, to: period },
  ...{ value0: factor, value1: 0, tornqvist0: 0, tornqvist1: 0 },
});

/** A link between two periods that has enough matched items; `added`: what an owner adds to its logarithm, by the owner's sums. */
interface ToldLink {
  readonly from: number;
  readonly to: number;
  readonly log: number;
  readonly added: LinkSums;
  /** Part of the value of `to`. */
  readonly share: number;
}

function toldLinks(links: readonly PriceLink[], sold: readonly number[]): ToldLink[] {
  return links.flatMap((link) => {
    const { from, to, value0, value1, tornqvist0, tornqvist1 } = link;
    const index = tornqvist({ ...link, laspeyresSum: 0, paascheSum: 0, logSum: 0 });
    const all = { value0: at(sold, from), value1: at(sold, to) };
    if (index === null || !hasEnoughMatched(link, all)) return [];
    const added = {
      value0: -tornqvist0 / value0 ** 2 / 2,
      value1: -tornqvist1 / value1 ** 2 / 2,
      tornqvist0: 1 / value0 / 2,
      tornqvist1: 1 / value1 / 2,
    };
    return [{ from, to, log: Math.log(index), added, share: value1 / all.value1 }];
  });
}

const times = ({ from, to, added }: ToldLink, factor: number): OwnersPart[number] => ({
  ...{ from, to, value0: factor * added.value0, value1: factor * added.value1 },
  ...{ tornqvist0: factor * added.tornqvist0, tornqvist1: factor * added.tornqvist1 },
});

/** Levels of periods against the first of them. */
const levelsOf = (told: readonly ToldLink[], periods: number): (number | null)[] =>
  fitterOf(told, periods)((link) => link.log);

/** Fits levels to links; `log`: of which logarithm each link is taken to be. */
function fitterOf(told: readonly ToldLink[], periods: number) {
  const between = new Map(told.map((link) => [link.from * periods + link.to, link]));
  return (log: (link: ToldLink) => number) =>
    geksTornqvist((from, to) => {
      const link = between.get(from * periods + to);
      return link === undefined ? null : log(link);
    }, periods);
}

/** What each link adds alone to the logarithm of each level: least squares are linear in what is fitted. */
function weightsOf(told: readonly ToldLink[], periods: number) {
  const fit = fitterOf(told, periods);
  return told.map((link) => ({
    link,
    alone: fit((other) => Number(other === link)).map((level) => Math.log(level ?? 1)),
  }));
}

/**
 * The index as a ratio of two sums over owners, 1 in all, which moves with the owners as the index does. `sizes`: any sum of the same owners above
 * 0, by which owners are counted.
 */
export function priceRatio({ influence }: Pick<OwnersPrice, 'influence'>, sizes: Float64Array): OwnerRatio {
  const total = sum(sizes);
  return {
    over: sizes.map((size, owner) => size + total * at(influence, owner)),
    under: sizes,
    scale: 'log',
  };
}

/** What a ratio over the same owners is multiplied by so that it is divided by the index: its error is then that of both together. */
export const dividedBy = ({ over, under }: OwnerRatio): OwnerFactor[] => [
  { values: over, power: -1 },
  { values: under, power: 1 },
];
