import fc from 'fast-check';
import { reservesOf } from './benktander.ts';

test('published example of Mack (2000): half is paid where 0.9 was expected', () => {
  const { chainLadder, bornhuetterFerguson, benktander } = reservesOf({
    latest: 0.55,
    completion: 0.5,
    prior: 0.9,
  });
  expect(chainLadder).toBeCloseTo(0.55, 12);
  expect(bornhuetterFerguson).toBeCloseTo(0.45, 12);
  expect(benktander).toBeCloseTo(0.5, 12);
});

const period = fc.record({
  latest: fc.double({ min: 0, max: 1e6, noNaN: true }),
  completion: fc.double({ min: 0.01, max: 1, noNaN: true }),
  prior: fc.double({ min: 0, max: 1e6, noNaN: true }),
});

test('Benktander is Bornhuetter–Ferguson of Bornhuetter–Ferguson’s own whole, and lies between the two rules', () => {
  fc.assert(
    fc.property(period, (one) => {
      const { chainLadder, bornhuetterFerguson, benktander } = reservesOf(one);
      const again = reservesOf({ ...one, prior: one.latest + bornhuetterFerguson }).bornhuetterFerguson;
      const slack = 1e-6 * (1 + benktander);
      expect(Math.abs(again - benktander)).toBeLessThan(slack);
      expect(benktander).toBeGreaterThanOrEqual(Math.min(chainLadder, bornhuetterFerguson) - slack);
      expect(benktander).toBeLessThanOrEqual(Math.max(chainLadder, bornhuetterFerguson) + slack);
    }),
  );
});

test('what came as it was expected leaves no choice, and a whole leaves nothing', () => {
  const { chainLadder, bornhuetterFerguson, benktander } = reservesOf({
    latest: 30,
    completion: 0.3,
    prior: 100,
  });
  expect([chainLadder, bornhuetterFerguson, benktander].map((rest) => Math.round(rest * 1e9) / 1e9)).toEqual([
    70, 70, 70,
  ]);
  expect(reservesOf({ latest: 30, completion: 1, prior: 100 })).toEqual({
    chainLadder: 0,
    bornhuetterFerguson: 0,
    benktander: 0,
  });
});

test.each([0, -0.1, 1.1, NaN])('a completion of %p is refused', (completion) =>
  expect(() => reservesOf({ latest: 1, completion, prior: 1 })).toThrow(RangeError),
);
