import fc from 'fast-check';
import { linearSolution } from './linear-system.ts';
import { at } from '../core/vector.ts';

test('a system that needs its rows exchanged', () => {
  expect(
    linearSolution(
      [
        [0, 2],
        [4, 1],
      ],
      [6, 7],
    ),
  ).toEqual([1, 3]);
});

test('the solution satisfies the equations', () => {
  const number = fc.double({ min: -10, max: 10, noNaN: true });
  const row = fc.array(number, { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 4, maxLength: 4 }), row, (matrix, right) => {
      const dominant = matrix.map((line, index) =>
        line.map((value, column) => (index === column ? value + 100 : value)),
      );
      const solution = linearSolution(dominant, right);
      dominant.forEach((line, index) => {
        const left = line.reduce((sum, value, column) => sum + value * at(solution, column), 0);
        expect(left).toBeCloseTo(at(right, index), 9);
      });
    }),
  );
});

test('equations that say the same twice are refused', () => {
  expect(() =>
    linearSolution(
      [
        [1, 2],
        [2, 4],
      ],
      [1, 2],
    ),
  ).toThrow(RangeError);
});
