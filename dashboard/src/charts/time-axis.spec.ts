import { drawing, fourMonths, palette, point } from './drawing.fixture.ts';
import { periodBuckets, splitOpen, timeAxes, timeMarks } from './time-axis.ts';

const days = ['2023-11-01', '2023-12-01', '2024-01-01', '2024-02-01'];

it('shades the chosen months, unless they are all or none of those shown', () => {
  expect(periodBuckets(days, '2023-12', '2024-01')).toEqual({ first: 1, last: 2 });
  expect(periodBuckets(days, '2023-11', '2024-02')).toBeNull();
  expect(periodBuckets(days, '2025-01', '2025-02')).toBeNull();
});

it('names every month of a short axis, and years and Julys of a long one', () => {
  const short = timeAxes(drawing(fourMonths)).xAxis.axisLabel;
  expect([short.formatter('2024-11-01'), short.interval(1)]).toEqual(['11月', true]);
  const long = Array.from({ length: 24 }, (_, index) => {
    const month = String((index % 12) + 1).padStart(2, '0');
    return { ...point('', 1), day: `${2023 + Math.floor(index / 12)}-${month}-01` };
  });
  const label = timeAxes(drawing(long)).xAxis.axisLabel;
  expect([0, 1, 6, 12].map((index) => label.interval(index))).toEqual([true, false, true, true]);
  expect([label.formatter('2024-01-01'), label.formatter('2024-07-01')]).toEqual(['2024', '7']);
});

it('keeps incomplete buckets off the line', () => {
  const { closed, open } = splitOpen(fourMonths, (point) => point.value.value);
  expect(closed).toEqual([990, 820, null, null]);
  expect(open).toEqual([null, null, null, 70]);
});

it('draws annotations as numbered lines, with a tint over longer ones and the chosen period', () => {
  const marks = timeMarks({
    ...drawing(fourMonths),
    marks: [
      { first: 0, last: 0, label: '1' },
      { first: 1, last: 3, label: '2 · 3' },
    ],
    period: { first: 1, last: 2, name: '所选时段' },
  });
  expect(marks.markLine.data).toEqual([
    { xAxis: '2024-11-01', label: { formatter: '1' } },
    { xAxis: '2024-12-01', label: { formatter: '2 · 3' } },
  ]);
  expect(marks.markArea.data).toHaveLength(2);
  expect(marks.markArea.data[0]).toEqual([
    { xAxis: '2024-12-01', itemStyle: { color: palette.period } },
    { xAxis: '2025-01-01' },
  ]);
});
