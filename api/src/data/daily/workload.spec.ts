import { addDays, daysThrough } from '../../core/calendar.ts';
import { monthDays } from './months.ts';
import { workloads } from './workload.ts';

const FIRST = '2021-01-01';
const seriesTo = (lastDay: string) => ({
  firstDay: FIRST,
  values: new Float64Array(daysThrough(FIRST, lastDay)),
});
const through = (lastDay: string, of: (day: string) => number) =>
  Float64Array.from({ length: daysThrough(FIRST, lastDay) }, (_, index) => of(addDays(FIRST, index)));
const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();

test('days alike: only a 29 February is more than usual', () => {
  const months = monthDays(seriesTo('2024-12-31'));
  const of = workloads(
    months,
    through('2024-12-31', () => 1),
  );
  const loads = new Map(months.map(({ month }, index) => [month, of[index]]));
  expect(loads.get('2024-02')).toBeCloseTo(29 / 28.25, 12);
  expect(loads.get('2023-02')).toBeCloseTo(28 / 28.25, 12);
  for (const [month, load] of loads) if (!month.endsWith('-02')) expect(load).toBeCloseTo(1, 12);
});

test('a month with five Sundays can sell less than one with four, where nothing is sold on Sundays', () => {
  const months = monthDays(seriesTo('2024-12-31'));
  const of = workloads(
    months,
    through('2024-12-31', (day) => (weekday(day) === 0 ? 0 : 7 / 6)),
  );
  const loadOf = (month: string) => of[months.findIndex((one) => one.month === month)] ?? NaN;
  // January: 26 days to sell on in 2021, 2022 and 2023 less one, 27 in 2024.
  const [five, four] = [loadOf('2023-01'), loadOf('2024-01')];
  expect(four / five).toBeCloseTo(27 / 26, 12);
  const january = [2021, 2022, 2023, 2024].map((year) => loadOf(`${year}-01`));
  expect(january.reduce((sum, one) => sum + one, 0)).toBeCloseTo(4, 12);
});

test('a month that is not complete is taken as it is', () => {
  const months = monthDays(seriesTo('2021-02-10'));
  expect(
    workloads(
      months,
      through('2021-02-28', () => 1),
    ),
  ).toEqual([1, 1]);
});
