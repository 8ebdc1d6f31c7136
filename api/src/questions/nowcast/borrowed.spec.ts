import fc from 'fast-check';
import { addDays } from '../../core/calendar.ts';
import { normal, random } from '../../statistics/planted.ts';
import { BorrowedMonth, drawnTowards, type Panel } from './borrowed.ts';
import { learnFrom, nowcastMonth } from './nowcast.ts';
import { FIRST, monthsOf, plantedPanel, weekdayOf } from './planted-panel.fixture.ts';

const BELTS = [3, 5, 8, 12, 20, 40, 80, 200].map((size) => ({ size, stillness: 0.2 }));
const panel = plantedPanel(1, BELTS);
const months = monthsOf(panel);
const monthNamed = (name: string) => {
  const found = months.find(({ month }) => month === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

function after(of: Panel, name: string, area: number, known: number) {
  const month = { ...monthNamed(name), values: of.whole.values };
  return new BorrowedMonth(of, month, 1).after(area, known, nowcastMonth(learnFrom(month), known));
}

test('the whole source is its own chain ladder', () => {
  const nation = panel.areas.length - 1;
  for (const known of [1, 9, 17, 28]) {
    const month = monthNamed('2023-02');
    const whole = nowcastMonth(learnFrom(month), known);
    const told = after(panel, '2023-02', nation, known);
    expect((told?.estimate ?? NaN) / (whole.estimate ?? NaN)).toBeCloseTo(1, 12);
    expect(told?.logError).toBeCloseTo(2 * (whole.logError ?? 0), 12);
  }
});

test.each(['2023-06', '2023-02'])('nothing after the known days is looked at: %s', (name) => {
  const { start } = monthNamed(name);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 27 }), fc.integer({ min: 0, max: 5 }), (known, times) => {
      const changed = (values: ArrayLike<number>) =>
        Float64Array.from(values, (value, position) => (position < start + known ? value : value * times));
      const areas = panel.areas.map((area) => ({
        ...area,
        values: changed(area.values),
        orders: changed(area.orders),
      }));
      const other = {
        whole: { values: changed(panel.whole.values), orders: changed(panel.whole.orders) },
        areas,
      };
      for (const area of [0, 4, 8])
        expect(after(other, name, area, known)).toEqual(after(panel, name, area, known));
    }),
    { numRuns: 8 },
  );
});

test('a small belt lies nearer to its true month than by what it sold so far alone, on most months', () => {
  const errors = { borrowed: 0, elapsed: 0 };
  for (const { month, start, days } of months.filter(({ isFestival }) => !isFestival)) {
    for (const area of [0, 1, 2]) {
      const weights = Array.from({ length: days }, (_, day) => weekdayOf(addDays(FIRST, start + day)));
      const expected = (BELTS[area]?.size ?? NaN) * weights.reduce((sum, weight) => sum + weight, 0);
      const values = panel.areas[area]?.values ?? [];
      const soFar = Array.from({ length: 10 }, (_, day) => values[start + day] ?? 0).reduce(
        (sum, value) => sum + value,
        0,
      );
      errors.borrowed += Math.abs((after(panel, month, area, 10)?.estimate ?? NaN) / expected - 1);
      errors.elapsed += Math.abs((soFar * days) / 10 / expected - 1);
    }
  }
  expect(errors.borrowed).toBeLessThan(0.6 * errors.elapsed);
});

test('belts that stand still otherwise than the nation have their own standstill, the more orders they rest on', () => {
  const deep = plantedPanel(2, [
    ...[0.02, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9].map((stillness) => ({ size: 60, stillness })),
    ...[0.02, 0.9].map((stillness) => ({ size: 2000, stillness })),
  ]);
  for (const area of [7, 8]) {
    const month = monthsOf(deep).find((one) => one.month === '2023-01');
    if (!month) throw new Error('no January');
    const { start, days } = month;
    const truth = Array.from({ length: days }, (_, day) => deep.areas[area]?.values[start + day] ?? 0).reduce(
      (a, b) => a + b,
      0,
    );
    const told = new BorrowedMonth(deep, month, 1).after(area, 10, nowcastMonth(learnFrom(month), 10));
    expect(Math.abs((told?.estimate ?? NaN) / truth - 1)).toBeLessThan(0.08);
  }
});

test('deviations are drawn to nothing where they are noise, and kept where they are not', () => {
  const draw = random(5);
  const areas = Array.from({ length: 60 }, () => ({ group: null, tellsVariance: true }));
  const noise = areas.map(() => ({ value: 0.2 * normal(draw), variance: 0.04 }));
  const drawn = drawnTowards(areas, noise);
  const rms = (values: readonly number[]) =>
    Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
  expect(rms(drawn)).toBeLessThan(0.5 * rms(noise.map(({ value }) => value)));
  const real = areas.map(() => ({ value: normal(draw), variance: 0.0001 }));
  drawnTowards(areas, real).forEach((value, index) =>
    expect(value).toBeCloseTo(real[index]?.value ?? NaN, 2),
  );
});

test('a belt is drawn towards its category, and has all of it where belts of a category do not differ', () => {
  const groups = Array.from({ length: 8 }, () => ({ group: null, tellsVariance: true }));
  const belts = Array.from({ length: 24 }, (_, index) => ({ group: index % 8, tellsVariance: true }));
  const ofGroup = groups.map((_, index) => ({ value: index - 3.5, variance: 0.0001 }));
  const draw = random(6);
  const ofBelts = belts.map(({ group }) => ({ value: group - 3.5 + 0.3 * normal(draw), variance: 0.09 }));
  const drawn = drawnTowards([...groups, ...belts], [...ofGroup, ...ofBelts]);
  belts.forEach(({ group }, index) =>
    expect(Math.abs((drawn[8 + index] ?? NaN) - (group - 3.5))).toBeLessThan(0.3),
  );
  const missing = drawnTowards([...groups, ...belts], [...ofGroup, null, ...ofBelts.slice(1)]);
  expect(missing[8]).toBeCloseTo(-3.5, 2);
});

test('few orders, so far or on the matching days of earlier years together, tell nothing', () => {
  const month = {
    ...monthNamed('2023-06'),
    start: 40,
    days: 4,
    counterparts: [
      [0, 1, 2, 3],
      [20, 21, 22, 23],
    ],
  };
  const few = (set: Record<number, number>, known = 2, fewest = 30, counterparts = month.counterparts) => {
    const orders = Float64Array.from({ length: 44 }, (_, position) => set[position] ?? 0);
    const flow = { values: orders, orders };
    const one = { whole: flow, areas: [{ key: 'a', group: null, tellsVariance: true, ...flow }] };
    return new BorrowedMonth(one, { ...month, counterparts }, 1).restsOnTooFew(0, known, fewest);
  };
  const enough = { 0: 10, 21: 20, 40: 15, 41: 15 };
  expect(few(enough)).toBe(false);
  expect(few({ ...enough, 41: 14 })).toBe(true); // so far
  expect(few({ ...enough, 21: 19, 22: 900 })).toBe(true); // before; the third day has not come yet
  expect(few({ ...enough, 21: 19, 22: 900, 42: 1 }, 3)).toBe(false);
  expect(few({}, 2, 0)).toBe(false);
  expect(few({ 40: 30 }, 1, 30, [])).toBe(false);
});
