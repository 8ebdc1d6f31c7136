import { comingMonths, dueOn, isDue } from './report-calendar.ts';

test('reports come out on the set day of the month after, over the end of a year', () => {
  expect([dueOn('2025-01', 15), dueOn('2025-12', 5), dueOn('2025-01', undefined)]).toEqual([
    '2025-02-15',
    '2026-01-05',
    null,
  ]);
  expect([isDue('2025-01', 15, '2025-02-14'), isDue('2025-01', 15, '2025-02-15')]).toEqual([false, true]);
  expect(isDue('2025-01', undefined, '2025-01-01')).toBe(true);
});

test('what is to come follows on what is published; before that, on what is released, or loaded', () => {
  const letOut = ['2024-12', '2025-01'];
  const of = (published: string | null, days: number | undefined, out = letOut) =>
    comingMonths({ published, letOut: out, through: '2025-02' }, days).map(({ month, day, isLetOut }) => [
      month,
      day,
      isLetOut,
    ]);
  expect(of('2024-12', 15)).toEqual([
    ['2025-01', '2025-02-15', true],
    ['2025-02', '2025-03-15', false],
    ['2025-03', '2025-04-15', false],
  ]);
  expect(of('2025-01', undefined)[0]).toEqual(['2025-02', null, false]);
  expect(of(null, undefined)[0]).toEqual(['2025-01', null, true]);
  expect(of(null, undefined, [])[0]).toEqual(['2025-02', null, false]);
});
