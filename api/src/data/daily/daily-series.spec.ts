import fc from 'fast-check';
import { addDays } from '../../core/calendar.ts';
import {
  added,
  comparedSums,
  type DailySeries,
  dayAt,
  dense,
  indexOfDay,
  LEFT_OUT,
  NOT_LOADED,
  sumOver,
} from './daily-series.ts';

const of = (...values: number[]): DailySeries => ({
  firstDay: '2024-02-27',
  values: Float64Array.from(values),
});

test('days without a row sold nothing; a row outside the days is not shown', () => {
  expect(dense('2024-02-27', 5, [3, 0], [7, 5])).toEqual(of(5, 0, 0, 7, 0));
  expect(dense('2024-02-27', 2, [2], [9]).values).toHaveLength(2);
});

test('series add up day by day, and the parts stay as they were', () => {
  const [one, other] = [of(1, 2, 3), of(10, 0, -5)];
  expect(added(of(0, 0, 0), [one, other])).toEqual(of(11, 2, -2));
  expect(one).toEqual(of(1, 2, 3));
  expect(added(of(0, 0, 0), [])).toEqual(of(0, 0, 0));
});

test('a day that is not loaded has no place in the series', () => {
  const series = of(1, 2, 3); // 27, 28 and 29 February
  expect(dayAt(series, 2)).toBe('2024-02-29');
  expect(['2024-02-26', '2024-02-27', '2024-03-01'].map((day) => indexOfDay(series, day))).toEqual([
    -1, 0, 3,
  ]);
  fc.assert(
    fc.property(fc.integer({ min: -900, max: 900 }), (offset) => {
      expect(indexOfDay(series, addDays(series.firstDay, offset))).toBe(offset);
    }),
  );
});

test('a sum over days that are not all loaded is not known', () => {
  const series = of(1, 2, 3);
  expect(sumOver(series, 0, 2)).toBe(6);
  expect(sumOver(series, 1, 1)).toBe(2);
  for (const [from, to] of [
    [-1, 1],
    [1, 3],
    [2, 1],
  ] as const)
    expect(sumOver(series, from, to)).toBeNull();
});

describe('sums over days that are compared', () => {
  const series = of(1, 2, 4, 8);
  const span = (from: number, to: number) => ({ from, to });

  test('each counterpart once; a day that is left out is in neither sum', () => {
    const matching = Int32Array.of(NOT_LOADED, LEFT_OUT, 0, 1);
    expect(comparedSums(series, span(2, 3), matching)).toEqual({ now: 12, before: 3, days: 2 });
    expect(comparedSums(series, span(1, 3), matching)).toEqual({ now: 12, before: 3, days: 2 });
  });

  test('not known: a counterpart that is not loaded, no counterpart at all, days outside the series', () => {
    const matching = Int32Array.of(NOT_LOADED, LEFT_OUT, 0, 1, 2);
    for (const { from, to } of [span(0, 3), span(1, 1), span(2, 4), span(3, 2), span(-1, 1)])
      expect(comparedSums(series, { from, to }, matching)).toBeNull();
  });

  test('a base day counts as what it would have sold on a day of the other kind', () => {
    const kinds = Float64Array.of(0.5, 1, 1, 2);
    expect(comparedSums(series, span(2, 3), Int32Array.of(0, 0, 0, 1), kinds)).toEqual({
      now: 12,
      before: 1 * (1 / 0.5) + 2 * (2 / 1),
      days: 2,
    });
  });
});
