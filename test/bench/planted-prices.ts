/** Areas whose prices and volumes are planted: how many are said to be at price war? */
import { indicesOf, type PlantedPrices, pricedOwners } from '@beltline/api/statistics/planted-prices.js';
import { random } from '@beltline/api/statistics/planted.js';
import { isSurePriceWar, priceErrors } from '@beltline/api/statistics/price-errors.js';
import type { Trial } from './planted-owners.ts';

const AREAS = 1_500;
/** Owners, and SKUs of each that are sold in both periods. */
const SIZES = [
  { owners: 10, skusOfOwner: 1 },
  { owners: 24, skusOfOwner: 1 },
  { owners: 40, skusOfOwner: 2 },
  { owners: 100, skusOfOwner: 3 },
];
/** Prices scatter by 15 %: two thirds of it of each SKU by itself, the rest of all SKUs of an owner together. */
const SCATTER = { scatter: 0.11, ownerScatter: 0.1, skew: 0.7 };

function priceWars(seed: number, truth: Pick<PlantedPrices, 'price' | 'volume'>, sizes: typeof SIZES) {
  const draw = random(seed);
  let said = 0;
  for (let area = 0; area < AREAS; area++) {
    const size = sizes[area % sizes.length] as (typeof SIZES)[number];
    const owners = pricedOwners(draw, { ...SCATTER, ...truth, ...size });
    const { price, volume } = indicesOf(owners);
    if (isSurePriceWar(price, volume, priceErrors(owners))) said++;
  }
  return { share: said / AREAS, of: `${AREAS} areas`, seeds: String(seed) };
}

/** Price wars where prices are constant, and where there is one. Areas of ten owners are none of the latter: nothing is claimed of them. */
export function pricesTrials(): Trial[] {
  const still = [1, 1.1, 1.33].map((volume, index) => ({
    name: `constant prices, volume ${volume}: said to be at price war`,
    ...priceWars(4_000 + index, { price: 1, volume }, SIZES),
    most: 0.05,
  }));
  const planted = priceWars(4_010, { price: 0.88, volume: 1.3 }, SIZES.slice(1));
  return [...still, { name: 'prices −12 %, volume +30 %: found', ...planted, least: 0.7 }];
}
