import { clockErrors, clockQuadrant, quadrantProbability } from './clock.ts';
import { normal, random } from './planted.ts';
import {
  clockOwners,
  clockPlace,
  correlationOf,
  coveredPlaces,
  monthlyPlaces,
  noisePlaces,
} from './planted-clock.ts';
import { certaintyOf } from './recovery.ts';

test.each([
  [1, 1, 'expansion'],
  [0, 0, 'expansion'],
  [1, -1, 'slowdown'],
  [0, -1, 'slowdown'],
  [-1, -1, 'contraction'],
  [-1, 1, 'recovery'],
  [-1, 0, 'recovery'],
])('at x = %p, y = %p: %p', (x, y, expected) => expect(clockQuadrant(x, y)).toBe(expected));

test('at the end of a series in which nothing happens, x and y do not go together', () => {
  expect(Math.abs(correlationOf(noisePlaces(random(61), 3_000)))).toBeLessThan(0.1);
});

test('x follows planted growth over a year', () => {
  const draw = random(62);
  const pairs = Array.from({ length: 400 }, () => {
    const growth = 0.6 + 0.8 * draw();
    const values = Array.from({ length: 24 }, (_, month) => {
      const level = month < 12 ? 100 : 100 * growth;
      return level * (1 + 0.3 * Math.sin((2 * Math.PI * month) / 12)) * Math.exp(0.06 * normal(draw));
    });
    return { x: growth, y: monthlyPlaces(values)[0]?.x ?? NaN };
  });
  expect(correlationOf(pairs)).toBeGreaterThan(0.98);
});

test('intervals of 90 % hold planted coordinates nine times of ten', () => {
  const { told, x, y } = coveredPlaces(random(63), 2_000);
  expect(told).toBeGreaterThan(1_900);
  for (const share of [x / told, y / told]) expect(Math.abs(share - 0.9)).toBeLessThan(0.02);
});

test('where nothing happens hardly any place is sure; a planted one is found, and named as it is', () => {
  const draw = random(64);
  const said = (growth: number, lately: number) => {
    const certainties = Array.from({ length: 500 }, () => {
      const sums = clockOwners(draw, 100, growth, lately);
      const errors = clockErrors(sums);
      const { x, y } = clockPlace(sums);
      // Now and then a few owners hold nearly everything.
      if (typeof errors === 'string') return { certainty: null, quadrant: clockQuadrant(x, y) };
      return { certainty: certaintyOf(quadrantProbability(x, y, errors)), quadrant: clockQuadrant(x, y) };
    });
    const share = (certainty: string, quadrant?: string) =>
      certainties.filter(
        (one) => one.certainty === certainty && (quadrant === undefined || one.quadrant === quadrant),
      ).length / 500;
    return { sure: share('sure'), likely: share('likely'), share };
  };
  const nothing = said(1, 1);
  expect(nothing.sure).toBeLessThan(0.05);
  const far = said(0.75, 0.95);
  expect(far.share('sure', 'recovery')).toBeGreaterThan(0.7);
  expect(far.sure - far.share('sure', 'recovery')).toBeLessThan(0.01);
});

test('no error of few owners, and none of a coordinate that one of them decides', () => {
  const few = clockOwners(random(65), 12, 1, 1);
  expect(clockErrors(few)).toBe('too-few-owners');
  const many = clockOwners(random(66), 60, 1, 1);
  const dominated = { ...many, quarterBefore: many.quarterBefore.map((_, owner) => (owner === 0 ? 900 : 0)) };
  expect(['too-few-owners', 'not-positive']).toContain(clockErrors(dominated));
});

test('a place whose owners all move alike has no doubt, but where its coordinate is 0', () => {
  const none = { value: 0, standardError: 0, degrees: 30, reach: 1.7 };
  const errors = { logX: none, y: none };
  expect(quadrantProbability(0.1, -0.1, errors)).toBe(1);
  expect(quadrantProbability(0, -0.1, errors)).toBe(0.5);
});
