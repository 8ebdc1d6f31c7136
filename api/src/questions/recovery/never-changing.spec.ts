/** A business whose days differ, and which never changes: nothing may be said to have changed. */
import { addDays, daysThrough } from '../../core/calendar.ts';
import { dayKinds } from '../../core/day-kinds.ts';
import { SPRING_FESTIVALS } from '../../core/spring-festival.ts';
import type { DailySeries } from '../../data/daily/daily-series.ts';
import { monthDays } from '../../data/daily/months.ts';
import { dayEffects, dayFactors } from '../../statistics/day-factors.ts';
import { type AreaDays, lunarGrowth } from './area-facts.ts';
import { aligned } from './recovery.fixture.ts';
import { recoveryLevel } from './recovery-level.ts';

const FIRST = '2019-01-01';
const LENGTH = daysThrough(FIRST, '2026-12-31');
const monthsOf = (days: AreaDays) =>
  days.months.map(({ month }) => month).filter((month) => month >= '2023-01');

function areaOf(of: (day: string) => number): AreaDays {
  const values = Float64Array.from({ length: LENGTH }, (_, index) => of(addDays(FIRST, index)));
  const series: DailySeries = { firstDay: FIRST, values };
  return {
    measure: 'orders',
    series,
    orders: { firstDay: FIRST, values: new Float64Array(LENGTH).fill(1000) },
    months: monthDays(series),
    ...aligned(series, 2022),
    factors: new Float64Array(0),
    minBase: 30,
  };
}

describe('a business that never changes, with weekdays, a rush from 48 days before the New Year, 11.11 and 12.12', () => {
  const WEEK = [0.62, 1.14, 1.12, 1.1, 1.08, 1.06, 0.88];
  const around = (day: string) => {
    const near = [0, 1].map((later) => {
      const newYear = SPRING_FESTIVALS[Number(day.slice(0, 4)) + later] ?? '';
      return Math.round((Date.parse(day) - Date.parse(newYear)) / 86_400_000);
    });
    const offset = near.find((one) => one >= -48 && one <= 45);
    if (offset === undefined) return 1;
    if (offset < -10) return 1 + 0.3 * Math.min(1, (offset + 48) / 10);
    return offset <= 12 ? 0.1 : 1.1;
  };
  const sold = (day: string) =>
    1000 *
    (WEEK[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 1) *
    around(day) *
    (day.endsWith('-11-11') ? 2.5 : day.endsWith('-12-12') ? 1.6 : 1);
  const plain = areaOf(sold);
  const { firstDay, values } = plain.series;
  const kinds = dayKinds(firstDay, values.length, SPRING_FESTIVALS);
  const factors = dayFactors(dayEffects(values, kinds), kinds);
  const days = { ...plain, factors };

  test('grows by less than 1 % in every month and every three months', () => {
    const months = monthsOf(days);
    expect(months).toHaveLength(48);
    for (const month of months) {
      for (const count of [1, 3]) {
        const growth = lunarGrowth(days, month, count).value ?? NaN;
        const level = recoveryLevel(days, month, count).value ?? NaN;
        expect([month, count, Math.abs(growth) < 0.01, Math.abs(level - 100) < 1]).toEqual([
          month,
          count,
          true,
          true,
        ]);
      }
    }
  });

  test('with days taken as they fall, some months would be percents off', () => {
    const off = monthsOf(plain).map((month) => Math.abs(lunarGrowth(plain, month, 1).value ?? 0));
    expect(Math.max(...off)).toBeGreaterThan(0.03);
  });
});
