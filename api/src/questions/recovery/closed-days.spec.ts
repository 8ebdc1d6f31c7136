/** A business that is closed on some weekdays, and never changes: nothing may be said to have changed. */
import { addDays, daysThrough } from '../../core/calendar.ts';
import { dayKinds } from '../../core/day-kinds.ts';
import { SPRING_FESTIVALS } from '../../core/spring-festival.ts';
import { monthDays } from '../../data/daily/months.ts';
import { dayEffects, dayFactors } from '../../statistics/day-factors.ts';
import { type AreaDays, lunarGrowth } from './area-facts.ts';
import { aligned } from './recovery.fixture.ts';
import { recoveryLevel } from './recovery-level.ts';

const FIRST = '2019-01-01';
const LENGTH = daysThrough(FIRST, '2024-12-31');
const MONTHS = Array.from(
  { length: 24 },
  (_, index) => `${2023 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
);
const kinds = dayKinds(FIRST, LENGTH, SPRING_FESTIVALS);

function closedOn(closed: readonly number[]): AreaDays {
  const values = Float64Array.from({ length: LENGTH }, (_, index) =>
    closed.includes(new Date(`${addDays(FIRST, index)}T00:00:00Z`).getUTCDay()) ? 0 : 1_000,
  );
  const series = { firstDay: FIRST, values };
  return {
    measure: 'orders',
    series,
    orders: series,
    months: monthDays(series),
    ...aligned(series, 2022),
    factors: dayFactors(dayEffects(values, kinds), kinds),
    minBase: 30,
  };
}

test.each([
  ['Saturday and Sunday', [0, 6], 24],
  ['Sunday', [0], 24],
  // Two days a week may have no day to be compared with, since lunar days fall on other weekdays.
  ['Monday to Friday', [1, 2, 3, 4, 5], 5],
])('closed on %s', (_, closed, least) => {
  const days = closedOn(closed);
  for (const count of [1, 3]) {
    const told = MONTHS.flatMap((month) => {
      const figures = [lunarGrowth(days, month, count).value, recoveryLevel(days, month, count).value];
      return figures.includes(null) ? [] : [{ month, figures }];
    });
    expect(told.length).toBeGreaterThanOrEqual(least);
    for (const { month, figures } of told)
      expect([month, ...figures]).toEqual([month, expect.closeTo(0, 2), expect.closeTo(100, 0)]);
  }
});

test('without the factors, months with more working days would seem to grow', () => {
  const days = { ...closedOn([0, 6]), factors: new Float64Array(LENGTH).fill(1) };
  const off = MONTHS.map((month) => Math.abs(lunarGrowth(days, month, 1).value ?? 0));
  expect(Math.max(...off)).toBeGreaterThan(0.08);
});
