/** What is made of the ways in which exports write times, amounts and numbers. */
import { timeFormat } from '../source/formats.ts';
import { draftCount, draftId, draftMoney, draftTime, quoted } from './written.ts';

const time = (...values: string[]) => draftTime('t', values);

it.each([
  ['as the model has it', ['2024-01-02 10:00:00', '2024-01-02T10:00:00Z', ''], 'orders.`t`'],
  ['in seconds', ['1704153600', '1704153601'], 'toDateTime(toUInt32OrZero('],
  ['in milliseconds', ['1704153600000'], 'intDiv(toUInt64OrZero('],
])('reads a time %s', (_, values, sql) => {
  const drafted = time(...values);
  expect(drafted.sql).toContain(sql);
  expect(drafted.isOpen ?? false).toBe(false);
});

it.each([
  ['year first, with slashes', ['2024/1/2 9:05'], ['yyyy/m/d h:mm']],
  ['in Chinese', ['2024年1月2日 09:05'], ['yyyy年m月d日 h:mm']],
  ['without marks', ['20240102', '20240102093000'], ['yyyymmdd', 'yyyymmddhhmmss']],
  ['day first, as a 13th and later tell', ['02/01/2024 9:05', '31/01/2024 9:05'], ['d/m/yyyy h:mm']],
  ['month first, as a 13th and later tell', ['01/02/2024', '01/31/2024'], ['m/d/yyyy']],
  [
    'with seconds and without',
    ['2.1.2024 9:05', '31.1.2024 9:05:01.5', '3.1.2024 9:05'],
    ['d.m.yyyy h:mm', 'd.m.yyyy h:mm:ss.0'],
  ],
])('declares a time %s', (_, values, formats) => {
  const drafted = time(...values);
  expect(drafted).toMatchObject({ sql: 'orders.`t`', format: { column: 't', is: { time: formats } } });
  expect(drafted.isOpen ?? false).toBe(false);
  expect(formats.filter((format) => typeof timeFormat(format, true) === 'string')).toEqual([]);
});

it.each([
  [
    'days and months that cannot be told apart',
    ['03/04/2024', '05/06/2024'],
    'may begin with the day or with the month',
  ],
  ['what is no time', ['tomorrow', 'soon'], '“tomorrow” is no way of writing a time'],
])('leaves %s to a person', (_, values, note) => {
  expect(time(...values)).toEqual({ sql: 'orders.`t`', note: expect.stringContaining(note), isOpen: true });
});

it('says that a day without a time is taken at midnight', () => {
  expect(time('2024/1/2').note).toContain('at midnight');
});

it.each([
  ['plain', ['12', '12.50'], 'orders.`m`', null],
  [
    'with separators of thousands',
    ['1,234.50', '12.00'],
    'replaceRegexpAll(orders.`m`',
    'separators of thousands',
  ],
  ['with a sign', ['¥1,234', '￥12.5 元'], 'replaceRegexpAll(orders.`m`', 'signs'],
  ['with a decimal comma', ['1.234,50', '12,5', '7'], 'orders.`m`', 'decimal comma'],
  ['with more zeros than are cents', ['12.5000'], "'([.][0-9]{2})0+$'", null],
])('reads an amount %s', (_, values, sql, note) => {
  const drafted = draftMoney('m', values);
  expect(drafted.sql).toContain(sql);
  expect(drafted.note).toEqual(note === null ? null : expect.stringContaining(note));
});

it('declares a decimal comma, with the sign of the currency and what stands between thousands', () => {
  expect(draftMoney('m', ['1.234,50', '12,5', '7']).format).toEqual({
    column: 'm',
    is: { number: '1.234,56' },
  });
  expect(draftMoney('m', ['€1 234,50', '12,5']).format).toEqual({ column: 'm', is: { number: '€1 234,56' } });
});

it('says what will be rejected: amounts below zero, three decimals, words', () => {
  expect(draftMoney('m', ['12.00', '-3.00']).note).toContain('rows below zero (returns?) are rejected');
  expect(draftMoney('m', ['12.005']).note).toContain('more than two decimals');
  expect(draftMoney('m', ['free', 'gift'])).toMatchObject({
    isOpen: true,
    note: expect.stringContaining('“free”'),
  });
});

it('takes off what exports put around numbers, and names ids that are rounded', () => {
  expect(draftId('i', ['="00123"'])).toMatchObject({ sql: "trimBoth(orders.`i`, '=\" \\t')" });
  expect(draftId('i', ['\t123'])).toMatchObject({ sql: expect.stringContaining('trimBoth') });
  expect(draftId('i', ['A1'])).toEqual({ sql: 'orders.`i`', note: null, isOpen: false });
  expect(draftId('i', ['1.23457E+15'])).toMatchObject({ isOpen: true });
  expect(draftCount('n', ['3.0', '1,000']).sql).toBe("replaceRegexpAll(orders.`n`, '[.]0+$|,', '')");
});

it('keeps what a file says within its quotes', () => {
  expect(quoted("it's \\ done")).toBe("'it\\'s \\\\ done'");
});
