import { createDateFormat } from './date-format.ts';

const zh = createDateFormat('zh-CN');
const en = createDateFormat('en');

it('names months and runs of months without saying a year twice', () => {
  expect(zh.month('2024-02')).toBe('2024年2月');
  expect(zh.months('2024-01', '2024-12')).toBe('2024年1月 – 12月');
  expect(zh.months('2023-11', '2024-02')).toBe('2023年11月 – 2024年2月');
  expect(zh.months('2024-02', '2024-02')).toBe('2024年2月');
  expect(en.months('2024-01', '2024-12')).toBe('Jan – Dec 2024');
  expect(zh.span(['2024-03', '2024-01', '2024-02'])).toBe('2024年1月 – 3月');
  expect([zh.span(['2024-03']), zh.span([])]).toEqual(['2024年3月', '–']);
});

it('never moves a day, whatever the time zone of the reader', () => {
  expect(zh.day('2025-01-31')).toBe('2025年1月31日');
  expect(en.day('2025-03-01')).toBe('1 Mar 2025');
});

it('shows an instant in the time zone of the source', () => {
  expect(en.instant('2025-01-31T16:30:00Z', 'Asia/Shanghai')).toBe('1 Feb 2025, 00:30');
  expect(en.instant('2025-01-31T16:30:00Z', 'America/Sao_Paulo')).toBe('31 Jan 2025, 13:30');
});
