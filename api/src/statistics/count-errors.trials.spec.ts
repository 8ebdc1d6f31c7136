import { countGrowthError } from './count-errors.ts';
import { intervalOf } from './owner-bootstrap.ts';
import { random } from './planted.ts';

/** Shops of owners, of which some close and half as many again open: one owner in two has several. */
function planted(draw: () => number, owners: number, leaving: number) {
  const [over, under] = [new Float64Array(owners), new Float64Array(owners)];
  for (let owner = 0; owner < owners; owner++) {
    const shops = 1 + Math.floor(-Math.log(1 - draw()) * 1.2);
    for (let shop = 0; shop < shops; shop++) {
      const fate = draw();
      if (fate >= leaving) over[owner] = (over[owner] ?? 0) + 1;
      if (fate < leaving || fate >= 2.5 * leaving) under[owner] = (under[owner] ?? 0) + 1;
    }
  }
  return { counts: { over, under }, truth: (1 - leaving) / (1 - 1.5 * leaving) };
}

describe.each([30, 60, 200])('of %i owners', (owners) => {
  test.each([0.005, 0.02, 0.1, 0.3])(
    'intervals of 90 %% hold the truth where %d of shops close',
    (leaving) => {
      const draw = random(owners);
      let [told, held] = [0, 0];
      for (let trial = 0; trial < 2_400; trial++) {
        const { counts, truth } = planted(draw, owners, leaving);
        const error = countGrowthError(counts);
        if (typeof error === 'string') continue;
        told++;
        const { low, high } = intervalOf(error);
        if (low <= truth && truth <= high) held++;
      }
      expect(told).toBeGreaterThan(2_000);
      expect(held / told).toBeGreaterThan(0.89);
      // Where many come and go they are no wider than they say.
      if (leaving >= 0.1) expect(held / told).toBeLessThan(0.935);
    },
  );
});

test('the error is around the count itself', () => {
  const { counts } = planted(random(3), 80, 0.1);
  const sum = (side: Float64Array) => side.reduce((total, shops) => total + shops, 0);
  expect(countGrowthError(counts)).toMatchObject({ ratio: sum(counts.over) / sum(counts.under) });
});

test('where nobody came or left it is not sure that nobody does', () => {
  const all = Float64Array.from({ length: 60 }, () => 1);
  const error = countGrowthError({ over: all, under: all });
  if (typeof error === 'string') throw new Error(error);
  const { low, high } = intervalOf(error);
  expect(low).toBeLessThan(0.97);
  expect(high).toBeGreaterThan(1.03);
});

test('of too few owners, or of no shop in one of the periods, there is none', () => {
  const of = (owners: number, shops: number) => Float64Array.from({ length: owners }, () => shops);
  expect(countGrowthError({ over: of(19, 1), under: of(19, 1) })).toBe('too-few-owners');
  expect(countGrowthError({ over: of(40, 0), under: of(40, 1) })).toBe('not-positive');
  expect(countGrowthError({ over: of(40, 1), under: of(40, 0) })).toBe('not-positive');
});
