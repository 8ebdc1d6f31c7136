import jStat from 'jstat';
import { concentrationErrors, leftOut, type OwnedValues } from './concentration-errors.ts';
import { gini, hhi, topShare } from './concentration.ts';
import { intervalOf } from './owner-bootstrap.ts';
import { normal, random } from './planted.ts';

const TOP = 0.2;
function finished<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const alone = (values: Float64Array): OwnedValues => ({
  values,
  ownerOf: values.map((_, owner) => owner),
  owners: values.length,
});

/** Owners whose sizes are lognormal, and what they grow by; the truth of Gini and top share in both periods is known. */
const SCATTER = 0.35;
function planted(draw: () => number, owners: number, skew: number) {
  const before = Float64Array.from({ length: owners }, () => Math.exp(skew * normal(draw)));
  return { before, now: before.map((value) => 1.1 * value * Math.exp(SCATTER * normal(draw))) };
}
const truthOf = (skew: number) => ({
  gini: 2 * jStat.normal.cdf(skew / Math.SQRT2, 0, 1) - 1,
  // The quantile of the top fifth is 0.8416 standard deviations above the middle.
  topShare: jStat.normal.cdf(skew - 0.8416212336, 0, 1),
});

/** How often intervals hold the truth, of `trials` draws, and how many draws had them. */
function coverage(owners: number, skew: number, trials: number) {
  const draw = random(owners + 10 * skew);
  const [now, before] = [truthOf(Math.hypot(skew, SCATTER)), truthOf(skew)];
  const tally = new Map<string, { told: number; held: number }>();
  for (let trial = 0; trial < trials; trial++) {
    const drawn = planted(draw, owners, skew);
    const errors = finished(concentrationErrors(alone(drawn.now), alone(drawn.before), TOP));
    for (const key of ['gini', 'topShare'] as const) {
      const truths = { now: now[key], before: before[key], change: now[key] / before[key] };
      for (const which of ['now', 'before', 'change'] as const) {
        const error = errors[key][which];
        if (typeof error === 'string') continue;
        const { low, high } = intervalOf(error);
        const name = `${key} ${which}`;
        const { told, held } = tally.get(name) ?? { told: 0, held: 0 };
        tally.set(name, {
          told: told + 1,
          held: held + (low <= truths[which] && truths[which] <= high ? 1 : 0),
        });
      }
    }
  }
  return tally;
}

test.each([
  [30, 0.6],
  [60, 1],
  [120, 1.4],
])('intervals of 90 %% hold changes of %i owners with a skew of %d', (owners, skew) => {
  const found = coverage(owners, skew, 2_400);
  for (const name of ['gini change', 'topShare change']) {
    const { told = 0, held = 0 } = found.get(name) ?? {};
    expect([name, told > 2_000]).toEqual([name, true]);
    expect([name, held / told > 0.88, held / told < 0.94]).toEqual([name, true, true]);
  }
});

test.each([
  [220, 0.6],
  [450, 1],
])(
  'intervals of 90 %% hold levels of %i owners with a skew of %d, of which a hundred count',
  (owners, skew) => {
    const found = coverage(owners, skew, 2_100);
    for (const name of ['gini now', 'gini before', 'topShare now', 'topShare before']) {
      const { told = 0, held = 0 } = found.get(name) ?? {};
      expect([name, told > 2_000]).toEqual([name, true]);
      expect([name, held / told > 0.87, held / told < 0.92]).toEqual([name, true, true]);
    }
  },
);

test('why others have none: of few skewed owners levels miss the truth too often, and HHI does of any', () => {
  const skew = 1;
  const draw = random(11);
  const [held, trials] = [{ gini: 0, hhi: 0 }, 600];
  for (let trial = 0; trial < trials; trial++) {
    const { before } = planted(draw, 60, skew);
    const { whole, without } = finished(leftOut(alone(before), TOP));
    // Σ of squared shares of n owners is (1 + the squared coefficient of variation) ÷ n.
    const truth = { gini: truthOf(skew).gini, hhi: Math.exp(skew ** 2) / 60 };
    for (const key of ['gini', 'hhi'] as const) {
      const fair = key === 'hhi' ? 59 / 60 : 1;
      const squares = without.reduce((sum, one) => sum + Math.log((one[key] * fair) / whole[key]) ** 2, 0);
      const half = jStat.studentt.inv(0.95, 30) * Math.sqrt((squares * 59) / 60);
      if (Math.abs(Math.log(whole[key] / truth[key])) <= half) held[key]++;
    }
  }
  expect(held.gini / trials).toBeLessThan(0.87);
  expect(held.hhi / trials).toBeLessThan(0.7);
});

test('what is left without an owner is what a sort of the others gives', () => {
  const draw = random(3);
  const values = Float64Array.from({ length: 90 }, () =>
    draw() < 0.1 ? 0 : Math.round(20 * Math.exp(normal(draw))),
  );
  const ownerOf = Array.from(values, () => Math.floor(draw() * 25));
  const { whole, without } = finished(leftOut({ values, ownerOf, owners: 26 }, TOP));
  const naive = (left: number) => {
    const kept = values.filter((value, member) => value > 0 && ownerOf[member] !== left);
    return [(hhi(kept) ?? NaN) / 10_000, gini(kept)?.gini ?? NaN, topShare(kept, TOP) ?? NaN];
  };
  [whole, ...without].forEach((found, index) =>
    naive(index - 1).forEach((value, which) =>
      expect([index, [found.hhi, found.gini, found.topShare][which]]).toEqual([
        index,
        expect.closeTo(value, 10),
      ]),
    ),
  );
});

test('of too few owners there is nothing, and of less than a hundred that count no level', () => {
  const { now, before } = planted(random(5), 60, 0.6);
  const all = finished(concentrationErrors(alone(now), alone(before), TOP));
  expect(all.gini).toMatchObject({
    now: 'too-few-owners',
    before: 'too-few-owners',
    change: { scale: 'log' },
  });
  const few = finished(concentrationErrors(alone(now.slice(0, 15)), alone(before.slice(0, 15)), TOP));
  expect(few.topShare.change).toBe('too-few-owners');
  const even = Float64Array.from({ length: 200 }, () => 5);
  expect(finished(concentrationErrors(alone(even), alone(even), TOP)).gini.now).toBe('not-positive');
});
