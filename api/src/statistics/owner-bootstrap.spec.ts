import fc from 'fast-check';
import { at, sum } from '../core/vector.ts';
import {
  countOwners,
  gradeOf,
  intervalOf,
  type OwnerRatio,
  type RatioError,
  ratioError,
  replicatesOf as replicateSteps,
  variationOf,
} from './owner-bootstrap.ts';
import { OwnerDraws } from './owner-draws.ts';
import { poissonWeights } from './owner-weights.ts';
import { growingOwners, random } from './planted.ts';
import { atOnce } from './steps.ts';

const even = (count: number, over: number, under: number): OwnerRatio => ({
  over: new Float64Array(count).fill(over),
  under: new Float64Array(count).fill(under),
  scale: 'log',
});
const known = (ratio: OwnerRatio): RatioError => {
  const error = ratioError(ratio);
  if (typeof error === 'string') throw new Error(error);
  return error;
};
const replicatesOf = (
  seeds: ArrayLike<number>,
  ratios: readonly OwnerRatio[],
  errors: readonly RatioError[],
): readonly Float64Array[] => atOnce(replicateSteps(atOnce(OwnerDraws.of(seeds)), ratios, errors));
const seedsOf = (count: number) => Float64Array.from({ length: count }, (_, owner) => 1e12 + owner * 7919);

describe('weights of owners in replicates', () => {
  const weights = Array.from({ length: 500 }, (_, owner) =>
    poissonWeights(2 ** 40 + owner, new Uint8Array(400)),
  );

  test('are Poisson with mean 1: as many zeros, ones and twos as there should be', () => {
    const all = weights.flatMap((one) => [...one]);
    const share = (count: number) => all.filter((one) => one === count).length / all.length;
    [0.3679, 0.3679, 0.1839, 0.0613, 0.0153].forEach((expected, count) =>
      expect(Math.abs(share(count) - expected)).toBeLessThan(0.004),
    );
    const mean = sum(all) / all.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.01);
    expect(Math.abs(all.reduce((total, one) => total + (one - mean) ** 2, 0) / all.length - 1)).toBeLessThan(
      0.02,
    );
  });

  test('neither two owners nor two replicates go together', () => {
    const correlation = (a: number[], b: number[]) =>
      sum(a.map((one, index) => (one - 1) * (at(b, index) - 1))) / a.length;
    const pairs = weights.slice(1).map((one, index) => correlation([...one], [...at(weights, index)]));
    expect(Math.abs(sum(pairs) / pairs.length)).toBeLessThan(0.01);
    const replicate = (index: number) => weights.map((one) => at(one, index));
    for (let index = 1; index < 40; index++)
      expect(Math.abs(correlation(replicate(index), replicate(index - 1)))).toBeLessThan(0.2);
  });

  test('depend on the owner and the replicate alone', () => {
    expect(poissonWeights(123456789012345, new Uint8Array(400))).toEqual(
      poissonWeights(123456789012345, new Uint8Array(400)),
    );
    expect(poissonWeights(123456789012345, new Uint8Array(10))).toEqual(
      poissonWeights(123456789012345, new Uint8Array(400)).subarray(0, 10),
    );
    expect(poissonWeights(1, new Uint8Array(400))).not.toEqual(
      poissonWeights(1 + 2 ** 32, new Uint8Array(400)),
    );
  });
});

describe('the error of a ratio', () => {
  test('by hand: four kinds of owners', () => {
    // Twenty owners: ten sell 12 after 10, ten sell 8 after 10. The ratio is 1.
    const over = Float64Array.from({ length: 20 }, (_, owner) => (owner < 10 ? 12 : 8));
    const error = known({ over, under: new Float64Array(20).fill(10), scale: 'log' });
    const [up, down] = [Math.log(188 / 190), Math.log(192 / 190)];
    expect(error.ratio).toBe(1);
    expect(error.standardError).toBeCloseTo(Math.sqrt((19 / 20) * 10 * (up ** 2 + down ** 2)), 12);
    // 2 (Σd²)² ÷ Σd⁴ is nearly 40 where all move it alike; Student's t of 40 degrees at 0.95 is 1.684.
    expect(error.reach).toBeCloseTo(1.684, 3);
    const { low, high } = intervalOf(error);
    expect(low * high).toBeCloseTo(1, 12);
    expect(Math.log(high)).toBeCloseTo(error.reach * error.standardError, 12);
  });

  test('owners who all grow alike leave nothing to chance', () => {
    const error = known(even(40, 12, 10));
    expect(error.standardError).toBeCloseTo(0, 12);
    expect(intervalOf(error).low).toBeCloseTo(1.2, 9);
    const [drawn] = replicatesOf(seedsOf(40), [even(40, 12, 10)], [error]);
    expect([...(drawn ?? [])].every((one) => Math.abs(one - 1.2) < 1e-9)).toBe(true);
  });

  test.each<[string, OwnerRatio, string]>([
    ['nineteen owners', even(19, 12, 10), 'too-few-owners'],
    ['nobody', even(0, 0, 0), 'too-few-owners'],
    [
      'two hundred owners, one of whom has two thirds',
      { ...even(200, 1, 1), over: Float64Array.from({ length: 200 }, (_, owner) => (owner === 0 ? 800 : 1)) },
      'too-few-owners',
    ],
    ['refunds above sales', even(40, -1, 10), 'not-positive'],
    ['nothing before', even(40, 10, 0), 'not-positive'],
  ])('%s: none', (_, ratio, reason) => expect(ratioError(ratio)).toBe(reason));

  test('so many owners of equal size', () => {
    expect(countOwners(even(30, 1, 1))).toEqual({ owners: 30, effective: 30 });
    const one = { over: Float64Array.of(9, 1, 0), under: Float64Array.of(0, 0, 0) };
    expect(countOwners(one)).toEqual({ owners: 2, effective: 100 / 82 });
  });

  test('grades, at their ends', () => {
    expect([0, 0.0499, 0.05, 0.0999, 0.1499, 0.2499, 0.3499, 0.35, 2].map(gradeOf).join('')).toBe(
      'AABBCDEFF',
    );
    expect(variationOf({ ratio: 1.2, scale: 'log', standardError: 0.1, degrees: 9, reach: 2 })).toBe(0.1);
    expect(variationOf({ ratio: 0.5, scale: 'linear', standardError: 0.1, degrees: 9, reach: 2 })).toBe(0.2);
  });

  test('the unit of money does not matter', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 1e6 })), {
      minLength: 20,
      maxLength: 60,
    });
    fc.assert(
      fc.property(values, (owners) => {
        const ratioIn = (unit: number): OwnerRatio => ({
          over: Float64Array.from(owners, ([over]) => over * unit),
          under: Float64Array.from(owners, ([, under]) => under * unit),
          scale: 'log',
        });
        const [cents, money] = [ratioError(ratioIn(100)), ratioError(ratioIn(1))];
        if (typeof cents === 'string' || typeof money === 'string') return cents === money;
        return Math.abs(cents.standardError - money.standardError) < 1e-9 * (1 + cents.standardError);
      }),
    );
  });
});

describe('on planted truth', () => {
  const GROWTH = 1.1;

  test('intervals of 90 % hold the true growth 88 to 92 times in a hundred', () => {
    const draw = random(20_250_101);
    let [told, held] = [0, 0];
    for (let belt = 0; belt < 2_400; belt++) {
      const owners = 30 + (belt % 4) * 30;
      const { over, under } = growingOwners(draw, {
        owners,
        growth: GROWTH,
        skew: 1,
        scatter: 0.35,
        orders: 25,
      });
      const error = ratioError({ over, under, scale: 'log' });
      if (typeof error === 'string') continue;
      const { low, high } = intervalOf(error);
      told++;
      if (low <= GROWTH && GROWTH <= high) held++;
    }
    expect(told).toBeGreaterThan(2_000);
    expect((100 * held) / told).toBeGreaterThan(88);
    expect((100 * held) / told).toBeLessThan(92);
  });

  test('replicates scatter as the interval says, and two ratios of the same owners go together', () => {
    const draw = random(7);
    const { over, under } = growingOwners(draw, {
      owners: 80,
      growth: GROWTH,
      skew: 1,
      scatter: 0.35,
      orders: 25,
    });
    const ratios: OwnerRatio[] = [
      { over, under, scale: 'log' },
      { over, under: under.map((value) => 2 * value), scale: 'log' },
    ];
    const errors = ratios.map(known);
    const [first, second] = replicatesOf(seedsOf(80), ratios, errors) as [Float64Array, Float64Array];
    const { low, high } = intervalOf(errors[0] as RatioError);
    const inside = first.filter((one) => one >= low && one <= high).length / first.length;
    expect(inside).toBeGreaterThan(0.87);
    expect(inside).toBeLessThan(0.93);
    first.forEach((one, replicate) => expect(one / at(second, replicate)).toBeCloseTo(2, 9));
  });

  test('a claim is never surer than the interval beside it: one in twenty lies beyond either end, however lopsided owners are', () => {
    const draw = random(12);
    for (const skew of [0.5, 1.2, 1.8]) {
      const { over, under } = growingOwners(draw, {
        owners: 150,
        growth: 1.4,
        skew,
        scatter: 0.8,
        orders: 25,
      });
      // One large owner that fell while the others grew.
      over[0] = 0.3 * (under[0] = 0.15 * under.reduce((all, own) => all + own, 0));
      const ratio: OwnerRatio = { over, under, scale: 'log' };
      const error = known(ratio);
      const [drawn] = replicatesOf(seedsOf(150), [ratio], [error]) as [Float64Array];
      const { low, high } = intervalOf(error);
      const beyond = [drawn.filter((one) => one < low), drawn.filter((one) => one > high)];
      for (const { length } of beyond) expect(Math.abs(length / drawn.length - 0.05)).toBeLessThan(0.004);
    }
  });

  test('they lie around the exact ratio, where that is known better than by owners', () => {
    const draw = random(11);
    const { over, under } = growingOwners(draw, { owners: 80, growth: 1, skew: 1, scatter: 0.3, orders: 25 });
    const ratio: OwnerRatio = { over, under, scale: 'log' };
    const own = known(ratio);
    const [around] = replicatesOf(seedsOf(80), [ratio], [own]) as [Float64Array];
    const [exact] = replicatesOf(seedsOf(80), [ratio], [{ ...own, ratio: 1.3 }]) as [Float64Array];
    exact.forEach((one, replicate) => expect(one / at(around, replicate)).toBeCloseTo(1.3 / own.ratio, 9));
  });

  test('ratios of the same owners, of all and without a few, are drawn as if each were alone, to the last bit', () => {
    const draw = random(5);
    const { over, under } = growingOwners(draw, {
      owners: 60,
      growth: 1.1,
      skew: 1,
      scatter: 0.3,
      orders: 25,
    });
    const whole = (values: Float64Array) => values.map(Math.round);
    const [now, before] = [whole(over), whole(under)];
    const without = (values: Float64Array) => values.map((value, owner) => (owner % 20 === 3 ? 0 : value));
    const ratios: OwnerRatio[] = [
      { over: now, under: before.map((value) => value + 7), scale: 'log' },
      { over: now, under: before, scale: 'log' },
      { over: without(now), under: without(before), scale: 'log' },
    ];
    const errors = ratios.map(known);
    const alone = ratios.map((ratio, index) =>
      at(replicatesOf(seedsOf(60), [ratio], [at(errors, index)]), 0),
    );
    expect(replicatesOf(seedsOf(60), ratios, errors)).toEqual(alone);
    expect(at(alone, 2)).not.toEqual(at(alone, 1));
  });

  test('another order of the same owners gives the same replicates, to the last bit', () => {
    const draw = random(3);
    const { over, under } = growingOwners(draw, { owners: 60, growth: 1, skew: 1, scatter: 0.3, orders: 25 });
    const seeds = seedsOf(60);
    const turned = [...seeds.keys()].reverse();
    const ratio: OwnerRatio = { over, under, scale: 'log' };
    const back: OwnerRatio = {
      over: Float64Array.from(turned, (owner) => at(over, owner)),
      under: Float64Array.from(turned, (owner) => at(under, owner)),
      scale: 'log',
    };
    const error = known(ratio);
    const [one] = replicatesOf(seeds, [ratio], [error]);
    const [other] = replicatesOf(
      Float64Array.from(turned, (owner) => at(seeds, owner)),
      [back],
      [error],
    );
    expect(other).toEqual(one);
  });
});
