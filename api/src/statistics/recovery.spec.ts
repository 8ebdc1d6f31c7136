import fc from 'fast-check';
import { breadth } from './breadth.ts';
import {
  clockQuadrant,
  RECOVERY_STATES,
  type RecoveryFigures,
  recoveryRatio,
  recoveryState,
  trough,
} from './recovery.ts';

const BANDS = { level: 2, growth: 0.02, breadth: 5 };
const figures = (
  level: number | null,
  growth: number | null,
  wide: number | null,
): RecoveryFigures<number | null> => ({
  level,
  growth,
  breadth: wide,
});
const stateOf = (...values: Parameters<typeof figures>) => recoveryState(figures(...values), BANDS).state;

test('recovery ratio: the season of the reference year divides out', () => {
  expect(recoveryRatio(120, 100, 150, 100)).toBeCloseTo(80, 12);
  expect(recoveryRatio(120, 100, 120, 100)).toBe(100);
  expect(recoveryRatio(0, 100, 120, 100)).toBe(0);
});

test.each<[number | null, number | null, number | null, number | null]>([
  [null, 1, 1, 1],
  [1, 0, 1, 1],
  [1, 1, 0, 1],
  [1, 1, 1, 0],
  [1, 1, 1, null],
])('no recovery ratio of %p, %p, %p, %p', (...values) => expect(recoveryRatio(...values)).toBeNull());

test.each([
  ['half regained', [100, 80, 60, 70, 80], { index: 2, depth: 40, monthsSince: 2, regained: 0.5 }],
  ['beyond the reference', [100, 75, 110], { index: 1, depth: 25, monthsSince: 1, regained: 1.4 }],
  ['still at the bottom', [100, 90, 75], { index: 2, depth: 25, monthsSince: 0, regained: 0 }],
  ['the last of equal months', [50, 100, 50, 75], { index: 2, depth: 50, monthsSince: 1, regained: 0.5 }],
  ['gaps', [null, 100, null, 50, null, 75], { index: 3, depth: 50, monthsSince: 2, regained: 0.5 }],
  ['the last month not known', [100, 50, 100, null], { index: 1, depth: 50, monthsSince: 2, regained: null }],
  ['only the trough known', [null, 0, null, null], { index: 1, depth: 100, monthsSince: 2, regained: null }],
  ['never below', [100, 120, 105], null],
  ['nothing known', [null, null], null],
])('trough: %s', (_, series, expected) => expect(trough(series)).toEqual(expected));

test.each([
  [1, 1, 'expansion'],
  [0, 0, 'expansion'],
  [1, -1, 'slowdown'],
  [0, -1, 'slowdown'],
  [-1, -1, 'contraction'],
  [-1, 1, 'recovery'],
  [-1, 0, 'recovery'],
  [null, 1, null],
  [1, null, null],
])('clock at x = %p, y = %p: %p', (x, y, expected) => expect(clockQuadrant(x, y)).toBe(expected));

test.each([
  ['recovered', 112, 0.06, 70],
  ['recovered', 100, 0, 50], // on the threshold
  ['recovered', 104, -0.02, 40], // a small fall, within the band
  ['carried-by-few', 104, 0.05, 50], // a few that grow are no recovery, wherever the level is
  ['too-little-data', 104, 0.05, null],
  ['recovered', 104, 0.02, null], // without growth breadth does not decide
  ['slipping', 104, -0.021, 40],
  ['recovering', 85, 0.08, 64],
  ['carried-by-few', 85, 0.08, 50],
  ['carried-by-few', 85, 0.08, 30],
  ['declining', 85, -0.08, 64],
  ['flat', 85, 0.02, 80],
  ['flat', 85, -0.02, null],
  ['too-little-data', null, 0.05, 60],
  ['too-little-data', 85, null, 60],
  ['too-little-data', 85, 0.08, null],
])('%s: level %p, growth %p, breadth %p', (state, level, growth, wide) =>
  expect(stateOf(level, growth, wide)).toBe(state),
);

test('a belt carried by three factories', () => {
  const factories = Array.from({ length: 3 }, () => [1_000_000, 1_600_000] as const);
  const workshops = Array.from({ length: 40 }, (_, index) => [20_000, index < 30 ? 16_000 : 21_500] as const);
  const merchants = [...factories, ...workshops];
  const [before, after] = [merchants.map(([value]) => value), merchants.map(([, value]) => value)];
  const growth = after.reduce((all, one) => all + one, 0) / before.reduce((all, one) => all + one, 0) - 1;
  expect(growth).toBeGreaterThan(0.4);
  const wide = breadth(before, after, 0.05).value;
  expect(wide).toBeCloseTo(1300 / 43, 9);
  expect(recoveryState(figures(91, growth, wide), BANDS)).toMatchObject({
    state: 'carried-by-few',
    sureness: { grade: 'clear' },
  });
  expect(recoveryState(figures(103, growth, wide), BANDS).state).toBe('carried-by-few');
});

test('reasons name what decided, each with its distance', () => {
  expect(recoveryState(figures(90, 0.06, 65), BANDS)).toEqual({
    state: 'recovering',
    reasons: [
      { figure: 'level', value: 90, threshold: 100, side: 'below', distance: 5 },
      { figure: 'growth', value: 0.06, threshold: 0.02, side: 'above', distance: expect.closeTo(2, 9) },
      { figure: 'breadth', value: 65, threshold: 50, side: 'above', distance: 3 },
    ],
    sureness: { grade: expect.any(String), distance: expect.closeTo(2, 9) },
  });
});

test.each([
  ['clear', figures(90, 0.07, 65), {}],
  ['likely', figures(97, 0.07, 65), {}],
  ['borderline', figures(99, 0.07, 65), {}],
  ['borderline', figures(90, 0.07, 51), {}],
  ['clear', figures(99, 0.07, 65), { level: 0.4 }], // a precise level is clear although near
  ['borderline', figures(90, 0.07, 65), { growth: 0.1 }], // a noisy growth is not although far
  ['likely', figures(90, 0, 65), {}], // flat
  ['clear', figures(90, 0, 65), { growth: 0.005 }],
])('%s: %p with noise %p', (grade, values, noise) =>
  expect(recoveryState(values, BANDS, noise).sureness?.grade).toBe(grade),
);

test('too little data is sure of nothing; a dead-band of 0 is refused', () => {
  expect(recoveryState(figures(null, 0.1, 60), BANDS)).toEqual({
    state: 'too-little-data',
    reasons: [],
    sureness: null,
  });
  expect(() => recoveryState(figures(90, 0, 50), { ...BANDS, growth: 0 })).toThrow(RangeError);
});

const figure = fc.record({
  level: fc.double({ min: 0, max: 200, noNaN: true }),
  growth: fc.double({ min: -1, max: 1, noNaN: true }),
  breadth: fc.double({ min: 0, max: 100, noNaN: true }),
});

test('a finding at a distance does not change before a figure has moved as far', () => {
  fc.assert(
    fc.property(
      figure,
      fc.tuple(...Array.from({ length: 3 }, () => fc.double({ min: -0.999, max: 0.999, noNaN: true }))),
      (values, moves) => {
        const { state, sureness } = recoveryState(values, BANDS);
        expect(RECOVERY_STATES).toContain(state);
        const reach = sureness?.distance ?? 0;
        const [level = 0, growth = 0, wide = 0] = moves;
        const moved = {
          level: values.level + level * reach * BANDS.level,
          growth: values.growth + growth * reach * BANDS.growth,
          breadth: values.breadth + wide * reach * BANDS.breadth,
        };
        expect(recoveryState(moved, BANDS).state).toBe(state);
      },
    ),
    { numRuns: 1000 },
  );
});
