import fc from 'fast-check';
import { OwnerDraws } from './owner-draws.ts';
import { poissonWeights, REPLICATES } from './owner-weights.ts';
import { random } from './planted.ts';
import { atOnce } from './steps.ts';

const seedsOf = (count: number) => Float64Array.from({ length: count }, (_, owner) => 1e12 + owner * 7919);

/** Owner by owner, as it is said to be. */
function drawnBy(seeds: Float64Array, values: Float64Array): Float64Array {
  const totals = new Float64Array(REPLICATES);
  seeds.forEach((seed, owner) =>
    poissonWeights(seed, new Uint8Array(REPLICATES)).forEach((times, replicate) => {
      totals[replicate] = (totals[replicate] ?? 0) + times * (values[owner] ?? 0);
    }),
  );
  return totals;
}

test.each([
  ['whole amounts', fc.integer({ min: -1_000, max: 100_000_000_000 })],
  ['64ths', fc.integer({ min: 0, max: 1_000_000 }).map((parts) => parts / 64)],
  ['mostly nothing', fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 5)],
  ['parts that sums of are rounded', fc.double({ min: 0, max: 1_000, noNaN: true })],
  ['more than sums of are exact', fc.integer({ min: 2 ** 45, max: 2 ** 46 })],
])('%s are drawn as if each owner were added, to the last bit', (_, value) => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 40 }), (amounts) => {
      const seeds = seedsOf(amounts.length);
      const values = Float64Array.from(amounts);
      const draws = atOnce(OwnerDraws.of(seeds));
      expect(atOnce(draws.totalsOf(values))).toEqual(drawnBy(seeds, values));
      expect(atOnce(draws.logsOf(values))).toEqual(drawnBy(seeds, values).map(Math.log));
    }),
    { numRuns: 60 },
  );
});

test('owners who are drawn four times and more, of whom there are few, count as often', () => {
  const seeds = seedsOf(3_000);
  const often = [...seeds.keys()].filter((owner) =>
    poissonWeights(seeds[owner] ?? 0, new Uint8Array(REPLICATES)).some((times) => times >= 7),
  );
  expect(often.length).toBeGreaterThan(20);
  const values = new Float64Array(seeds.length);
  for (const owner of often) values[owner] = owner;
  const draws = atOnce(OwnerDraws.of(seeds));
  expect(atOnce(draws.totalsOf(values))).toEqual(drawnBy(seeds, values));
});

test.each([
  ['whole amounts', Math.round],
  ['parts', (value: number) => value / 7],
])('without some owners, %s are drawn as if they alone were', (_, of) => {
  const draw = random(8);
  const seeds = seedsOf(70);
  const all = Float64Array.from(seeds, () => of(1_000 * draw()));
  const owners = [3, 40, 69];
  const values = all.map((value, owner) => (owners.includes(owner) ? 0 : value));
  const draws = atOnce(OwnerDraws.of(seeds));
  expect(atOnce(draws.totalsWithout(values, all, owners))).toEqual(drawnBy(seeds, values));
});

test('of thousands of owners it stops now and then, to let others in between', () => {
  const seeds = seedsOf(9_000);
  const stops = (steps: Generator<void, unknown>) => {
    let count = 0;
    while (steps.next().done !== true) count++;
    return count;
  };
  expect(stops(OwnerDraws.of(seeds))).toBeGreaterThan(40);
  const draws = atOnce(OwnerDraws.of(seeds));
  expect(stops(draws.totalsOf(seeds.map(() => 1)))).toBe(1);
});
