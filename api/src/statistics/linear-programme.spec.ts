import { LinearProgramme, loadSolver } from './linear-programme.ts';

test('what an outsider derives of a two-way table whose inside is withheld: rows 7 and 3, columns 6 and 4', async () => {
  const cell = (row: number, column: number) => 2 * row + column;
  const equals = (columns: number[], total: number) => ({
    columns,
    coefficients: [1, 1],
    lower: total,
    upper: total,
  });
  const programme = new LinearProgramme(
    await loadSolver(),
    { lower: new Float64Array(4), upper: new Float64Array(4).fill(Infinity), cost: new Float64Array(4) },
    [
      equals([cell(0, 0), cell(0, 1)], 7),
      equals([cell(1, 0), cell(1, 1)], 3),
      equals([cell(0, 0), cell(1, 0)], 6),
      equals([cell(0, 1), cell(1, 1)], 4),
    ],
    { sense: 'maximise', simplex: 'primal' },
  );
  const bounds = [1, -1].map((sign) => {
    programme.cost(0, sign);
    return sign * (programme.solve()?.objective ?? NaN);
  });
  expect(bounds).toEqual([6, 3]);
  programme.bound(0, 0, 2);
  expect(programme.solve()).toBeNull();
  programme.dispose();
});

test('nothing that bounds it is infinite', async () => {
  const programme = new LinearProgramme(
    await loadSolver(),
    {
      lower: new Float64Array(1),
      upper: new Float64Array(1).fill(Infinity),
      cost: new Float64Array(1).fill(1),
    },
    [],
    { sense: 'maximise', simplex: 'primal' },
  );
  expect(programme.solve()?.objective).toBe(Infinity);
  programme.dispose();
});
