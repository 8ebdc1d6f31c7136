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

test('growth is change ÷ baseline, money exact to the cent', () => {
  expect(gmv(30, 10)).toEqual({
    value: 0.3,
    baseline: 0.1,
    change: 0.2,
    growth: 2,
    unit: 'money',
    flag: 'final',
    reason: null,
    definition: 'gmv',
  });
});

test.each([
  ['a zero baseline', gmv(500, 0), { growth: null, change: 5, reason: 'baseline-zero', flag: 'final' }],
  ['nothing on both sides', gmv(0, 0), { growth: null, change: 0, reason: 'baseline-zero', flag: 'final' }],
  [
    'no baseline',
    gmv(500, 700, 10_000, { ...FINAL, hasBaseline: false }),
    { baseline: null, change: null, growth: null, reason: 'no-baseline' },
  ],
  [
    'an unknown value',
    gmv(null, null),
    { value: null, change: null, growth: null, reason: 'part-month', flag: 'not-available' },
  ],
  [
    'a part period',
    gmv(5, 4, 10_000, { ...FINAL, provisional: true }),
    { flag: 'provisional', reason: null },
  ],
  ['29 orders in the baseline', gmv(5, 4, 2_900), { flag: 'base-too-small', growth: 0.25 }],
  ['30 orders in the baseline', gmv(5, 4, 3_000), { flag: 'final' }],
  ['everything lost', gmv(0, 700), { growth: -1, flag: 'final' }],
  [
    'a negative net value',
    compare('net-gmv', { value: -100, baseline: 100, baselineOrders: 10_000 }, FINAL),
    { value: -1, growth: -2 },
  ],
])('%s', (_, indicator, expected) => expect(indicator).toMatchObject(expected));
