import fc from 'fast-check';
import { cyclePoints } from './cycle.ts';
import { clockQuadrant } from './recovery.ts';

test('steady growth is no cycle', () => {
  const points = cyclePoints(Array.from({ length: 36 }, (_, month) => 100 * 1.02 ** month));
  for (const point of points.slice(1)) {
    expect(point?.deviation).toBeCloseTo(0, 12);
    expect(point?.change).toBeCloseTo(0, 12);
  }
  expect(points[0]).toBeNull();
});

test('a wave passes the quadrants in order', () => {
  const wave = Array.from({ length: 72 }, (_, month) => Math.exp(0.1 * Math.sin((2 * Math.PI * month) / 24)));
  const seen = cyclePoints(wave).map((point) => point && clockQuadrant(point.deviation, point.change));
  const order = seen
    .filter((quadrant, index) => quadrant !== null && quadrant !== seen[index - 1])
    .slice(1, 9);
  const cycle = ['expansion', 'slowdown', 'contraction', 'recovery'];
  const start = cycle.indexOf(String(order[0]));
  expect(order).toEqual(order.map((_, index) => cycle[(start + index) % 4]));
});

test('the unit of the series does not matter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 40 }),
      fc.double({ min: 0.01, max: 1000, noNaN: true }),
      (values, factor) => {
        const scaled = cyclePoints(values.map((value) => value * factor));
        cyclePoints(values).forEach((point, index) => {
          expect(scaled[index]?.deviation ?? 0).toBeCloseTo(point?.deviation ?? 0, 9);
        });
      },
    ),
  );
});

test('a month without value has no logarithm', () => {
  expect(() => cyclePoints([1, 0, 2])).toThrow(RangeError);
});
