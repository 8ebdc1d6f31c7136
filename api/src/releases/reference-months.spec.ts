import { referenceMonths, referenceYearOf } from './reference-months.ts';

test('levels are against the first year that is wholly loaded', () => {
  expect(referenceYearOf({ firstDay: '2021-01-01', dataThrough: '2025-02-10' })).toBe(2021);
  expect(referenceYearOf({ firstDay: '2021-01-02', dataThrough: '2025-02-10' })).toBe(2022);
  expect(referenceYearOf({ firstDay: '2021-01-01', dataThrough: '2025-02-10', notLoaded: ['2021-07'] })).toBe(
    2022,
  );
  expect(referenceYearOf({ firstDay: '2024-02-01', dataThrough: '2025-02-10' })).toBeNull();
});

test('of January and February both; of a year that growth is against already there is no other level', () => {
  expect(referenceMonths('2024-12', 2021)).toEqual(['2021-12']);
  expect(referenceMonths('2025-01', 2021)).toEqual(['2021-01', '2021-02']);
  expect(referenceMonths('2022-12', 2021)).toEqual([]);
  expect(referenceMonths('2024-12', null)).toEqual([]);
});
