import { normal, random } from './planted.ts';
import { rankIntervals } from './rank-intervals.ts';
import { type Estimate } from './studentised.ts';

function intervalsOf(estimates: readonly (Estimate | null)[], confidence = 0.9) {
  const steps = rankIntervals(estimates, confidence);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const exact = (value: number): Estimate => ({ value, standardError: 0, degrees: 50 });

test('what is exact has one place, and equals share theirs', () => {
  expect(intervalsOf([exact(1), exact(3), exact(2)])).toEqual([
    { low: 3, high: 3 },
    { low: 1, high: 1 },
    { low: 2, high: 2 },
  ]);
  expect(intervalsOf([exact(2), exact(2), exact(5)])).toEqual([
    { low: 2, high: 3 },
    { low: 2, high: 3 },
    { low: 1, high: 1 },
  ]);
});

test('what is unknown may stand anywhere, and lets the others stand one place further back', () => {
  expect(intervalsOf([exact(1), null, exact(2)])).toEqual([{ low: 2, high: 3 }, null, { low: 1, high: 2 }]);
  expect(intervalsOf([])).toEqual([]);
  expect(intervalsOf([null])).toEqual([null]);
  expect(intervalsOf([exact(4)])).toEqual([{ low: 1, high: 1 }]);
});

/** Estimates around truths, each with an error that is itself only known from some degrees of freedom. */
function drawn(draw: () => number, truths: readonly number[]): Estimate[] {
  return truths.map((truth, index) => {
    const degrees = 6 + (index % 30);
    const error = 0.05 + 0.15 * ((index % 7) / 7);
    const spread = Math.sqrt(
      Array.from({ length: degrees }, () => normal(draw) ** 2).reduce((a, b) => a + b) / degrees,
    );
    return { value: truth + error * normal(draw), standardError: error * spread, degrees };
  });
}

/** Whether all true places lie inside at once; equals may take any of their places. */
const hold = (truths: readonly number[], intervals: ReturnType<typeof intervalsOf>) =>
  truths.every((truth, index) => {
    const { low, high } = intervals[index] as { low: number; high: number };
    const [first, last] = [
      truths.filter((other) => other > truth).length + 1,
      truths.filter((other) => other >= truth).length,
    ];
    return low <= first && last <= high;
  });

test.each([
  ['all alike', () => 0],
  ['half far above the others', (index: number) => index % 2],
  ['each a little above the next', (index: number) => index / 20],
])('places hold together nine times in ten: %s', (_, truthOf) => {
  const truths = Array.from({ length: 15 }, (__, index) => truthOf(index));
  const draw = random(2024);
  const trials = 70;
  let held = 0;
  for (let trial = 0; trial < trials; trial++) if (hold(truths, intervalsOf(drawn(draw, truths)))) held++;
  // Three standard errors of so many trials below nine in ten.
  expect(held / trials).toBeGreaterThan(0.9 - 3 * Math.sqrt((0.9 * 0.1) / trials));
});

test('they are no wider than they must be: groups far apart are told apart', () => {
  const truths = Array.from({ length: 24 }, (_, index) => 10 * (index % 3));
  const intervals = intervalsOf(drawn(random(7), truths), 0.99);
  truths.forEach((truth, index) => {
    const first = 1 + 8 * (2 - truth / 10);
    expect(intervals[index]).toEqual({ low: first, high: first + 7 });
  });
});

test('of more pairs than are drawn they hold as well, and are not much wider', () => {
  const truths = Array.from({ length: 220 }, (_, index) => 10 * (index % 2));
  const intervals = intervalsOf(drawn(random(9), truths));
  expect(hold(truths, intervals)).toBe(true);
  const widths = intervals.map(
    (interval) => (interval as { low: number; high: number }).high - (interval as { low: number }).low,
  );
  expect(Math.max(...widths)).toBeLessThan(125);
});

test('the same estimates have the same places each time', () => {
  const estimates = drawn(
    random(3),
    Array.from({ length: 40 }, (_, index) => index / 10),
  );
  expect(intervalsOf(estimates)).toEqual(intervalsOf(estimates));
});
