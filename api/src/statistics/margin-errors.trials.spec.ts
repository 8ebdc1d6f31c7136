import { lmdi, logMean } from './lmdi.ts';
import { marginErrors, type OwnerMargins } from './margin-errors.ts';
import { normal, poisson, random } from './planted.ts';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);
const KEYS = ['merchants', 'ordersPerMerchant', 'valuePerOrder'] as const;

/**
 * Owners with one shop or several, of which some close and some open; orders of a shop, and the value of an order, each change by a factor of
 * their own, around what is planted.
 */
function planted(
  draw: () => number,
  owners: number,
  { orders: more, value: dearer }: { orders: number; value: number },
) {
  const pair = () => ({ over: new Float64Array(owners), under: new Float64Array(owners) });
  const found = { merchants: pair(), orders: pair(), value: pair() };
  const add = (to: Float64Array, owner: number, value: number) => (to[owner] = (to[owner] ?? 0) + value);
  for (let owner = 0; owner < owners; owner++) {
    const shops = 1 + Math.floor(-Math.log(1 - draw()) * 0.8);
    const [own, price, dear] = [0.3, 0.5, 0.2].map((scatter) =>
      Math.exp(scatter * normal(draw) - scatter ** 2 / 2),
    );
    for (let shop = 0; shop < shops; shop++) {
      const size = 25 * Math.exp(0.7 * normal(draw) - 0.245);
      const fate = draw();
      for (const side of ['under', 'over'] as const) {
        if (side === 'over' ? fate < 0.1 : fate > 0.8) continue;
        const count = poisson(draw, size * (side === 'over' ? more * (own ?? 1) : 1));
        if (count === 0) continue;
        add(found.merchants[side], owner, 1);
        add(found.orders[side], owner, count);
        const worth = 1_000 * (price ?? 1) * (side === 'over' ? dearer * (dear ?? 1) : 1);
        add(found.value[side], owner, Math.round(count * worth));
      }
    }
  }
  return found;
}

/** 0.9 of the shops are there in the period, 0.8 before; nearly none of them sells nothing. */
function truthOf({ orders, value }: { orders: number; value: number }) {
  const ratios = [0.9 / 0.8, orders, value];
  const whole = ratios.reduce((product, ratio) => product * ratio, 1);
  return ratios.map((ratio) => logMean(whole, 1) * Math.log(ratio));
}

test.each([
  [60, { orders: 1, value: 1 }],
  [150, { orders: 1.2, value: 0.9 }],
])('intervals of 90 %% hold the margins of %i owners', (owners, kind) => {
  const draw = random(owners);
  const truth = truthOf(kind);
  let told = 0;
  const held = [0, 0, 0];
  for (let trial = 0; trial < 2_400; trial++) {
    const errors = marginErrors(planted(draw, owners, kind));
    if (typeof errors.merchants === 'string') continue;
    told++;
    KEYS.forEach((key, index) => {
      const error = errors[key];
      if (typeof error === 'string') throw new Error(error);
      if (Math.abs(error.value - (truth[index] ?? NaN)) <= error.standardError * error.reach)
        held[index] = (held[index] ?? 0) + 1;
    });
  }
  expect(told).toBeGreaterThan(2_000);
  held.forEach((count, index) =>
    expect([KEYS[index], count / told > 0.88, count / told < 0.93]).toEqual([KEYS[index], true, true]),
  );
});

test('errors are those of leaving out one owner after the other, and the parts add up to the change', () => {
  const { merchants, orders, value } = planted(random(7), 70, { orders: 1.1, value: 1.1 });
  const found = marginErrors({ merchants, orders, value });
  const rates = (left: number) => {
    const of = (side: Float64Array, more = 0) => sum(side) - (side[left] ?? 0) + more;
    const factors = (side: 'over' | 'under') => {
      // One who came, one who left: -2 and -1 leave out neither, 70 and 71 one of them.
      const shops = of(merchants[side], (side === 'over' ? left !== 70 : left !== 71) ? 1 : 0);
      return [shops, of(orders[side]) / shops, of(value[side]) / of(orders[side])];
    };
    return lmdi(factors('under'), factors('over')).map((change) => change / of(value.under));
  };
  const whole = rates(-1);
  expect(sum(whole)).toBeCloseTo(sum(value.over) / sum(value.under) - 1, 12);
  KEYS.forEach((key, index) => {
    const squares = Array.from(
      { length: 72 },
      (_, owner) => ((rates(owner)[index] ?? NaN) - (whole[index] ?? NaN)) ** 2,
    );
    const sold = 2 + value.over.filter((one, owner) => one + (value.under[owner] ?? 0) > 0).length;
    expect(found[key]).toMatchObject({
      value: expect.closeTo(whole[index] ?? NaN, 12),
      standardError: expect.closeTo(Math.sqrt((sum(squares) * (sold - 1)) / sold), 10),
    });
  });
});

test('of too few owners, or of nothing in one of the periods, there is none', () => {
  const few = planted(random(9), 15, { orders: 1, value: 1 });
  expect(Object.values(marginErrors(few))).toEqual(Array(3).fill('too-few-owners'));
  const all = planted(random(9), 80, { orders: 1, value: 1 });
  const begun = Object.fromEntries(
    Object.entries(all).map(([key, pair]) => [key, { ...pair, under: new Float64Array(80) }]),
  ) as unknown as OwnerMargins;
  expect(Object.values(marginErrors(begun))).toEqual(Array(3).fill('not-positive'));
});
