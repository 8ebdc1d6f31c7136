/** Which declarations of how values are written can be read, and what they say. */
import { areAmbiguous, numberFormat, type TimeFormat, timeFormat } from './formats.ts';

const time = (text: string): TimeFormat => {
  const format = timeFormat(text, true);
  if (typeof format === 'string') throw new Error(format);
  return format;
};

it.each([
  ['1234.56', { prefix: '', thousands: '', decimal: '.', suffix: '' }],
  ['1.234,56', { prefix: '', thousands: '.', decimal: ',', suffix: '' }],
  ['1,234', { prefix: '', thousands: ',', decimal: '', suffix: '' }],
  ["CHF 1'234.50", { prefix: 'CHF', thousands: "'", decimal: '.', suffix: '' }],
  ['1\u202f234,56 €', { prefix: '', thousands: '\u202f', decimal: ',', suffix: '€' }],
])('a number by example: %s', (example, format) => {
  expect(numberFormat(example)).toEqual(format);
});

it.each(['', '12', '1.234.56', '1,234,56', '-1234.56', 'x', '1234.78'])('%j is no example', (example) => {
  expect(numberFormat(example)).toBeNull();
});

it('m is a minute behind an hour or before seconds, and a month elsewhere', () => {
  expect(time('d/m/yyyy h:mm').groups).toEqual({ day: 1, month: 2, year: 3, hour: 4, minute: 5 });
  expect(time('yyyy年m月d日 hh时mm分ss秒').groups).toEqual({
    ...{ year: 1, month: 2, day: 3 },
    ...{ hour: 4, minute: 5, second: 6 },
  });
  expect(time('dd-mmm-yy h:mm am/pm')).toMatchObject({
    groups: { day: 1, monthName: 2, year: 3, hour: 4, minute: 5, half: 6 },
    hasShortYear: true,
  });
  expect(time('dmmyyyy hmmss').groups).toEqual({ day: 1, month: 2, year: 3, hour: 4, minute: 5, second: 6 });
  expect(time('yyyy年m月d日').groups).toEqual({ year: 1, month: 2, day: 3 });
  expect(time('dmmmyyyy').groups).toEqual({ day: 1, monthName: 2, year: 3 });
  expect(time('yyyymmdd').pattern).toBe('^([0-9]{4})([0-9]{2})([0-9]{2})$');
  expect(time('yyyy-mm-dd hh:mm:ss.000').groups).toMatchObject({ second: 6, fraction: 7 });
});

it.each([
  ['d/yyyy', 'month'],
  ['d/m/yyyy/d', 'twice'],
  ['d/m/yyyy h', 'hour'],
  ['d/m/yyyy mm:ss', 'time of day'],
  ['d/m/yyyy am/pm', 'time of day'],
  ['d/m/jjjj', 'jjjj'],
  ['yyyymd', 'nothing stands between'],
  ['dmmhyyyy', 'nothing stands between'],
])('%s is refused', (text, why) => {
  expect(timeFormat(text, true)).toContain(why);
});

it('a day has no hours', () => {
  expect(timeFormat('d/m/yyyy h:mm', false)).toContain('time instead of day');
});

it('formats that read one text as two days are ambiguous', () => {
  expect(areAmbiguous(time('d/m/yyyy'), time('m/d/yyyy'))).toBe(true);
  expect(areAmbiguous(time('d/m/yyyy h:mm'), time('d/m/yyyy'))).toBe(false);
  expect(areAmbiguous(time('dd-mmm-yyyy'), time('m/d/yyyy'))).toBe(false);
});
