/** Whether later months move a place on the clock, as they move what is fitted to a whole series. */
import { addDays, daysThrough, monthsThrough } from '../../core/calendar.ts';
import { dayKinds } from '../../core/day-kinds.ts';
import { SPRING_FESTIVALS } from '../../core/spring-festival.ts';
import type { DailySeries } from '../../data/daily/daily-series.ts';
import { monthDays } from '../../data/daily/months.ts';
import { dayEffects, dayFactors } from '../../statistics/day-factors.ts';
import { normal, random } from '../../statistics/planted.ts';
import type { AreaDays } from '../recovery/area-facts.ts';
import { aligned } from '../recovery/recovery.fixture.ts';
import { placeOf } from './clock-place.ts';

const FIRST = '2020-01-01';
const WEEK = [0.62, 1.14, 1.12, 1.1, 1.08, 1.06, 0.88];
const MONTHS = monthsThrough('2022-06', '2023-06');

/** What is known of an area on a day: all that lies before, and factors of days told from it alone. */
function asOf(values: Float64Array, lastDay: string): AreaDays {
  const length = daysThrough(FIRST, lastDay);
  const series: DailySeries = { firstDay: FIRST, values: values.slice(0, length) };
  const kinds = dayKinds(FIRST, length, SPRING_FESTIVALS);
  return {
    measure: 'orders',
    series,
    orders: { firstDay: FIRST, values: new Float64Array(length).fill(1000) },
    months: monthDays(series),
    ...aligned(series, 2020),
    factors: dayFactors(dayEffects(series.values, kinds), kinds),
    minBase: 30,
  };
}

/** Days of a belt whose orders waver by a third from day to day, with weekdays, and with a level. */
function sold(seed: number, level: (day: string) => number): Float64Array {
  const draw = random(seed);
  return Float64Array.from({ length: daysThrough(FIRST, '2024-12-31') }, (_, index) => {
    const day = addDays(FIRST, index);
    const weekday = WEEK[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 1;
    return 100 * weekday * level(day) * Math.exp(0.33 * normal(draw));
  });
}

test.each([
  ['nothing happens', () => 1],
  ['it falls by a third afterwards', (day: string) => (day < '2023-07' ? 1 : 0.67)],
  ['it doubles afterwards', (day: string) => (day < '2023-07' ? 1 : 2)],
])('eighteen more months move places by less than half a point where %s', (_, level) => {
  for (const seed of [1, 2, 3]) {
    const values = sold(seed, level);
    const [then, later] = [asOf(values, '2023-06-30'), asOf(values, '2024-12-31')];
    for (const month of MONTHS) {
      const [before, after] = [placeOf(then, month), placeOf(later, month)];
      if (typeof before === 'string' || typeof after === 'string') throw new Error(`${month}: nowhere`);
      expect([month, Math.abs(after.x - before.x) < 0.005, Math.abs(after.y - before.y) < 0.005]).toEqual([
        month,
        true,
        true,
      ]);
    }
  }
});

test('an area without a year before, or without sales, is nowhere, by name', () => {
  const days = asOf(
    sold(4, () => 1),
    '2023-06-30',
  );
  expect(placeOf(days, '2020-12')).toBe('no-baseline');
  expect(placeOf(days, '2023-07')).toBe('too-little-data');
  const idle = { ...days, series: { ...days.series, values: days.series.values.map(() => 0) } };
  expect(placeOf(idle, '2023-06')).toBe('baseline-zero');
  const gone = {
    ...days,
    series: { ...days.series, values: days.series.values.map((value, at) => (at < 900 ? value : 0)) },
  };
  expect(placeOf(gone, '2023-06')).toBe('not-positive');
  expect(placeOf({ ...days, minBase: 1e9 }, '2023-06')).toBe('too-little-data');
});
