import fc from 'fast-check';
import { turnover, TURNOVER_GROUPS } from './turnover.ts';
import { sum } from '../core/vector.ts';

const cents = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1e12 }));
const merchants = fc.array(fc.tuple(cents, cents), { maxLength: 200 });
const of = (pairs: readonly (readonly [number, number])[]) =>
  turnover(
    pairs.map(([before]) => before),
    pairs.map(([, after]) => after),
  );

test('five merchants by hand', () => {
  const result = of([
    [0, 30],
    [20, 0],
    [50, 80],
    [40, 10],
    [10, 10],
    [0, 0],
  ]);
  expect(result).toMatchObject({ before: 120, after: 130, change: 10, growth: 10 / 125 });
  expect(result.groups).toEqual({
    entrants: { merchants: 1, before: 0, after: 30, change: 30, contribution: 30 / 125 },
    exits: { merchants: 1, before: 20, after: 0, change: -20, contribution: -20 / 125 },
    expanding: { merchants: 1, before: 50, after: 80, change: 30, contribution: 30 / 125 },
    contracting: { merchants: 1, before: 40, after: 10, change: -30, contribution: -30 / 125 },
    unchanged: { merchants: 1, before: 10, after: 10, change: 0, contribution: 0 },
  });
  expect(result.sameStore).toEqual({ merchants: 3, before: 100, after: 100, growth: 0 });
});

test('the parts add up to the total exactly, and growth stays within −2 and 2', () => {
  fc.assert(
    fc.property(merchants, (pairs) => {
      const result = of(pairs);
      const parts = TURNOVER_GROUPS.map((name) => result.groups[name]);
      expect(sum(parts.map((part) => part.change))).toBe(result.change);
      expect(sum(parts.map((part) => part.before))).toBe(result.before);
      expect(sum(parts.map((part) => part.after))).toBe(result.after);
      expect(sum(parts.map((part) => part.merchants))).toBe(pairs.filter(([a, b]) => a + b > 0).length);
      const { growth } = result;
      if (growth === null) {
        expect(result.before + result.after).toBe(0);
        return;
      }
      expect(Math.abs(growth)).toBeLessThanOrEqual(2);
      expect(sum(parts.map((part) => part.contribution ?? NaN))).toBeCloseTo(growth, 10);
    }),
  );
});

test('turning time around turns growth around: entrants become exits', () => {
  fc.assert(
    fc.property(merchants, (pairs) => {
      const [there, back] = [of(pairs), of(pairs.map(([before, after]) => [after, before]))];
      expect(back.change + there.change).toBe(0);
      expect((back.growth ?? 0) + (there.growth ?? 0)).toBe(0);
      expect(back.groups.exits.before).toBe(there.groups.entrants.after);
      expect(back.groups.contracting.merchants).toBe(there.groups.expanding.merchants);
    }),
  );
});

test('only entrants grow by 2, only exits by −2, and nobody by nothing', () => {
  expect(
    of([
      [0, 5],
      [0, 9],
    ]),
  ).toMatchObject({ growth: 2, sameStore: { merchants: 0, growth: null } });
  expect(of([[5, 0]]).growth).toBe(-2);
  expect(of([]).growth).toBeNull();
  expect(of([[0, 0]]).groups.unchanged).toMatchObject({ merchants: 0, contribution: null });
});

test('typed arrays, as the engine delivers them', () => {
  expect(turnover(Float64Array.of(10), Float64Array.of(15)).sameStore.growth).toBe(0.5);
});

test.each([
  [[1.5], [1]],
  [[-1], [1]],
  [[1], [NaN]],
  [[2 ** 53], [1]],
  [[1], [1, 2]],
])('%p to %p is refused', (before, after) => expect(() => turnover(before, after)).toThrow(RangeError));
