import { poissonWeights } from './owner-weights.ts';
import { growingOwners, normal, random } from './planted.ts';
import { contributionError, shareError, type SumError, sumError } from './total-errors.ts';

const REPLICATES = 4_000;
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** Sums of owners of two areas that share every third owner, and the owners outside. */
function areas(owners: number) {
  const draw = random(owners);
  const size = () => Math.round(1_000 * Math.exp(normal(draw)));
  const seeds = Array.from({ length: owners }, () => Math.floor(draw() * 2 ** 52));
  const inPart = seeds.map((_, owner) => (owner % 2 === 0 ? size() : 0));
  const outside = seeds.map((_, owner) => (owner % 3 === 0 ? size() : owner % 2 === 1 ? size() : 0));
  return { seeds, inPart, whole: inPart.map((value, owner) => value + (outside[owner] ?? 0)) };
}

/** Standard deviation of what is computed from owners drawn again and again. */
function drawnError(seeds: readonly number[], of: (weights: readonly number[]) => number): number {
  const weights = seeds.map((seed) => poissonWeights(seed, new Uint8Array(REPLICATES)));
  const drawn = Array.from({ length: REPLICATES }, (_, replicate) =>
    of(weights.map((ofOwner) => ofOwner[replicate] as number)),
  );
  const mean = sum(drawn) / REPLICATES;
  return Math.sqrt(sum(drawn.map((value) => (value - mean) ** 2)) / REPLICATES);
}
const weighted = (values: readonly number[], weights: readonly number[]) =>
  values.reduce((total, value, owner) => total + value * (weights[owner] ?? 0), 0);

test.each([60, 150])('errors of %i owners are those of owners drawn again', (owners) => {
  const { seeds, inPart, whole } = areas(owners);
  const part = Float64Array.from(inPart);
  const total = sumError(part, { over: part, under: part }) as SumError;
  expect(total.standardError / drawnError(seeds, (weights) => weighted(inPart, weights))).toBeCloseTo(1, 1);

  const members = [...seeds.keys()].filter((owner) => (inPart[owner] ?? 0) > 0);
  const share = shareError(
    {
      seeds: members.map((owner) => seeds[owner] as number),
      sums: Float64Array.from(members, (owner) => inPart[owner] as number),
    },
    { seeds, sums: Float64Array.from(whole) },
  ) as SumError;
  const drawn = drawnError(seeds, (weights) => weighted(inPart, weights) / weighted(whole, weights));
  // A jackknife is a little larger than what is drawn, where a few owners hold much.
  expect(share.standardError / drawn).toBeGreaterThan(0.95);
  expect(share.standardError / drawn).toBeLessThan(1.12);
});

test('a part that is the whole is all of it, without error', () => {
  const { seeds, inPart } = areas(80);
  const part = Float64Array.from(inPart);
  const { standardError } = shareError({ seeds, sums: part }, { seeds, sums: part }) as SumError;
  expect(standardError).toBeCloseTo(0, 9);
});

test('of too few owners, or of a whole that is not above 0, there is none', () => {
  const few = Float64Array.from({ length: 19 }, () => 5);
  const many = Float64Array.from({ length: 30 }, () => 5);
  const seeds = Array.from({ length: 30 }, (_, owner) => owner);
  expect(sumError(few, { over: few, under: few })).toBe('too-few-owners');
  expect(shareError({ seeds: seeds.slice(0, 19), sums: few }, { seeds, sums: many })).toBe('too-few-owners');
  expect(shareError({ seeds, sums: many }, { seeds, sums: many.map(() => 0) })).toBe('not-positive');
  const one = Float64Array.from({ length: 30 }, (_, owner) => (owner === 0 ? 1e6 : 1));
  expect(sumError(one, { over: one, under: one })).toBe('too-few-owners');
});

test('contributions of a part have intervals that cover, where it grows by another rate than the rest', () => {
  const draw = random(83);
  const kind = { skew: 0.8, scatter: 0.35, orders: 25 };
  let [told, held] = [0, 0];
  for (let trial = 0; trial < 2_400; trial++) {
    const part = growingOwners(draw, { owners: 60, growth: 1 + (trial % 3) / 10, ...kind });
    const rest = growingOwners(draw, { owners: 120, growth: 0.9, ...kind });
    const seeds = Float64Array.from({ length: 180 }, (_, owner) => owner + 1);
    const base = { seeds, sums: Float64Array.from([...part.under, ...rest.under]) };
    const error = contributionError(
      { seeds: seeds.subarray(0, 60), now: part.over, before: part.under },
      base,
    );
    if (typeof error === 'string') continue;
    told++;
    const truth = ((trial % 3) / 10) * (60 / 180);
    if (Math.abs(error.value - truth) <= error.standardError * error.reach) held++;
  }
  expect(told).toBeGreaterThan(2_000);
  expect(Math.abs(held / told - 0.9)).toBeLessThan(0.02);
});
