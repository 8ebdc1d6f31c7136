/** Differences of areas held against many draws of owners whose growth is known. */
import type { Figure } from '@beltline/contract';
import { UNSTATED } from '../../core/figure.ts';
import { sum } from '../../core/vector.ts';
import { rateWithError } from '../../data/owners/figure-error.ts';
import { differenceOf, errorCorrelation } from '../../statistics/difference.ts';
import { type OwnerRatio, ratioError } from '../../statistics/owner-bootstrap.ts';
import { growingOwners, random } from '../../statistics/planted.ts';
import { differencesAmong, movesBy, type OwnedFigure } from './figure-differences.ts';

interface Planted {
  readonly seeds: Float64Array;
  readonly ratio: OwnerRatio;
}

/** Owners of a belt, of which `from` is the first seed. */
function belt(draw: () => number, growth: number, owners: number, from: number): Planted {
  const sums = growingOwners(draw, { owners, growth, skew: 0.9, scatter: 0.4, orders: 30 });
  return {
    seeds: Float64Array.from({ length: owners }, (_, owner) => from + owner),
    ratio: { ...sums, scale: 'log' },
  };
}

function growthOf({ seeds, ratio }: Planted): OwnedFigure & { readonly figure: Figure } {
  const plain: Figure = {
    ...{ value: sum(ratio.over) / sum(ratio.under) - 1, unit: 'ratio', flag: 'final', reason: null },
    ...{ period: null, baseline: null, numerator: null, denominator: null, coverage: 1 },
    ...{ ...UNSTATED, definition: 'planted' },
  };
  return {
    figure: rateWithError(plain, ratioError(ratio)),
    moves: movesBy(ratio, seeds),
    whole: (value) => 1 + value,
  };
}

const bounds = ({ figure: { value, uncertainty } }: ReturnType<typeof growthOf>) => ({
  value: value as number,
  low: uncertainty?.low as number,
  high: uncertainty?.high as number,
});

/** In how many of the draws the interval of the difference holds the truth, and in how many it tells that there is one. */
function trial(pairs: readonly (readonly [Planted, Planted])[], truth: number, apart = false) {
  let [drawn, covered, told] = [0, 0, 0];
  for (const [one, other] of pairs) {
    const [own, others] = [growthOf(one), growthOf(other)];
    // Of owners too uneven there is no interval, and nothing is told of a difference.
    if (!own.figure.uncertainty || !others.figure.uncertainty || !own.moves || !others.moves) continue;
    drawn++;
    const correlation = apart ? 0 : errorCorrelation(own.moves, others.moves);
    const { low, high } = differenceOf(bounds(own), bounds(others), correlation);
    if (low <= truth && truth <= high) covered++;
    if (low > 0 || high < 0) told++;
  }
  expect(drawn).toBeGreaterThan(0.8 * pairs.length);
  return { covered: covered / drawn, told: told / drawn };
}

const DRAWS = 1_500;

test.each([
  ['two small belts', 30, 30, 1.1, 1.1],
  ['a small belt and a large one', 30, 400, 0.8, 1.3],
  ['belts that more than double, and fall', 60, 60, 2.6, 0.7],
])(
  'of %s the interval holds the planted difference nine times in ten',
  (_, owners, others, growth, other) => {
    const draw = random(71);
    const pairs = Array.from(
      { length: DRAWS },
      () => [belt(draw, growth, owners, 0), belt(draw, other, others, 10_000)] as const,
    );
    const { covered } = trial(pairs, growth - other);
    // Of 1,500 draws a share of 0.9 is 0.88 to 0.92 by chance.
    expect(covered).toBeGreaterThan(0.87);
    expect(covered).toBeLessThan(0.935);
  },
);

test('of a belt and the province that it lies in too, where taken apart the interval would be far too wide', () => {
  const draw = random(72);
  const pairs = Array.from({ length: DRAWS }, () => {
    const [inside, rest] = [belt(draw, 1.2, 80, 0), belt(draw, 1.2, 40, 10_000)];
    const joined = (of: (one: Planted) => Float64Array) => Float64Array.from([...of(inside), ...of(rest)]);
    const province: Planted = {
      seeds: joined(({ seeds }) => seeds),
      ratio: {
        over: joined(({ ratio }) => ratio.over),
        under: joined(({ ratio }) => ratio.under),
        scale: 'log',
      },
    };
    return [inside, province] as const;
  });
  const { covered } = trial(pairs, 0);
  expect(covered).toBeGreaterThan(0.87);
  expect(covered).toBeLessThan(0.935);
  expect(trial(pairs, 0, true).covered).toBeGreaterThan(0.99);
});

test('a planted difference is found, of belts whose intervals overlap too', () => {
  const draw = random(73);
  const pairs = Array.from(
    { length: 400 },
    () => [belt(draw, 1.25, 200, 0), belt(draw, 1, 200, 10_000)] as const,
  );
  expect(trial(pairs, 0.25).told).toBeGreaterThan(0.8);
  const overlapping = pairs.filter(
    ([one, other]) => bounds(growthOf(one)).low < bounds(growthOf(other)).high,
  );
  expect(overlapping.length).toBeGreaterThan(20);
  expect(trial(overlapping, 0.25).told).toBeGreaterThan(0.3);
});

test('among six belts in which nothing happens hardly ever one is said to differ', () => {
  const draw = random(74);
  const any = Array.from({ length: 600 }, () => {
    const belts = Array.from({ length: 6 }, (_, place) => belt(draw, 1, 40, 1_000 * place));
    const differences = differencesAmong(belts.map((one) => [growthOf(one)]));
    return differences.some((ofArea) => ofArea.some((told) => told?.[0]?.finding != null));
  });
  // One in ten is what is allowed; of 600 that is 0.076 to 0.125 by chance.
  expect(any.filter(Boolean).length / any.length).toBeLessThan(0.125);
});

test('a difference is told both ways, and is the same finding', () => {
  const draw = random(75);
  const [risen, flat, small] = [belt(draw, 2, 100, 0), belt(draw, 1, 100, 1_000), belt(draw, 1, 5, 2_000)];
  const [first, second, third] = differencesAmong([risen, flat, small].map((one) => [growthOf(one)]));
  const [there, back] = [first?.[1]?.[0], second?.[0]?.[0]];
  expect([first?.[0], there?.finding, back?.finding]).toEqual([null, 'more', 'less']);
  expect(back?.by.value).toBe(-(there?.by.value ?? 0));
  expect(back?.by.uncertainty?.low).toBe(-(there?.by.uncertainty?.high ?? 0));
  expect(third?.[0]?.[0]).toMatchObject({
    finding: null,
    by: { uncertainty: null, uncertaintyReason: 'too-few-owners' },
  });
});
