import { compare, type Conditions } from './compare.ts';

const FINAL: Conditions = {
  nothingLoaded: false,
  provisional: false,
  hasBaseline: true,
  minBase: 30,
  unknownBecause: 'part-month',
};
const gmv = (value: number | null, baseline: number | null, baselineOrders = 10_000, conditions = FINAL) =>
  compare('gmv', { value, baseline, baselineOrders }, conditions);

const final = (value: number) => ({ value, flag: 'final', reason: null });
const none = (reason: string) => ({ value: null, flag: 'not-available', reason });

test('growth is change ÷ baseline, money exact to the cent', () => {
  expect(gmv(30, 10)).toEqual({
    unit: 'money',
    definition: 'gmv',
    value: { value: 0.3, flag: 'final', reason: null },
    baseline: { value: 0.1, flag: 'final', reason: null },
    change: { value: 0.2, flag: 'final', reason: null },
    growth: { value: 2, flag: 'final', reason: null },
  });
});

test.each([
  [
    'a zero baseline',
    gmv(500, 0),
    { growth: none('baseline-zero'), change: final(5), value: final(5), baseline: final(0) },
  ],
  ['nothing on both sides', gmv(0, 0), { growth: none('baseline-zero'), change: final(0) }],
  [
    'no baseline',
    gmv(500, 700, 10_000, { ...FINAL, hasBaseline: false }),
    {
      value: final(5),
      baseline: none('no-baseline'),
      change: none('no-baseline'),
      growth: none('no-baseline'),
    },
  ],
  [
    'an unknown value',
    gmv(null, null),
    Object.fromEntries(['value', 'baseline', 'change', 'growth'].map((name) => [name, none('part-month')])),
  ],
  [
    'a part period',
    gmv(5, 4, 10_000, { ...FINAL, provisional: true }),
    {
      value: { value: 0.05, flag: 'provisional', reason: null },
      baseline: final(0.04),
      change: { value: 0.01, flag: 'provisional', reason: null },
      growth: { value: 0.25, flag: 'provisional', reason: null },
    },
  ],
  [
    '29 orders in the baseline',
    gmv(5, 4, 2_900),
    { value: final(0.05), growth: { value: 0.25, flag: 'base-too-small', reason: null } },
  ],
  ['30 orders in the baseline', gmv(5, 4, 3_000), { growth: final(0.25) }],
  ['everything lost', gmv(0, 700), { growth: final(-1) }],
  [
    'a negative net value',
    compare('net-gmv', { value: -100, baseline: 100, baselineOrders: 10_000 }, FINAL),
    { value: final(-1), growth: final(-2) },
  ],
])('%s', (_, told, expected) => expect(told).toMatchObject(expected));
