import { slidingSpans, spanStarts } from './sliding-spans.ts';

test('spans end with the series and are four at most', () => {
  expect(spanStarts(48, { length: 36, step: 12 })).toEqual([0, 12]);
  expect(spanStarts(50, { length: 36, step: 6 })).toEqual([2, 8, 14]);
  expect(spanStarts(120, { length: 36, step: 12 })).toEqual([48, 60, 72, 84]);
  expect(spanStarts(35, { length: 36, step: 12 })).toEqual([]);
});

test('an example that can be followed by hand', () => {
  const found = slidingSpans([
    { start: 0, factors: [1, 1.1, 1, 0.9], adjusted: [100, 100, 110, 121] },
    { start: 1, factors: [1.1, 1.02, 0.93], adjusted: [100, 112, 114] },
  ]);
  // Months 1, 2, 3 are in both: factors differ by 0, 2 and 3.3 %. Changes of months 2, 3: 10 and 12 %, 10 and 1.8 %.
  expect(found).toEqual({ months: 3, changes: 2, unstableFactors: 1 / 3, unstableChanges: 1 / 2 });
});

test('spans that agree are stable, and a single one tells nothing', () => {
  const span = { factors: [1, 1.2, 0.8], adjusted: [5, 6, 7] };
  expect(slidingSpans([{ start: 0, ...span }])).toBeNull();
  expect(
    slidingSpans([
      { start: 0, ...span },
      { start: 0, ...span },
    ]),
  ).toMatchObject({ unstableFactors: 0, unstableChanges: 0 });
});
