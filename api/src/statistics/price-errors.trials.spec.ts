import { indicesOf, type PlantedPrices, pricedOwners } from './planted-prices.ts';
import { random } from './planted.ts';
import { isSurePriceWar, priceErrors, priceOwnersOf } from './price-errors.ts';
import { isPriceWar, pairSums, tornqvist } from './price-index.ts';

const STILL: Omit<PlantedPrices, 'owners' | 'skusOfOwner'> = {
  ...{ price: 1, volume: 1, scatter: 0.11, ownerScatter: 0.1, skew: 0.7 },
};
/** Owners and SKUs of each that are sold in both periods. */
const SIZES = [
  { owners: 24, skusOfOwner: 1 },
  { owners: 40, skusOfOwner: 2 },
  { owners: 100, skusOfOwner: 3 },
];

function areas(seed: number, count: number, truth: Partial<PlantedPrices>) {
  const draw = random(seed);
  return Array.from({ length: count }, (_, index) => {
    const size = SIZES[index % SIZES.length] as (typeof SIZES)[number];
    const owners = pricedOwners(draw, { ...STILL, ...size, ...truth });
    return { owners, ...indicesOf(owners), errors: priceErrors(owners) };
  });
}

/** Drawn once for all that is asked of orders in which nothing happens. */
const STILL_ONES = areas(41, 2_400, {});

test.each([
  ['nothing happens', { price: 1, volume: 1 }, STILL_ONES],
  ['a price war', { price: 0.92, volume: 1.2 }, null],
])('intervals of 90 % cover: %s', (_, truth, drawn) => {
  const held = { price: 0, volume: 0, told: 0 };
  for (const { price, volume, errors } of drawn ?? areas(41, 2_400, truth)) {
    const { tornqvist: priceError, volume: volumeError } = errors;
    if (typeof priceError === 'string' || typeof volumeError === 'string') continue;
    held.told++;
    const isIn = (found: number, planted: number, { standardError, reach }: typeof priceError) =>
      Math.abs(Math.log(found / planted)) <= standardError * reach;
    if (isIn(price, truth.price, priceError)) held.price++;
    if (isIn(volume, truth.volume, volumeError)) held.volume++;
  }
  expect(held.told).toBeGreaterThan(2_000);
  expect(Math.abs(held.price / held.told - 0.9)).toBeLessThan(0.02);
  expect(Math.abs(held.volume / held.told - 0.9)).toBeLessThan(0.02);
});

test('where nothing happens, one interval in ten of what price and volume change leaves the zero out', () => {
  for (const name of ['priceChange', 'volumeChange'] as const) {
    const told = STILL_ONES.flatMap(({ errors }) => (typeof errors[name] === 'string' ? [] : [errors[name]]));
    const left = told.filter(({ value, standardError, reach }) => Math.abs(value) > standardError * reach);
    expect([name, Math.abs(left.length / told.length - 0.1) < 0.02, told.length > 2_000]).toEqual([
      name,
      true,
      true,
    ]);
  }
});

test.each([
  ['nothing happens', () => STILL_ONES],
  ['volume grows by a tenth', () => areas(43, 1_500, { volume: 1.1 })],
  ['volume grows by a third', () => areas(43, 1_500, { volume: 1.33 })],
])('of areas with constant prices at most 5 %% are said to be at price war: %s', (_, drawn) => {
  const all = drawn();
  const said = all.filter((one) => isSurePriceWar(one.price, one.volume, one.errors)).length;
  const byRule = all.filter((one) => isPriceWar(one.price, one.volume)).length;
  expect(said / all.length).toBeLessThanOrEqual(0.05);
  // What the rule alone would say, so that there is something to be kept from.
  expect(byRule).toBeGreaterThan(said);
});

test('planted price wars are found', () => {
  const all = areas(47, 900, { price: 0.88, volume: 1.3 });
  const found = all.filter((one) => isSurePriceWar(one.price, one.volume, one.errors)).length;
  expect(found / all.length).toBeGreaterThanOrEqual(0.7);
});

test('an error is that of leaving out one owner after the other, to the last SKU', () => {
  const draw = random(53);
  const skus = Array.from({ length: 60 }, (_, index) => ({
    ...{ owner: index % 30, price0: 1 + draw(), price1: 1 + draw() },
    ...{ quantity0: 5 + Math.floor(9 * draw()), quantity1: 5 + Math.floor(9 * draw()) },
  }));
  const sumsOf = (owner: number) => {
    const own = pairSums(skus.filter((sku) => sku.owner === owner));
    const matched = [own.value0, own.value1, own.laspeyresSum, own.paascheSum];
    return [own.value0, own.value1, ...matched, own.tornqvist0, own.tornqvist1];
  };
  const { tornqvist: error } = priceErrors(
    priceOwnersOf(Array.from({ length: 30 }, (_, owner) => sumsOf(owner)).flat()),
  );
  const logOf = (some: typeof skus) => Math.log(tornqvist(pairSums(some)) ?? NaN);
  let squares = 0;
  for (let owner = 0; owner < 30; owner++)
    squares += (logOf(skus.filter((sku) => sku.owner !== owner)) - logOf(skus)) ** 2;
  expect(error).toMatchObject({ standardError: expect.closeTo(Math.sqrt((squares * 29) / 30), 10) });
});

test.each([
  ['few owners', { owners: 19, skusOfOwner: 6 }],
  ['one that has nearly all', { owners: 40, skusOfOwner: 2, skew: 3.5 }],
])('of too few owners nothing is said to be sure: %s', (_, size) => {
  const owners = pricedOwners(random(59), { ...STILL, ...size, price: 0.7, volume: 1.9 });
  const { price, volume } = indicesOf(owners);
  const errors = priceErrors(owners);
  expect(errors).toMatchObject({ tornqvist: 'too-few-owners', volume: 'too-few-owners' });
  expect(isSurePriceWar(price, volume, errors)).toBe(false);
});
