import { plantedMonth, SMALL_SHAPE } from '../disclosure/planted-holdings.ts';
import { loadSolver } from '../statistics/linear-programme.ts';
import { gateMonth, type MonthToGate, withheldNames } from './gated-month.ts';

const highs = await loadSolver();
const { belts, holdings } = plantedMonth(4, SMALL_SHAPE);
const month: MonthToGate = {
  ...{ belts, measures: 4, before: [] },
  rules: { owners: 5, peers: 10, percent: 15, pooled: 1 },
};
const gated = gateMonth(highs, month, holdings);

test('a month comes out by area and track, with nothing that the auditor objects to', () => {
  expect(gated.report).toMatchObject({ breaches: 0, isWhole: false });
  expect(gated.areas.map(({ level }) => level)).toEqual(
    expect.arrayContaining(['belt', 'city', 'province', 'category', 'nation']),
  );
  const cells = gated.areas.flatMap((area) => area.cells);
  expect(new Set(cells.map(({ values }) => values?.length))).toEqual(new Set([4, undefined]));
  expect(JSON.stringify(gated)).not.toMatch(/"U\d|B\d+-\d|owner|seller/);
});

test('without complementary suppression the auditor objects, so such a month is refused', () => {
  expect(gateMonth(highs, { ...month, without: 'complementary' }, holdings).report.breaches).toBeGreaterThan(
    0,
  );
});

/** How far the months after differ from the one before, each otherwise. */
const SPREADS = [0.2, 0.25, 0.3];

test('what one month withheld is withheld by the next where it hardly matters which', () => {
  const before = gated.areas.flatMap(withheldNames);
  expect(before.length).toBeGreaterThan(5);
  // Of each belt and combination another part than in the month before; both sides alike, so that it adds up.
  const nextBy = (spread: number) =>
    holdings.map((one) => {
      const part = 1 + spread * (((7 * one.combination + one.belt.charCodeAt(1)) % 9) / 4 - 1);
      return { ...one, values: one.values.map((value) => part * value) };
    });
  const others = (asked: MonthToGate) =>
    SPREADS.flatMap((spread) => gateMonth(highs, asked, nextBy(spread)).areas.flatMap(withheldNames)).filter(
      (name) => !before.includes(name),
    ).length;
  expect(others({ ...month, before })).toBeLessThan(others(month));
});
