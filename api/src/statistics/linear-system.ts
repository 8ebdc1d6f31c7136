/** Systems of a few dozen linear equations. */
import { at } from '../core/vector.ts';

/**
 * x of A x = b by Gaussian elimination with partial pivoting. @throws RangeError where A is singular to working
 * precision.
 */
export function linearSolution(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, at(right, index)]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const pivot = pivotRow(rows, column);
    const line = at(rows, pivot);
    rows[pivot] = at(rows, column);
    rows[column] = line;
    for (let below = column + 1; below < size; below++) subtract(at(rows, below), line, column);
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    const line = at(rows, row);
    let rest = at(line, size);
    for (let column = row + 1; column < size; column++) rest -= at(line, column) * at(solution, column);
    solution[row] = rest / at(line, row);
  }
  return solution;
}

function pivotRow(rows: readonly number[][], column: number): number {
  let pivot = column;
  for (let row = column + 1; row < rows.length; row++) {
    if (Math.abs(at(at(rows, row), column)) > Math.abs(at(at(rows, pivot), column))) pivot = row;
  }
  if (!(Math.abs(at(at(rows, pivot), column)) > 1e-12))
    throw new RangeError('the equations have no one solution');
  return pivot;
}

function subtract(row: number[], pivot: readonly number[], column: number): void {
  const times = at(row, column) / at(pivot, column);
  for (let index = column; index < row.length; index++)
    row[index] = at(row, index) - times * at(pivot, index);
}
