/** Belts of known size and season, and what the nowcast makes of them: for specs. */
import { addDays, type Day, daysThrough, firstDayOf, lastDayOf } from '../../core/calendar.ts';
import { likeDays } from '../../data/daily/alignment.ts';
import type { DailySeries } from '../../data/daily/daily-series.ts';
import { monthDays } from '../../data/daily/months.ts';
import { poisson, random } from '../../statistics/planted.ts';
import { atOnce } from '../../statistics/steps.ts';
import type { Panel } from './borrowed.ts';
import { monthToComplete } from './running-month.ts';
import { type Study, type StudiedMonth, studyOf } from './study.ts';

export const FIRST: Day = '2020-01-01';
const LENGTH = daysThrough(FIRST, '2023-12-31');
const NEW_YEARS: Readonly<Record<string, Day>> = {
  2020: '2020-01-25',
  2021: '2021-02-12',
  2022: '2022-02-01',
  2023: '2023-01-22',
};

/** On Sundays half as much is sold as on other days. */
export const weekdayOf = (day: Day): number => (daysThrough('2020-01-06', day) % 7 === 0 ? 0.5 : 1);

/** Whether a day lies in the standstill of its year. */
function isStill(day: Day): boolean {
  const newYear = NEW_YEARS[day.slice(0, 4)] ?? FIRST;
  return day >= newYear ? daysThrough(newYear, day) <= 16 : daysThrough(day, newYear) <= 5;
}

/** Belts whose orders come independently, as many a day as expected, and the nation that is their sum. */
export function plantedPanel(
  seed: number,
  belts: readonly { readonly size: number; readonly stillness: number; readonly of?: (day: Day) => number }[],
): Panel {
  const draw = random(seed);
  const days = Array.from({ length: LENGTH }, (_, index) => addDays(FIRST, index));
  const series = belts.map(({ size, stillness, of = () => 1 }) =>
    Float64Array.from(days, (day) =>
      poisson(draw, size * weekdayOf(day) * of(day) * (isStill(day) ? stillness : 1)),
    ),
  );
  const nation = new Float64Array(LENGTH);
  for (const one of series) one.forEach((value, index) => (nation[index] = (nation[index] ?? 0) + value));
  const areas = series.map((values, index) => ({
    key: `belt ${index}`,
    group: null,
    tellsVariance: true,
    values,
    orders: values,
  }));
  const whole = { values: nation, orders: nation };
  return { whole, areas: [...areas, { key: 'nation', group: null, tellsVariance: false, ...whole }] };
}

const matches = new Map<string, Int32Array>();

/** The months of a panel with a year before them, through a day. */
export function monthsOf({ whole }: Panel, through: Day = '2023-12-31', country = 'CN'): StudiedMonth[] {
  const length = daysThrough(FIRST, through);
  const series: DailySeries = { firstDay: FIRST, values: Float64Array.from(whole.values).slice(0, length) };
  const like = (years: number) => {
    const key = `${country} ${through.slice(0, 7)} ${years}`;
    const made = matches.get(key) ?? likeDays(series, years, country);
    matches.set(key, made);
    return made;
  };
  const months = monthDays(series);
  return months.flatMap(({ month }, index) => {
    const days = daysThrough(firstDayOf(month), lastDayOf(month));
    const one = monthToComplete(series, months, index, {
      days,
      likeDays: like,
      keepsFestival: country === 'CN',
    });
    return one && one.yearAgo.start >= 0 ? [one] : [];
  });
}

export const studied = (panel: Panel, months: readonly StudiedMonth[] = monthsOf(panel), fewest = 0): Study =>
  atOnce(studyOf(panel, months, null, fewest));
