import { loadSolver } from '../statistics/linear-programme.ts';
import { Exposures } from './exposure.ts';
import { MEASURES, tableOf } from './gate.fixture.ts';
import { plantedMonth, SMALL_SHAPE } from './planted-holdings.ts';
import { suppress } from './suppress.ts';
import { type Way, Ways } from './ways.ts';

const highs = await loadSolver();
const table = tableOf(plantedMonth(3, SMALL_SHAPE));
const { isShown } = suppress(highs, table);
const costs = Float64Array.from(table.cells, ({ no, isHidden, unsafe }) => {
  if (isShown[no]) return Infinity;
  return isHidden || unsafe ? 0 : 1;
});
const ways = new Ways(highs, table);
afterAll(() => ways.dispose());
// A third of them: each is a programme a measure.
const exposures = new Exposures(table).all(isShown).filter((_, index) => index % 3 === 0);
const found = exposures.flatMap((exposure) =>
  Array.from({ length: MEASURES }, (_, measure) => ({
    exposure,
    measure,
    way: ways.of(exposure, measure, costs),
  })),
);

/** By cell, what a way moves. */
const movedBy = ({ moves }: Way) =>
  table.cells.map(({ atoms }) => atoms.reduce((sum, atom) => sum + (moves.get(atom) ?? 0), 0));

test('a way leaves what is shown as it is, lets the exposure rise, and names what it moves', () => {
  expect(found.length).toBeGreaterThan(100);
  for (const { exposure, measure, way } of found) {
    const moved = movedBy(way as Way);
    const most = Math.max(...moved.map(Math.abs));
    for (const { no } of table.cells.filter((cell) => isShown[cell.no]))
      expect(Math.abs(moved[no] ?? NaN)).toBeLessThanOrEqual(1e-6 * most);
    const rise = exposure.cells.reduce((sum, no) => sum + (moved[no] ?? NaN), 0);
    if ((exposure.needs[measure] ?? 0) > 0) expect(rise).toBeGreaterThan(0);
    const priced = table.cells.filter(({ no }) => costs[no] === 1 && Math.abs(moved[no] ?? 0) > 1e-6 * most);
    expect(way?.cells).toEqual(expect.arrayContaining(priced.map(({ no }) => no)));
  }
});

test('whose way is taken over has one of its own, and many are', () => {
  const isNarrow = Float64Array.from(costs);
  let taken = 0;
  for (const { way, exposure: of } of found.filter((_, index) => index % 10 === 0)) {
    for (const { exposure, measure } of found.filter((one) => one.exposure !== of)) {
      if ((exposure.needs[measure] ?? 0) <= 0 || !ways.isWayOf(way as Way, exposure, measure)) continue;
      taken++;
      if (taken % 5 > 0) continue;
      // Through nothing but what the way moves.
      for (const { no } of table.cells) isNarrow[no] = costs[no] === 1 ? Infinity : (costs[no] ?? 0);
      for (const no of (way as Way).cells) isNarrow[no] = 1;
      expect(ways.of(exposure, measure, isNarrow)).not.toBeNull();
    }
  }
  expect(taken).toBeGreaterThan(50);
});

test('what only some owners know moves in no way of others', () => {
  const apart = found.filter(({ way }) => (way?.known.length ?? 0) > 0);
  expect(apart.length).toBeGreaterThan(0);
  const ofOthers = found.filter((one) => one.exposure.own[one.measure]?.length === 0);
  expect(ofOthers.length).toBeGreaterThan(0);
  for (const { way } of apart) {
    for (const { exposure, measure } of ofOthers)
      if ((exposure.needs[measure] ?? 0) > 0) expect(ways.isWayOf(way as Way, exposure, measure)).toBe(false);
  }
});
