import { hasLonePoint, linePoints } from './line-points.ts';

const dot = (value: number) => ({ value, symbol: 'circle', symbolSize: 6 });

it('draws a value between two gaps as a point, because no line reaches it', () => {
  expect(linePoints([null, 5, null, 7, 8, null, 0])).toEqual({
    showSymbol: true,
    showAllSymbol: true,
    symbol: 'none',
    data: [null, dot(5), null, 7, 8, null, dot(0)],
  });
  expect(linePoints([3]).data).toEqual([dot(3)]);
});

it('draws no points where the line reaches every value', () => {
  expect(linePoints([null, 7, 8, null, 0, 1])).toEqual({
    showSymbol: false,
    symbol: 'circle',
    data: [null, 7, 8, null, 0, 1],
  });
  expect([[], [null, null], [1, 2]].map(hasLonePoint)).toEqual([false, false, false]);
});
