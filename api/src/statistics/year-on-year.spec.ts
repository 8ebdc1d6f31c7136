import { monthsThrough } from '../figures/calendar.ts';
import { CHINA_EXPORTS, CHINA_EXPORTS_GROWTH } from './published/china-trade.ts';
import { yearOnYear } from './year-on-year.ts';

const months = monthsThrough('2000-01', '2013-12');
const growthIn = (month: string) =>
  yearOnYear(Object.values(CHINA_EXPORTS).flat(), months).find((row) => row.month === month);

test('published growth of China’s exports, months alone and January with February', () => {
  const [january, february] = [growthIn('2013-01'), growthIn('2013-02')];
  expect(january?.growth).toBeCloseTo(CHINA_EXPORTS_GROWTH['2013-01'], 6);
  expect(february?.growth).toBeCloseTo(CHINA_EXPORTS_GROWTH['2013-02'], 6);
  expect(january?.headline).toBeCloseTo(CHINA_EXPORTS_GROWTH['2013-01..02'], 5);
  expect(february?.headline).toBe(january?.headline);
  expect(growthIn('2013-03')?.headline).toBe(growthIn('2013-03')?.growth);
});

test('no rate without a base, with an unknown value, or on a base of nothing', () => {
  const rows = yearOnYear(
    [5, null, 0, 10, 8, 9],
    ['2023-01', '2023-02', '2023-03', '2024-01', '2024-02', '2024-03'],
  );
  expect(rows.map((row) => row.growth)).toEqual([null, null, null, 1, null, null]);
  expect(rows.map((row) => row.headline)).toEqual([null, null, null, null, null, null]);
  expect(growthIn('2000-05')).toEqual({ month: '2000-05', growth: null, headline: null });
});
