import fc from 'fast-check';
import { normal, random } from '../../statistics/planted.ts';
import { BAND, Bands, DEFAULT_REACH, type PastEstimate, toldOf, WIDEST_BAND } from './bands.ts';

/** Estimates of 30 months whose errors are as large as their kind and size say. */
function planted(seed: number, months: number): PastEstimate[] {
  const draw = random(seed);
  return Array.from({ length: months * 40 }, (_, index) => {
    const isFestival = Math.floor(index / 40) % 3 === 0;
    const ordersToCome = 30 * 2 ** (index % 10);
    const spread = (isFestival ? 2 : 1) * (ordersToCome < 500 ? 1.5 : 1);
    return {
      month: Math.floor(index / 40),
      isFestival,
      ordersToCome,
      deviation: 0.3 + spread * normal(draw),
    };
  });
}

test('of each kind of month and each size the band holds what it says, about a middle that is as often missed above as below', () => {
  const past = planted(1, 120);
  const bands = new Bands(past);
  for (const isFestival of [true, false]) {
    for (const isSmall of [true, false]) {
      const asked = planted(2, 120)
        .filter(
          (one) => one.month > 60 && one.isFestival === isFestival && one.ordersToCome < 500 === isSmall,
        )
        .map((one) => ({ ...one, reach: bands.reach(one) }));
      const share = (is: (one: (typeof asked)[number]) => boolean) => asked.filter(is).length / asked.length;
      const inside = share(({ deviation, reach }) => reach.below <= deviation && deviation <= reach.above);
      expect(Math.abs(inside - BAND)).toBeLessThan(0.05);
      expect(Math.abs(share(({ deviation, reach }) => deviation < reach.middle) - 0.5)).toBeLessThan(0.09);
    }
  }
});

test('nothing of the month that is asked about, or of a later one, is looked at', () => {
  const past = planted(3, 30);
  const later = past.map((one) => (one.month >= 20 ? { ...one, deviation: 99 } : one));
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20 }),
      fc.boolean(),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      (month, isFestival, ordersToCome) => {
        const question = { month, isFestival, ordersToCome };
        expect(new Bands(later).reach(question)).toEqual(new Bands(past).reach(question));
      },
    ),
    { numRuns: 40 },
  );
});

test('before three months of the kind are known the reach is a set one', () => {
  const bands = new Bands(planted(4, 30));
  const set = { below: -DEFAULT_REACH, middle: 0, above: DEFAULT_REACH };
  const at = (month: number, isFestival: boolean) => bands.reach({ month, isFestival, ordersToCome: 100 });
  // Months 0, 3, 6 are about the festival; 1, 2, 4 are not.
  expect([at(6, true), at(4, false), at(0, true)]).toEqual([set, set, set]);
  expect(at(7, true)).not.toEqual(set);
  expect(at(5, false)).not.toEqual(set);
  expect(new Bands([]).reach({ month: 9, isFestival: true, ordersToCome: 5 })).toEqual(set);
});

test('the band lies around the rest: never below what is there, and too wide from half of the estimate on', () => {
  const reach = { below: -1, middle: 0.1, above: 1 };
  fc.assert(
    fc.property(
      fc.nat(1_000_000),
      fc.nat(1_000_000),
      fc.double({ min: 0, max: 2, noNaN: true }),
      (soFar, rest, logError) => {
        const { estimate, low, high, isEarly } = toldOf({ soFar, estimate: soFar + rest, logError }, reach);
        expect(low).toBeGreaterThanOrEqual(soFar);
        expect(low).toBeLessThanOrEqual(estimate);
        expect(high).toBeGreaterThanOrEqual(estimate);
        expect(isEarly).toBe((high ?? NaN) - (low ?? NaN) > WIDEST_BAND * estimate);
      },
    ),
  );
});

test('a band that would reach beyond every number is none, on neither side, and tells nothing', () => {
  const reach = { below: -1, middle: 0, above: 1e9 };
  expect(toldOf({ soFar: 1, estimate: 2, logError: 1 }, reach)).toEqual({
    estimate: 2,
    low: null,
    high: null,
    isEarly: true,
  });
});
