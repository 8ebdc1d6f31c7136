import fc from 'fast-check';
import { chainLadder } from './chain-ladder.ts';
import { RAA } from './published/raa-triangle.ts';
import { at, sum } from '../core/vector.ts';

test('published results of the RAA triangle', () => {
  const { factors, rows, total } = chainLadder(RAA.rows);
  RAA.factors.forEach((factor, step) => expect(factors[step]).toBeCloseTo(factor, 3));
  expect(total.ibnr).toBeCloseTo(RAA.ibnr, 2);
  expect(total.standardError).toBeCloseTo(RAA.standardError, 2);
  expect(sum(rows.map((row) => row.ibnr ?? NaN))).toBeCloseTo(RAA.ibnr, 2);
  expect(rows[0]).toEqual({ latest: 18834, ultimate: 18834, ibnr: 0, standardError: 0 });
});

test('the same triangle with nulls for what is to come', () => {
  const padded = RAA.rows.map((row) => [...row, ...new Array<null>(10 - row.length).fill(null)]);
  expect(chainLadder(padded)).toEqual(chainLadder(RAA.rows));
});

/** Cumulated rows of six columns: whole ones, and a running one. */
const whole = fc.array(
  fc
    .array(fc.integer({ min: 1, max: 1000 }), { minLength: 6, maxLength: 6 })
    .map((steps) => steps.map((_, i) => sum(steps.slice(0, i + 1)))),
  { minLength: 3, maxLength: 20 },
);
const reached = fc.integer({ min: 1, max: 5 });

test('whole months and a running one: the running one is scaled by how the others went on', () => {
  fc.assert(
    fc.property(whole, reached, fc.integer({ min: 1, max: 1000 }), (rows, columns, value) => {
      const running = Array.from({ length: columns }, () => value);
      const { rows: completed, total } = chainLadder([...rows, running]);
      const whole6 = sum(rows.map((row) => at(row, 5)));
      const share = sum(rows.map((row) => at(row, columns - 1))) / whole6;
      expect(completed.at(-1)?.ultimate).toBeCloseTo(value / share, 6);
      expect(completed.at(-1)?.standardError).toBeCloseTo(total.standardError ?? NaN, 9);
      expect((total.ultimate ?? NaN) / (whole6 + value / share)).toBeCloseTo(1, 12);
      completed.slice(0, -1).forEach((row, index) => {
        expect(row).toEqual({
          latest: at(at(rows, index), 5),
          ultimate: at(at(rows, index), 5),
          ibnr: 0,
          standardError: 0,
        });
      });
    }),
  );
});

test('errors of rows add up more than independently, and less than all alike', () => {
  fc.assert(
    fc.property(whole, fc.array(reached, { minLength: 2, maxLength: 4 }), (rows, lengths) => {
      const running = lengths.map((length, index) => at(rows, index % rows.length).slice(0, length));
      const result = chainLadder([...rows, ...running]);
      const errors = result.rows.map((row) => row.standardError ?? NaN);
      const total = result.total.standardError ?? NaN;
      expect(total).toBeGreaterThanOrEqual(Math.sqrt(sum(errors.map((error) => error ** 2))) * (1 - 1e-9));
      expect(total).toBeLessThanOrEqual(sum(errors) * (1 + 1e-9));
    }),
  );
});

test('months that fill up alike leave no doubt', () => {
  const { rows, factors } = chainLadder([[10, 30, 60], [20, 60, 120], [40, 120, 240], [7]]);
  expect(factors).toEqual([3, 2]);
  expect(rows[3]).toEqual({ latest: 7, ultimate: 42, ibnr: 35, standardError: 0 });
});

test('the unit scales everything', () => {
  const cents = chainLadder(RAA.rows.map((row) => row.map((value) => value * 100)));
  expect((cents.total.ibnr ?? NaN) / 100).toBeCloseTo(RAA.ibnr, 2);
  expect((cents.total.standardError ?? NaN) / 100).toBeCloseTo(RAA.standardError, 2);
});

test('weights: a row of weight 0 does not teach, but is completed; equal weights change no factor', () => {
  const rows = [[10, 20], [10, 22], [10, 90], [5]];
  const without = chainLadder([[10, 20], [10, 22], [5]]);
  const weighted = chainLadder(rows, [1, 1, 0, 1]);
  expect(weighted.factors).toEqual(without.factors);
  expect(weighted.rows[3]).toEqual(without.rows[2]);
  expect(weighted.rows[2]?.ultimate).toBe(90);
  expect(chainLadder(rows, [2, 2, 2, 2]).factors).toEqual(chainLadder(rows).factors);
  expect(chainLadder(rows, [0.1, 1, 1, 1]).factors[0]).toBeCloseTo((2 + 22 + 90) / (1 + 10 + 10), 12);
});

test('too little to learn from: no factor, no completion; one pair, no error', () => {
  expect(chainLadder([[0, 5], [3]]).rows[1]).toEqual({
    latest: 3,
    ultimate: null,
    ibnr: null,
    standardError: null,
  });
  expect(chainLadder([[10, 20], [3]]).rows[1]).toEqual({
    latest: 3,
    ultimate: 6,
    ibnr: 3,
    standardError: null,
  });
  expect(chainLadder([[10, 20]]).total).toEqual({ latest: 20, ultimate: 20, ibnr: 0, standardError: 0 });
  expect(chainLadder([])).toEqual({
    factors: [],
    sigmaSquared: [],
    rows: [],
    total: { latest: 0, ultimate: 0, ibnr: 0, standardError: 0 },
  });
});

test('a running month at 0 stays at 0', () => {
  expect(chainLadder([[1, 2], [2, 5], [0]]).rows[2]).toEqual({
    latest: 0,
    ultimate: 0,
    ibnr: 0,
    standardError: 0,
  });
});

test.each([[[[1, null, 3]]], [[[null]]], [[[-1, 2]]], [[[1, NaN]]]])('%p is refused', (rows) =>
  expect(() => chainLadder(rows)).toThrow(RangeError),
);
test('weights are refused where they do not fit', () => {
  expect(() => chainLadder([[1]], [1, 1])).toThrow(RangeError);
  expect(() => chainLadder([[1]], [-1])).toThrow(RangeError);
});
