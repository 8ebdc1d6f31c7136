/** The month that merchants are told of is the last of which each day is loaded. */
import { lastDayOf } from '../core/calendar.ts';
import { loadedRange } from '../core/period.ts';
import { latestWholeMonth } from './whole-month.ts';

const loaded = (months: readonly string[], dataThrough: string) =>
  loadedRange(
    `${months[0]}-01`,
    dataThrough,
    months.map((month) => ({ month, firstDay: `${month}-01`, lastDay: lastDayOf(month) })),
  );

test.each([
  ['the last, where it is whole', ['2024-01', '2024-02', '2024-03'], '2024-03-31', '2024-03'],
  [
    'the one before, where its last day is to come',
    ['2024-01', '2024-02', '2024-03'],
    '2024-03-30',
    '2024-02',
  ],
  [
    'none after which one is missing, but the last that is there',
    ['2024-01', '2024-03'],
    '2024-03-15',
    '2024-01',
  ],
  ['none, where the first is not over', ['2024-01'], '2024-01-20', null],
])('%s', (_, months, through, expected) => {
  expect(latestWholeMonth(loaded(months, through))).toBe(expected);
});
