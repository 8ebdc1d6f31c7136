import { addMonths, isMonth, monthRuns, monthsBetween } from './calendar-months.ts';

it('steps over years in both directions', () => {
  expect(addMonths('2024-01', -1)).toBe('2023-12');
  expect(addMonths('2024-12', 1)).toBe('2025-01');
  expect(addMonths('2024-06', -18)).toBe('2022-12');
});

it('lists the months between, both ends included', () => {
  expect(monthsBetween('2024-11', '2025-02')).toEqual(['2024-11', '2024-12', '2025-01', '2025-02']);
  expect(monthsBetween('2025-02', '2024-11')).toEqual([]);
});

it('knows a month from other text', () => {
  expect(['2024-01', '2024-13', '2024-1', '', null].map(isMonth)).toEqual([true, false, false, false, false]);
});

it('gathers months into runs', () => {
  expect(monthRuns(['2024-01', '2023-11', '2023-12', '2024-05'])).toEqual([
    { from: '2023-11', to: '2024-01' },
    { from: '2024-05', to: '2024-05' },
  ]);
  expect(monthRuns([])).toEqual([]);
});
