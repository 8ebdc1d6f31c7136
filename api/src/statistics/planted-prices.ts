/** Made-up SKUs of owners whose prices and volumes are planted, for specs of what is said of them. */
import { normal, poisson } from './planted.ts';
import { type PriceOwners, priceOwnersOf } from './price-errors.ts';
import { tornqvist, valueIndex, volumeIndex } from './price-index.ts';
import { sum } from '../core/vector.ts';

/** `price`, `volume`: the true indices. `scatter`: of a SKU's own price; `ownerScatter`: of all prices of an owner; both of logarithms. */
export interface PlantedPrices {
  readonly owners: number;
  readonly skusOfOwner: number;
  readonly price: number;
  readonly volume: number;
  readonly scatter: number;
  readonly ownerScatter: number;
  readonly skew: number;
}

/** Pieces of a mean SKU. */
const PIECES = 30;

/**
 * Sums of each owner, drawn. The mean of a scattered price is the planted one in both baskets, so that the index of very many owners is
 * the planted one. A third of what an owner sells is of SKUs that are not sold in the other period.
 */
export function pricedOwners(draw: () => number, planted: PlantedPrices): PriceOwners {
  const spread = (deviation: number) => Math.exp(deviation * normal(draw) - deviation ** 2 / 2);
  const sums: number[] = [];
  for (let owner = 0; owner < planted.owners; owner++) {
    const size = spread(planted.skew);
    const [ownPrice, ownVolume] = [planted.price * spread(planted.ownerScatter), spread(0.25)];
    let [value0, value1, laspeyres, paasche, log0, log1] = [0, 0, 0, 0, 0, 0];
    for (let sku = 0; sku < planted.skusOfOwner; sku++) {
      const cost = 100 * spread(0.6);
      const relative = ownPrice * spread(planted.scatter);
      const before = cost * poisson(draw, PIECES * size);
      const after = cost * relative * poisson(draw, PIECES * size * planted.volume * ownVolume);
      if (before === 0 || after === 0) continue;
      value0 += before;
      value1 += after;
      laspeyres += before * relative;
      paasche += after / relative;
      log0 += before * Math.log(relative);
      log1 += after * Math.log(relative);
    }
    const others = (pieces: number) =>
      100 * poisson(draw, (PIECES * planted.skusOfOwner * size * pieces) / 2);
    sums.push(value0 + others(1), value1 + others(planted.volume * planted.price));
    sums.push(value0, value1, laspeyres, paasche, log0, log1);
  }
  return priceOwnersOf(sums);
}

/** Törnqvist price and volume index of all of them, as ratios. */
export function indicesOf(owners: PriceOwners): { price: number; volume: number } {
  const total = (name: keyof PriceOwners) => sum(owners[name]);
  const price = tornqvist({
    ...{ items: 0, logSum: 0, value0: total('value0'), value1: total('value1') },
    ...{ laspeyresSum: total('laspeyresSum'), paascheSum: total('paascheSum') },
    ...{ tornqvist0: total('tornqvist0'), tornqvist1: total('tornqvist1') },
  });
  const volume = volumeIndex(valueIndex({ value0: total('all0'), value1: total('all1') }), price);
  return { price: price ?? NaN, volume: volume ?? NaN };
}
