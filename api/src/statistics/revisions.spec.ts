import { normal, random } from './planted.ts';
import { nearestRank, revisionStatistics } from './revisions.ts';

function noise(seed: number): () => number {
  const draw = random(seed);
  return () => normal(draw);
}

test('mean, spread and quantile of revisions that can be added up by hand', () => {
  const found = revisionStatistics([-0.01, -0.02, 0.03, -0.04]);
  expect(found?.mean).toBeCloseTo(-0.01, 12);
  expect(found?.meanAbsolute).toBeCloseTo(0.025, 12);
  expect(found?.spread).toBeCloseTo(Math.sqrt(0.0026 / 3), 12);
  expect(found).toMatchObject({ count: 4, p95: 0.04 });
  expect(revisionStatistics([0.1, 0.2])).toBeNull();
});

test('of fewer than twenty the largest counts, of twenty the second largest', () => {
  const sizes = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(nearestRank(sizes.slice(0, 19), 0.95)).toBe(19);
  expect(nearestRank(sizes, 0.95)).toBe(19);
  expect(nearestRank([...sizes].reverse(), 0.5)).toBe(10);
});

test('revisions of nothing are nothing', () => {
  const nothing = { count: 5, mean: 0, low: 0, high: 0, spread: 0, meanAbsolute: 0, p95: 0 };
  expect(revisionStatistics([0, 0, 0, 0, 0])).toEqual(nothing);
});

/** How often the interval of the mean holds the truth, where neighbours share half of what revises them, or nothing. */
test.each([
  ['that go apart', 9, 0, 0.87, 0.97],
  ['that go apart', 30, 0, 0.87, 0.97],
  ['that go together', 12, 0.7, 0.75, 0.95],
  ['that go together', 36, 0.7, 0.8, 0.95],
])('intervals of %s, of %i months', (_, months, shared, atLeast, atMost) => {
  const draw = noise(months * 7 + shared * 100);
  let held = 0;
  const tries = 2_000;
  for (let run = 0; run < tries; run++) {
    const shocks = Array.from({ length: months + 1 }, draw);
    const revisions = shocks.slice(1).map((shock, index) => 0.4 + shock + shared * (shocks[index] ?? 0));
    const found = revisionStatistics(revisions);
    if (found && found.low <= 0.4 && found.high >= 0.4) held++;
  }
  expect(held / tries).toBeGreaterThan(atLeast);
  expect(held / tries).toBeLessThan(atMost);
});
