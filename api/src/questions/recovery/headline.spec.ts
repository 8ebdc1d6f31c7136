import { addDays, daysThrough } from '../../core/calendar.ts';
import type { DailySeries } from '../../data/daily/daily-series.ts';
import { lastComplete, monthDays } from '../../data/daily/months.ts';
import { headlineGrowth } from './headline.ts';

/** Days worth their month's number in yuan; from 2023 on twice as much. */
const worth = (day: string) => 100 * Number(day.slice(5, 7)) * (day < '2023' ? 1 : 2);

function headline(
  firstDay: string,
  lastDay: string,
  { of = worth, mergesFestival = true, orders = 10, measure = 'gmv' as 'gmv' | 'orders' } = {},
) {
  const length = daysThrough(firstDay, lastDay);
  const values = Float64Array.from({ length }, (_, index) => of(addDays(firstDay, index)));
  const series: DailySeries = { firstDay, values };
  const months = monthDays(series);
  const days = {
    ...{
      measure,
      series,
      months,
      minBase: 30,
      base: null,
      outliers: [],
      factors: new Float64Array(0),
    },
    ...{
      orders: { firstDay, values: new Float64Array(length).fill(orders) },
      yearsBefore: () => new Int32Array(length),
    },
  };
  return headlineGrowth(days, lastComplete(months)?.month ?? '', mergesFestival);
}
const spans = (from: string, to: string, before: string, end: string) => ({
  period: { firstDay: from, lastDay: to },
  baseline: { firstDay: before, lastDay: end },
});

test('the last complete month; days of a running one are not in it', () => {
  for (const lastDay of ['2023-05-31', '2023-06-29']) {
    expect(headline('2022-01-01', lastDay)).toMatchObject({
      ...{
        value: 1,
        unit: 'ratio',
        flag: 'final',
        reason: null,
        coverage: 1,
        numerator: 310,
        denominator: 155,
      },
      ...spans('2023-05-01', '2023-05-31', '2022-05-01', '2022-05-31'),
    });
  }
});

test('January and February together, once both are complete; December until then', () => {
  expect(headline('2021-12-01', '2023-02-28')).toMatchObject({
    ...{ value: 1, denominator: 31 + 2 * 28 },
    ...spans('2023-01-01', '2023-02-28', '2022-01-01', '2022-02-28'),
  });
  for (const lastDay of ['2023-01-31', '2023-02-27']) {
    expect(headline('2021-12-01', lastDay)).toMatchObject({
      ...{ value: 0, numerator: 372 },
      ...spans('2022-12-01', '2022-12-31', '2021-12-01', '2021-12-31'),
    });
  }
  expect(headline('2021-12-01', '2023-01-31', { mergesFestival: false })).toMatchObject({
    value: 1,
    numerator: 62,
  });
});

test('a leap February is as long as it is', () => {
  expect(headline('2023-01-01', '2024-02-29').value).toBeCloseTo((31 + 2 * 29) / (31 + 2 * 28) - 1, 12);
});

test('no older month stands in for one without a rate', () => {
  const none = { value: null, flag: 'not-available' };
  expect(headline('2022-05-01', '2023-02-28')).toMatchObject({ ...none, reason: 'no-baseline' });
  expect(headline('2022-01-10', '2023-02-28')).toMatchObject({ ...none, reason: 'no-baseline' });
  expect(headline('2022-05-05', '2022-05-20')).toMatchObject({ ...none, reason: 'no-baseline' });
  const paused = (day: string) => (day.startsWith('2022-05') ? 0 : worth(day));
  expect(headline('2021-01-01', '2023-05-31', { of: paused })).toMatchObject({
    ...{ ...none, reason: 'baseline-zero', numerator: 310, denominator: 0 },
    ...spans('2023-05-01', '2023-05-31', '2022-05-01', '2022-05-31'),
  });
});

test('a base of too few orders is marked', () => {
  expect(headline('2022-01-01', '2023-05-31', { orders: 0.9 })).toMatchObject({
    value: 1,
    flag: 'base-too-small',
  });
  expect(headline('2022-01-01', '2023-05-31', { orders: 1, measure: 'orders' })).toMatchObject({
    ...{ flag: 'final', numerator: 31_000, denominator: 15_500 },
  });
});
