import { sourcePeriods } from './source-periods.ts';

test.each([
  [
    'the last complete year with one before it',
    '2022-01-01',
    '2025-02-10',
    { from: '2022-01', to: '2025-01' },
    { from: '2024-01', to: '2024-12' },
  ],
  [
    'a year that has just ended',
    '2022-01-01',
    '2023-12-31',
    { from: '2022-01', to: '2023-12' },
    { from: '2023-01', to: '2023-12' },
  ],
  [
    'no complete year before: twelve months',
    '2016-09-04',
    '2018-08-29',
    { from: '2016-10', to: '2018-07' },
    { from: '2017-08', to: '2018-07' },
  ],
  [
    'fewer than twelve',
    '2024-03-02',
    '2024-06-15',
    { from: '2024-04', to: '2024-05' },
    { from: '2024-04', to: '2024-05' },
  ],
])('%s', (_, firstDay, dataThrough, completeMonths, defaultPeriod) => {
  expect(sourcePeriods({ firstDay, dataThrough })).toMatchObject({ completeMonths, defaultPeriod });
});

test('without a complete month everything there is', () => {
  expect(sourcePeriods({ firstDay: '2024-03-02', dataThrough: '2024-04-15' })).toEqual({
    months: { from: '2024-03', to: '2024-04' },
    completeMonths: null,
    defaultPeriod: { from: '2024-03', to: '2024-04' },
  });
});

test.each([
  ['a year with a gap is not shown first', ['2024-06'], { from: '2024-07', to: '2025-01' }],
  ['nor one with a gap in the year before', ['2023-06'], { from: '2024-07', to: '2025-01' }],
  [
    'where the last month lacks the one before it, its own gaps count',
    ['2024-01', '2023-06'],
    { from: '2024-02', to: '2025-01' },
  ],
  ['a gap at the end is not complete', ['2025-01'], { from: '2024-01', to: '2024-12' }],
  ['gaps before both years do no harm', ['2022-03'], { from: '2024-01', to: '2024-12' }],
])('%s', (_, notLoaded, defaultPeriod) => {
  const periods = sourcePeriods({ firstDay: '2022-01-01', dataThrough: '2025-02-10', notLoaded });
  expect(periods.defaultPeriod).toEqual(defaultPeriod);
});

test('a month with days missing beside a gap is not complete', () => {
  const edges = [{ month: '2024-06', firstDay: '2024-06-01', lastDay: '2024-06-12' }];
  const loaded = { firstDay: '2022-01-01', dataThrough: '2024-08-10', notLoaded: ['2024-07'], edges };
  expect(sourcePeriods(loaded)).toMatchObject({ completeMonths: { from: '2022-01', to: '2024-05' } });
});
