import fc from 'fast-check';
import { checkedTurns, turningPoints } from './turning-points.ts';
import { at } from '../core/vector.ts';
import { effectAt, findOutliers, SAID } from './outliers.ts';
import { random } from './planted.ts';
import {
  adjustedNoise,
  foundTurns,
  peak,
  PLANTED_TURNS,
  shareTurned,
  through,
  trough,
} from './planted-turns.ts';

test.each([
  ['a step', [...new Array<number>(24).fill(100), ...new Array<number>(24).fill(60)], []],
  ['nothing moves', new Array<number>(48).fill(5), []],
  ['a trend', through([0, 100], [47, 200]), []],
  ['a V', through([0, 100], [20, 60], [47, 110]), [trough(20)]],
  ['an L', through([0, 100], [10, 40], [47, 40]), []],
  ['a fall that begins late', through([0, 100], [20, 120], [47, 60]), [peak(20)]],
  [
    'a W with two years between its dips',
    through([0, 100], [12, 60], [24, 90], [36, 55], [47, 80]),
    [trough(12), peak(24), trough(36)],
  ],
  [
    'a double dip ten months apart is one trough, the deeper',
    through([0, 100], [15, 60], [20, 75], [25, 50], [47, 110]),
    [trough(25)],
  ],
  ['of two equal dips the later', through([0, 100], [15, 60], [20, 75], [25, 60], [47, 110]), [trough(25)]],
  ['a U, dated to its middle', through([0, 100], [15, 60], [25, 60], [47, 110]), [trough(20)]],
  ['a turn in the last five months is not yet one', through([0, 100], [43, 60], [47, 90]), []],
  ['nor one in the first five', through([0, 80], [4, 100], [47, 60]), []],
  ['a first peak below the start', through([0, 100], [3, 70], [10, 80], [30, 50], [47, 90]), [trough(30)]],
  ['a crash of three months, too short a phase', through([0, 60], [20, 100], [23, 50], [47, 95]), []],
  ['too short a series', through([0, 1], [4, 0], [8, 1]), []],
  ['none', [], []],
] as const)('%s', (_, values, expected) => expect(turningPoints(values)).toEqual(expected));

test('a sine of two years: every crest and trough that is not at an end', () => {
  const sine = Array.from({ length: 96 }, (_, month) => Math.sin((2 * Math.PI * month) / 24));
  const crests = [peak(6), trough(18), peak(30), trough(42), peak(54), trough(66), peak(78), trough(90)];
  expect(turningPoints(sine)).toEqual(crests);
});

test('a cycle of a year is a season, not a cycle', () => {
  const season = Array.from({ length: 72 }, (_, month) => Math.sin((2 * Math.PI * month) / 12));
  const points = turningPoints(season);
  points
    .slice(2)
    .forEach((point, place) => expect(point.index - at(points, place).index).toBeGreaterThanOrEqual(15));
});

test('one month of the holiday is no cycle, on nothing, on a trend or beside a real trough', () => {
  const spiked = (values: readonly number[], month: number, to: number) =>
    values.map((value, index) => (index === month ? value * to : value));
  expect(turningPoints(spiked(new Array<number>(48).fill(100), 25, 0.3))).toEqual([]);
  expect(turningPoints(spiked(through([0, 100], [47, 150]), 25, 0.4))).toEqual([]);
  expect(turningPoints(spiked(through([0, 100], [20, 60], [47, 110]), 25, 0.3))).toEqual([trough(20)]);
  expect(turningPoints(spiked(through([0, 100], [20, 60], [47, 110]), 18, 2))).toEqual([trough(20)]);
});

const walk = fc
  .array(fc.integer({ min: -100, max: 100 }), { minLength: 0, maxLength: 120 })
  .map((steps) => steps.reduce<number[]>((values, step) => [...values, (values.at(-1) ?? 0) + step], []));

test('whatever the series: alternating, phases of 5 and cycles of 15 months, nothing at the ends', () => {
  fc.assert(
    fc.property(walk, (values) => {
      const points = turningPoints(values);
      points.forEach(({ index, kind }, place) => {
        expect(index).toBeGreaterThanOrEqual(5);
        expect(index).toBeLessThan(values.length - 5);
        const [before, twoBefore] = [points[place - 1], points[place - 2]];
        if (before !== undefined) {
          expect(before.kind).not.toBe(kind);
          expect(index - before.index).toBeGreaterThanOrEqual(5);
        }
        if (twoBefore !== undefined) expect(index - twoBefore.index).toBeGreaterThanOrEqual(15);
      });
    }),
    { numRuns: 1000 },
  );
});

test('upside down, peaks are troughs; the unit and the level do not matter', () => {
  fc.assert(
    fc.property(walk, (values) => {
      const points = turningPoints(values);
      const flipped = points.map(({ index, kind }) => ({ index, kind: kind === 'peak' ? 'trough' : 'peak' }));
      expect(turningPoints(values.map((value) => -value))).toEqual(flipped);
      expect(turningPoints(values.map((value) => 4 * value + 1024))).toEqual(points);
    }),
  );
});

test('a gap is refused', () => expect(() => turningPoints([1, NaN, 2])).toThrow(RangeError));

test('what never changes does not turn, whatever the last digits do', () => {
  const noise = (index: number) =>
    12_170.62 * (1 + 1e-6 * Math.sin(index * 2.1) + 1e-6 * Math.cos(index / 5));
  expect(turningPoints(Array.from({ length: 60 }, (_, index) => noise(index)))).toEqual([]);
  // And a change of a hundredth still does.
  const wave = (index: number) => 12_170.62 * (1 + 0.01 * Math.sin((2 * Math.PI * index) / 24));
  expect(turningPoints(Array.from({ length: 60 }, (_, index) => wave(index))).length).toBeGreaterThan(2);
});

test('of series in which nothing happens, one in ten at most has a turn, on a trend too', () => {
  expect(shareTurned(() => 0)).toBeLessThan(0.1);
  expect(shareTurned((month) => month / 10)).toBeLessThan(0.1);
});

test('nor does a wave of one month, once it is known as an outlier, turn a series', () => {
  const draw = random(14);
  const turned = Array.from({ length: 200 }, () => {
    const waved = adjustedNoise(draw, (month) => (month === 24 ? -8 : 0)).map((one) => one / 20);
    const outliers = findOutliers(waved, SAID).filter(({ kind }) => kind === 'outlier');
    return turningPoints(waved.map((one, index) => one - effectAt(outliers, index)));
  });
  expect(turned.filter((points) => points.length > 0).length).toBeLessThan(20);
});

test('a dip of three deviations over two years is found, and nothing else', () => {
  const dip = (month: number) => -3 + (3 * Math.abs(month - 24)) / 24;
  expect(shareTurned(dip)).toBeGreaterThan(0.75);
  const draw = random(13);
  const deep = Array.from({ length: 200 }, () =>
    turningPoints(adjustedNoise(draw, (month) => 2 * dip(month))),
  );
  const single = deep.filter((points) => points.length === 1 && points[0]?.kind === 'trough');
  expect(single.length).toBeGreaterThan(190);
  const off = single.map((points) => Math.abs(at(points, 0).index - 24)).toSorted((a, b) => a - b);
  expect(at(off, off.length >> 1)).toBeLessThanOrEqual(2);
});

test.each([
  ['a V that falls in three months and recovers in twelve', 'quickV', 0.95],
  ['a V that falls in eight', 'v', 0.95],
  ['a V over four years', 'longV', 0.8],
  ['a W', 'w', 0.93],
  ['a double dip, the second deeper', 'doubleDip', 0.9],
  ['a rise and a fall', 'riseAndFall', 0.95],
] as const)('%s, planted in noise, is found within two months', (_, name, least) => {
  const { found, more } = foundTurns(PLANTED_TURNS[name]);
  expect(found).toBeGreaterThan(least);
  expect(more).toBeLessThan(0.12);
});

test('a turn is confirmed once the series a month shorter shows it too', () => {
  const v = through([0, 100], [20, 60], [47, 110]);
  expect(checkedTurns(v)).toEqual([{ ...trough(20), isConfirmed: true }]);
  // The sixth month from the end is the first that can be a turn: a month ago it could not.
  const late = through([0, 100], [20, 60], [42, 110], [47, 90]);
  expect(checkedTurns(late)).toEqual([
    { ...trough(20), isConfirmed: true },
    { ...peak(42), isConfirmed: false },
  ]);
  expect(checkedTurns([])).toEqual([]);
});

test('turns of noise are seldom confirmed wherever they were not before, and planted ones nearly always', () => {
  const draw = random(22);
  const dips = Array.from({ length: 300 }, () =>
    checkedTurns(adjustedNoise(draw, (month) => at(PLANTED_TURNS.v.path, month))),
  );
  const planted = dips.flat().filter(({ index, kind }) => kind === 'trough' && Math.abs(index - 24) <= 2);
  expect(planted.filter(({ isConfirmed }) => isConfirmed).length / planted.length).toBeGreaterThan(0.97);
  const noise = Array.from({ length: 600 }, () => checkedTurns(adjustedNoise(draw, () => 0)));
  const turned = noise.filter((points) => points.some(({ isConfirmed }) => isConfirmed));
  expect(turned.length / noise.length).toBeLessThan(0.07);
});
