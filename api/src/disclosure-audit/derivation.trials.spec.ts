import fc from 'fast-check';
import { loadSolver } from '../statistics/linear-programme.ts';
import { Derivation } from './derivation.ts';
import { type Publication, type PublishedRow, rowName } from './unknowns.ts';

const highs = await loadSolver();
const BELTS = ['b0', 'b1', 'b2'].map((id) => ({ id, city: id, province: id, category: id }));
const TRACKS = [
  { key: 'all', bit: 0, isPart: false },
  { key: 'wholesale', bit: 64, isPart: false },
  { key: 'custom', bit: 4, isPart: false },
  { key: 'offline', bit: 16, isPart: false },
];
const COMBINATIONS = [64, 4, 16];

/** Belts by exclusive combinations, with the nation and all combinations as totals; `isShown` of each of the nine cells inside. */
function publication(inside: readonly (readonly number[])[], isShown: readonly boolean[]): Publication {
  const rows: PublishedRow[] = [];
  const add = (level: string, area: string, key: number, value: number, shown: boolean) =>
    rows.push(
      ...(['part', 'combination'] as const).map((by) => ({
        ...{ level, area, by, key },
        values: shown ? [value] : null,
      })),
    );
  inside.forEach((values, belt) => {
    values.forEach((value, no) =>
      add('belt', `b${belt}`, COMBINATIONS[no] ?? 0, value, isShown[3 * belt + no] ?? true),
    );
    const total = values.reduce((sum, one) => sum + one, 0);
    rows.push({ level: 'belt', area: `b${belt}`, by: 'track', key: 'all', values: [total] });
  });
  COMBINATIONS.forEach((key, no) => {
    const total = inside.reduce((sum, values) => sum + (values[no] ?? 0), 0);
    add('nation', '', key, total, true);
  });
  return { belts: BELTS, tracks: TRACKS, measures: 1, rows };
}

/** Rows of belts straight below the nation: what the hierarchy has between them is the belt itself. */
function withAreas({ rows, ...rest }: Publication): Publication {
  const copies = rows
    .filter(({ level }) => level === 'belt')
    .flatMap((row) => [
      { ...row, level: 'city', area: `${row.area}/${row.area}` },
      { ...row, level: 'province' },
      { ...row, level: 'category' },
    ]);
  return { ...rest, rows: [...rows, ...copies] };
}

const unknown = (derivation: Derivation, belt: number, no: number) =>
  derivation.unknowns.of.get(
    rowName({ level: 'belt', area: `b${belt}`, by: 'combination', key: COMBINATIONS[no] ?? 0 }),
  );

/** All whole numbers that the withheld cells may be: an integer table with integer margins takes its extremes at them. */
function bruteForce(
  inside: readonly (readonly number[])[],
  isShown: readonly boolean[],
  belt: number,
  no: number,
  wholes: readonly number[] = [],
) {
  const rowTotals = inside.map((values) => values.reduce((sum, one) => sum + one, 0));
  const columnTotals = COMBINATIONS.map((_, column) =>
    inside.reduce((sum, row) => sum + (row[column] ?? 0), 0),
  );
  let [lower, upper] = [Infinity, -Infinity];
  const place = (cell: number, rows: readonly number[], columns: readonly number[], target: number): void => {
    if (cell === 9) {
      if (rows.some((left) => left !== 0) || columns.some((left) => left !== 0)) return;
      [lower, upper] = [Math.min(lower, target), Math.max(upper, target)];
      return;
    }
    const [row, column] = [Math.floor(cell / 3), cell % 3];
    const truth = inside[row]?.[column] ?? 0;
    const most = Math.min(rows[row] ?? 0, columns[column] ?? 0, wholes[cell] ?? Infinity);
    const [from, to] = isShown[cell] ? [truth, truth] : [0, most];
    for (let value = from; value <= to && value <= most; value++)
      place(
        cell + 1,
        rows.map((left, one) => (one === row ? left - value : left)),
        columns.map((left, one) => (one === column ? left - value : left)),
        cell === 3 * belt + no ? value : target,
      );
  };
  place(0, rowTotals, columnTotals, 0);
  return { lower, upper };
}

test('bounds are those of every table that there could be, counted one by one', () => {
  const cells = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 9, maxLength: 9 });
  const shown = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(cells, shown, (values, isShown) => {
      const inside = [0, 1, 2].map((row) => values.slice(3 * row, 3 * row + 3));
      const derivation = new Derivation(highs, withAreas(publication(inside, isShown)));
      for (let cell = 0; cell < 9; cell++) {
        const [belt, no] = [Math.floor(cell / 3), cell % 3];
        const one = unknown(derivation, belt, no);
        expect(one === undefined).toBe(isShown[cell]);
        if (one === undefined) continue;
        const expected = bruteForce(inside, isShown, belt, no);
        const { lower, upper } = derivation.interval(one, 0);
        expect(lower).toBeCloseTo(expected.lower, 6);
        expect(upper).toBeCloseTo(expected.upper, 6);
      }
      derivation.dispose();
    }),
    { numRuns: 40, seed: 14 },
  );
});

test('where everybody knows what cells are parts of, bounds are those of every table of such parts', () => {
  const cells = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 2 })), {
    minLength: 9,
    maxLength: 9,
  });
  const shown = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
  let tighter = 0;
  fc.assert(
    fc.property(cells, shown, (drawn, isShown) => {
      const [values, wholes] = [drawn.map(([part]) => part), drawn.map(([part, rest]) => part + rest)];
      const inside = [0, 1, 2].map((row) => values.slice(3 * row, 3 * row + 3));
      const derivation = new Derivation(highs, withAreas(publication(inside, isShown)), 50);
      const unknowns = values.map((_, cell) => unknown(derivation, Math.floor(cell / 3), cell % 3));
      unknowns.forEach((one, cell) => {
        if (one !== undefined) derivation.assume(one, 0, { lower: 0, upper: wholes[cell] ?? 0 });
      });
      unknowns.forEach((one, cell) => {
        if (one === undefined) return;
        const [belt, no] = [Math.floor(cell / 3), cell % 3];
        const expected = bruteForce(inside, isShown, belt, no, wholes);
        const { lower, upper } = derivation.interval(one, 0);
        expect(lower).toBeCloseTo(expected.lower, 6);
        expect(upper).toBeCloseTo(expected.upper, 6);
        tighter += Number(upper < bruteForce(inside, isShown, belt, no).upper - 0.5);
      });
      derivation.dispose();
    }),
    { numRuns: 20, seed: 21 },
  );
  expect(tighter).toBeGreaterThan(10);
});

test('who knows a part of a cell derives more of the others', () => {
  const inside = [
    [3, 4, 1],
    [3, 2, 1],
    [2, 2, 2],
  ];
  const isShown = [false, false, true, false, false, true, true, true, true];
  const derivation = new Derivation(highs, withAreas(publication(inside, isShown)));
  const [a, b] = [unknown(derivation, 0, 0) ?? -1, unknown(derivation, 0, 1) ?? -1];
  expect(derivation.interval(a, 0)).toEqual({ lower: expect.closeTo(1, 6), upper: expect.closeTo(6, 6) });
  expect(derivation.upper([a], 0, new Map([[b, { value: 3, isAll: false }]]))).toBeCloseTo(4, 6);
  expect(derivation.upper([a], 0, new Map([[b, { value: 4, isAll: true }]]))).toBeCloseTo(3, 6);
  expect(derivation.upper([a], 0)).toBeCloseTo(6, 6);
  expect(derivation.upper([a, b], 0)).toBeCloseTo(7, 6);
  derivation.dispose();
});
