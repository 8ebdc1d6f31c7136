import { effectAt, findOutliers, MIN_OUTLIER_MONTHS, MODELLED, type Outlier, SAID } from './outliers.ts';
import { normal, random } from './planted.ts';

/** Logarithms of months: a season of its own, a wandering level, noise. */
function series(draw: () => number, { months = 48, noise = 0.1, drift = 0.01 } = {}): number[] {
  const season = Array.from({ length: 12 }, () => 0.3 * normal(draw));
  let level = 0;
  return Array.from({ length: months }, (_, index) => {
    level += drift * normal(draw);
    return level + (season[index % 12] ?? 0) + noise * normal(draw);
  });
}
const share = (count: number, of: (trial: number) => boolean) =>
  Array.from({ length: count }, (_, trial) => of(trial)).filter(Boolean).length / count;
const plusAt = (logs: readonly number[], at: number, effect: number) =>
  logs.map((log, index) => (index === at ? log + effect : log));
const plusFrom = (logs: readonly number[], at: number, effect: number) =>
  logs.map((log, index) => (index >= at ? log + effect : log));
const isOne = (found: readonly Outlier[], index: number, kind: Outlier['kind']) =>
  found.some((one) => one.index === index && one.kind === kind);

describe('where nothing happens', () => {
  test.each([
    { months: 36, noise: 0.1, drift: 0 },
    { months: 48, noise: 0.1, drift: 0.03 },
    { months: 49, noise: 0.02, drift: 0.03 },
    { months: 60, noise: 0.3, drift: 0.01 },
  ])('few series are said to have a month that stands out: $months months', (kind) => {
    const draw = random(kind.months);
    expect(share(400, () => findOutliers(series(draw, kind), SAID).length > 0)).toBeLessThan(0.07);
  });

  test('nothing at all, where there is no noise either', () => {
    const draw = random(2);
    const exact = series(draw, { noise: 0, drift: 0 });
    expect(findOutliers(exact, MODELLED)).toEqual([]);
    expect(findOutliers(Array<number>(48).fill(0), MODELLED)).toEqual([]);
  });

  test('nothing is asked of too few months', () => {
    const short = plusAt(series(random(3), { months: MIN_OUTLIER_MONTHS - 1 }), 20, 5);
    expect(findOutliers(short, MODELLED)).toEqual([]);
    expect(findOutliers([], MODELLED)).toEqual([]);
  });
});

describe('what is planted is found, at its month and as what it is', () => {
  test.each(['outlier', 'shift'] as const)('%s of eight standard deviations', (kind) => {
    const draw = random(kind.length);
    const found = share(200, () => {
      const at = 14 + Math.floor(draw() * 32);
      const logs = (kind === 'outlier' ? plusAt : plusFrom)(series(draw), at, 0.8);
      return isOne(findOutliers(logs, SAID), at, kind);
    });
    expect(found).toBeGreaterThan(0.75);
  });

  test('by about how much', () => {
    const draw = random(8);
    const effects = Array.from({ length: 100 }, () => {
      const found = findOutliers(plusAt(series(draw), 30, -1), SAID);
      return found.find(({ index }) => index === 30)?.effect ?? NaN;
    }).filter((effect) => !Number.isNaN(effect));
    expect(effects.length).toBeGreaterThan(90);
    expect(effects.reduce((sum, one) => sum + one, 0) / effects.length).toBeCloseTo(-1, 1);
  });

  test('without noise exactly, several at once', () => {
    const exact = series(random(9), { noise: 0, drift: 0 });
    const found = findOutliers(plusFrom(plusAt(exact, 23, -0.4), 40, 0.2), SAID);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ index: 23, kind: 'outlier' });
    expect(found[1]).toMatchObject({ index: 40, kind: 'shift' });
    expect(found.map(({ effect }) => effect)).toEqual([expect.closeTo(-0.4, 6), expect.closeTo(0.2, 6)]);
  });
});

test('a month that is given is modelled, whatever it comes to, and others beside it', () => {
  const draw = random(10);
  for (let trial = 0; trial < 50; trial++) {
    const found = findOutliers(series(draw), MODELLED, [23]);
    expect(isOne(found, 23, 'outlier')).toBe(true);
  }
  // Positions that the series does not have are of months that it does not have.
  expect(() => findOutliers(series(draw), MODELLED, [-1, 99])).not.toThrow();
});

test.each([36, 40, 48])(
  'of %i months, the same month of every year may be given: that is the season, and no fault',
  (length) => {
    const draw = random(7);
    const logs = Array.from({ length }, () => 10 + 0.1 * normal(draw));
    for (let first = 0; first < 12; first++) {
      const given = Array.from({ length: 4 }, (_, year) => first + 12 * year).filter(
        (index) => index < length,
      );
      const found = findOutliers(logs, MODELLED, given);
      expect(found.every(({ effect, tau }) => Number.isFinite(effect) && Number.isFinite(tau))).toBe(true);
      // All but one of them can be told from the season.
      expect(
        given.filter((index) => !found.some((one) => one.index === index && one.kind === 'outlier')).length,
      ).toBeLessThanOrEqual(2);
    }
  },
);

test('an outlier adds to its month, a shift to all from its own on', () => {
  const found: Outlier[] = [
    { index: 2, kind: 'outlier', effect: 1, tau: 9 },
    { index: 3, kind: 'shift', effect: 10, tau: 9 },
  ];
  expect([0, 1, 2, 3, 4, 5].map((index) => effectAt(found, index))).toEqual([0, 0, 1, 10, 10, 10]);
});
