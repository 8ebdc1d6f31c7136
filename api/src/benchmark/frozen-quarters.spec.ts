import { monthsThrough } from '../core/calendar.ts';
import {
  addQuarters,
  frozenQuarters,
  monthsOfQuarter,
  quarterOf,
  type VersionMade,
} from './frozen-quarters.ts';

const version = (
  number: number,
  dataThrough: string,
  months: readonly string[],
  more: Partial<VersionMade> = {},
): VersionMade => ({
  ...{ version: number, publishedOn: `2025-01-0${number}`, dataThrough },
  months: months.map((month) => ({ month })),
  ...more,
});
const told = (versions: readonly VersionMade[]) =>
  frozenQuarters(versions).map(({ quarter, version: of }) => [quarter, of]);

test('quarters are of three months', () => {
  expect(monthsOfQuarter('2024-Q4')).toEqual(['2024-10', '2024-11', '2024-12']);
  expect(['2024-01', '2024-03', '2024-04', '2024-12'].map(quarterOf)).toEqual([
    ...['2024-Q1', '2024-Q1', '2024-Q2', '2024-Q4'],
  ]);
  expect([addQuarters('2024-Q1', -1), addQuarters('2024-Q3', 6), addQuarters('2024-Q2', -4)]).toEqual([
    ...['2023-Q4', '2026-Q1', '2023-Q2'],
  ]);
});

test('a quarter is told as of the first version that has it whole, whatever comes later', () => {
  const versions = [
    version(1, '2024-06-30', monthsThrough('2024-01', '2024-06')),
    version(2, '2024-09-29', monthsThrough('2024-06', '2024-09')),
    version(3, '2024-09-30', ['2024-09']),
    version(4, '2024-10-02', monthsThrough('2024-01', '2024-10')),
  ];
  expect(told(versions)).toEqual([
    ['2024-Q3', 3],
    ['2024-Q2', 1],
    ['2024-Q1', 1],
  ]);
  expect(told(versions.slice(0, 3))).toEqual(told(versions));
  expect(frozenQuarters(versions)[2]?.whole).toEqual(new Set(['2024-Q1', '2024-Q2']));
});

test('months that were never loaded, or of which nothing is left, make no quarter whole', () => {
  const of = (months: readonly string[]) => [version(1, '2024-12-31', months)];
  expect(told(of([...monthsThrough('2024-01', '2024-04'), ...monthsThrough('2024-06', '2024-12')]))).toEqual([
    ['2024-Q4', 1],
    ['2024-Q3', 1],
    ['2024-Q1', 1],
  ]);
  const withdrawn = version(1, '2024-06-30', [], {
    months: monthsThrough('2024-01', '2024-06').map((month) => ({
      month,
      ...(month === '2024-02' ? { known: null } : {}),
    })),
  });
  expect(told([withdrawn])).toEqual([['2024-Q2', 1]]);
  // What comes later makes it whole.
  expect(told([withdrawn, version(2, '2024-06-30', ['2024-02'])])).toEqual([
    ['2024-Q2', 1],
    ['2024-Q1', 2],
  ]);
});

test('a source that begins within a quarter has it not whole', () => {
  const months = monthsThrough('2024-01', '2024-06').map((month) => ({
    month,
    known: { month, firstDay: `${month}-0${month === '2024-01' ? 3 : 1}`, lastDay: `${month}-28` },
  }));
  expect(told([{ ...version(1, '2024-06-30', []), months }])).toEqual([['2024-Q2', 1]]);
});
