import fc from 'fast-check';
import {
  isCarriedByFew,
  RECOVERY_STATES,
  medianInflation,
  medianLevel,
  recoveryRatio,
  type RecoveryState,
  recoveryState,
  stateFinding,
  trough,
} from './recovery.ts';
import { normal, random } from './planted.ts';

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

test('the season is the median over years, and so much less sure than a mean would be', () => {
  expect([medianLevel([]), medianLevel([90]), medianLevel([90, 110]), medianLevel([300, 90, 110])]).toEqual([
    null,
    null,
    100,
    110,
  ]);
  const draw = random(12);
  for (const count of [2, 3, 4, 5, 6, 7]) {
    const rows = Array.from({ length: 20_000 }, () => Array.from({ length: count }, () => normal(draw)));
    const variance = rows.reduce((sum, row) => sum + (medianLevel(row) ?? NaN) ** 2, 0) / rows.length;
    const inflation = Math.sqrt(variance * count);
    expect([count, Math.abs(inflation / medianInflation(count) - 1) < 0.02]).toEqual([count, true]);
  }
  expect(medianInflation(99)).toBeCloseTo(Math.sqrt(Math.PI / 2), 12);
});

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

const BAND = 0.02;

test.each<[RecoveryState, number, number]>([
  ['recovered', 100, 0],
  ['recovered', 100, -0.02],
  ['recovered', 130, 0.3],
  ['slipping', 100, -0.0201],
  ['recovering', 99.99, 0.0201],
  ['flat', 99.99, 0.02],
  ['flat', 60, -0.02],
  ['declining', 60, -0.0201],
])('%s: level %p, growth %p', (state, level, growth) => {
  expect(recoveryState({ level, growth, isCarried: false }, BAND)).toBe(state);
  expect(recoveryState({ level, growth, isCarried: true }, BAND)).toBe('carried-by-few');
});

test.each<[boolean, number, number | null, boolean]>([
  [true, 0.3, 0, false],
  [true, 0.3, -0.1, false],
  [true, 0.3, 0.3, true],
  [true, 0.3, null, false],
  [false, 0.3, 0.001, false],
  [false, 0.02, -0.3, true], // what does not grow is carried by nobody
])(
  'carried by few is %p: growth %p, of the others %p, narrow %p',
  (carried, growth, growthOfOthers, isNarrow) =>
    expect(isCarriedByFew({ growth, growthOfOthers, isNarrow }, BAND)).toBe(carried),
);

test('every state is one of the list, and one alone', () => {
  const any = fc.record({
    level: fc.double({ min: 0, max: 200, noNaN: true }),
    growth: fc.double({ min: -1, max: 1, noNaN: true }),
    isCarried: fc.boolean(),
  });
  fc.assert(fc.property(any, (values) => RECOVERY_STATES.includes(recoveryState(values, BAND))));
});

describe('which state would be found again', () => {
  const drawn = (...counts: readonly (readonly [RecoveryState, number])[]) =>
    counts.flatMap(([state, count]) => Array<RecoveryState>(count).fill(state));

  test.each([
    ['sure', 0.95, drawn(['flat', 380], ['declining', 20])],
    ['likely', 0.9475, drawn(['declining', 21], ['flat', 379])],
    ['likely', 0.8, drawn(['flat', 320], ['declining', 80])],
    [null, 0.7975, drawn(['flat', 319], ['declining', 81])],
  ])('%s at %p', (certainty, probability, states) =>
    expect(stateFinding(states)).toEqual({ state: 'flat', probability, certainty }),
  );

  test('of two as frequent ones the first of the list', () => {
    expect(stateFinding(drawn(['declining', 5], ['recovering', 5])).state).toBe('recovering');
  });
});
