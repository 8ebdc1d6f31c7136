import { dayKinds } from '../../core/day-kinds.ts';
import { SPRING_FESTIVALS } from '../../core/spring-festival.ts';
import { areaFactors } from './daily-series.service.ts';
import type { DailySeries } from './daily-series.ts';

const FIRST_DAY = '2021-01-01';
const LENGTH = 4 * 365 + 1;
const kinds = dayKinds(FIRST_DAY, LENGTH, SPRING_FESTIVALS);
const everyDay = (of: (weekday: number) => number): DailySeries => ({
  firstDay: FIRST_DAY,
  values: Float64Array.from({ length: LENGTH }, (_, index) => of(kinds.weekday[index] as number)),
});
const isWeekend = (weekday: number) => weekday === 0 || weekday === 6;

test('the days of a belt are told from its own: another week beside it changes nothing', () => {
  const byBelt = new Map([
    ['even', everyDay(() => 100)],
    ['wholesale', everyDay((weekday) => (isWeekend(weekday) ? 300 : 1_000))],
  ]);
  const nation = everyDay((weekday) => 100 + (isWeekend(weekday) ? 300 : 1_000));
  const factorsOf = areaFactors({ byBelt, nation, spread: [] }, kinds);
  const of = (id: string) => factorsOf({ level: 'belt', id, beltIds: [id] });
  expect([...of('even')].every((factor) => Math.abs(factor - 1) < 1e-9)).toBe(true);
  const [monday, sunday] = [1, 0].map((weekday) => of('wholesale')[kinds.weekday.indexOf(weekday)] as number);
  expect((sunday as number) / (monday as number)).toBeCloseTo(0.3, 6);
  const all = factorsOf({ level: 'nation', id: '', beltIds: null });
  expect((all[kinds.weekday.indexOf(0)] as number) / (all[kinds.weekday.indexOf(1)] as number)).toBeCloseTo(
    400 / 1_100,
    6,
  );
  // Asked again, it is the same.
  expect(of('wholesale')).toEqual(of('wholesale'));
});
