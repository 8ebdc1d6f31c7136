import { FIRST_PRINT, LATER, printsOf, type PublishedVersion } from './prints.ts';

const whole = (month: string, lastDay = '28') => ({
  month,
  span: { month, firstDay: `${month}-01`, lastDay: `${month}-${lastDay}` },
});
const load = (
  version: number,
  publishedOn: string,
  dataThrough: string,
  months: PublishedVersion['months'],
): PublishedVersion => ({ version, publishedOn, dataThrough, months });

const lagsOf = (published: readonly PublishedVersion[], month: string) =>
  printsOf(published)
    .find((one) => one.month === month)
    ?.prints.map(({ lag, version, madeBy }) => [lag, version, madeBy]);

/** Several loads a day, and several a month; January is complete from the third on. */
const DAILY = [
  load(1, '2024-01-20', '2024-01-19', [whole('2024-01', '19')]),
  load(2, '2024-01-31', '2024-01-30', [whole('2024-01', '30')]),
  load(3, '2024-02-01', '2024-01-31', [whole('2024-01', '31')]),
  load(4, '2024-02-01', '2024-02-01', [whole('2024-02', '01')]),
  load(5, '2024-02-20', '2024-02-19', [whole('2024-01', '31'), whole('2024-02', '19')]),
  load(6, '2024-03-01', '2024-02-29', [whole('2024-02', '29')]),
  load(7, '2024-04-15', '2024-04-14', [whole('2024-03', '31'), whole('2024-04', '14')]),
];

test('a first print is the first complete version, later ones the last of each month, with the sums in force then', () => {
  expect(lagsOf(DAILY, '2024-01')).toEqual([
    [FIRST_PRINT, 3, 3],
    [1, 5, 5],
    // Loads that brought nothing of January: it was as the load before had made it.
    [2, 6, 5],
    [3, 7, 5],
  ]);
});

test('a month in which nothing was published has no print, and no month is printed twice by its first version', () => {
  expect(lagsOf(DAILY, '2024-02')).toEqual([
    [FIRST_PRINT, 6, 6],
    [2, 7, 6],
  ]);
  expect(lagsOf(DAILY, '2024-03')).toEqual([[FIRST_PRINT, 7, 7]]);
  expect(lagsOf(DAILY, '2024-04')).toBeUndefined();
});

test('what was loaded long after has no first print, and prints beyond a year are one', () => {
  const late = {
    month: '2024-05',
    span: { month: '2024-05', firstDay: '2024-05-03', lastDay: '2024-05-31' },
  };
  const history = [
    load(1, '2024-06-10', '2024-06-09', [whole('2022-05', '31'), late, whole('2024-06', '09')]),
    load(2, '2024-08-10', '2024-06-30', [whole('2022-05', '31')]),
    load(3, '2024-09-10', '2024-06-30', [whole('2022-05', '31')]),
  ];
  // The months between were never loaded, so May of 2022 ends with its last line, which is its last day.
  expect(lagsOf(history, '2022-05')).toEqual([[LATER, 1, 1]]);
  // After such a gap a month begins with its first line, which is not its first day.
  expect(lagsOf(history, '2024-05')).toBeUndefined();
});

test('a month that is complete no more, because it lost its last line, is not printed', () => {
  const gone = [
    ...DAILY,
    load(8, '2024-05-02', '2024-04-30', [{ month: '2024-01', span: null }, whole('2024-04', '30')]),
  ];
  expect(lagsOf(gone, '2024-01')).toBeUndefined();
});

test('a version on the last day of the month itself prints it first', () => {
  const early = [
    load(1, '2024-01-31', '2024-01-31', [whole('2024-01', '31')]),
    load(2, '2024-02-05', '2024-02-04', [whole('2024-01', '31')]),
  ];
  expect(lagsOf(early, '2024-01')).toEqual([
    [FIRST_PRINT, 1, 1],
    [1, 2, 2],
  ]);
});

test('the year before is that of the same version', () => {
  const twice = [
    load(
      1,
      '2025-02-01',
      '2025-01-31',
      ['2024-01', '2025-01'].map((one) => whole(one, '31')),
    ),
    load(2, '2025-03-01', '2025-02-28', [whole('2024-01', '31'), whole('2025-02', '28')]),
  ].map((one) => ({
    ...one,
    // All months between, so that none is beside a gap.
    months: [
      ...one.months,
      ...(one.version === 1
        ? ['02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((no) => whole(`2024-${no}`))
        : []),
    ],
  }));
  const [print, later] = printsOf(twice).find(({ month }) => month === '2025-01')?.prints ?? [];
  expect([print?.madeBy, print?.yearAgoMadeBy]).toEqual([1, 1]);
  expect([later?.madeBy, later?.yearAgoMadeBy]).toEqual([1, 2]);
});
