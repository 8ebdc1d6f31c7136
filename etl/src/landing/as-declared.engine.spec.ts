/** Values of columns that declare how they are written: as the model reads them, or set apart with column and text. */
import type { ColumnFormat } from '../source/formats.ts';
import { LandingBench, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

/** What becomes of the values of one column; null where a value is set apart. */
async function read(format: ColumnFormat, values: readonly string[]): Promise<(string | null)[]> {
  const table = tableOf(['n', 'v'], { delimiter: ';', formats: { v: format } });
  const text = `n;v\n${values.map((value, index) => `${index};"${value}"\n`).join('')}`;
  const { records, faults } = await bench.landText(table, text);
  const apart = new Map(faults.map(({ line, value, rule }) => [line, [rule, value]]));
  return values.map((value, index) => {
    const found = records.find(({ n }) => n === String(index));
    if (found) return found['v'] as string;
    expect(apart.get(index + 2)).toEqual(['not-as-declared', value]);
    return null;
  });
}

it('reads numbers with a decimal comma, points between thousands and a sign of a currency', async () => {
  const values = [
    ...['1.234,56', '1234,56', '7', '-1.234,5', '1.234,56-', '(12,00)', '12,00 €', ' 0,5 ', ''],
    ...['1.23', '1,234.56', '1.2345,6', '--1', '(1', '-1-', '12 $', 'x', '1,', ','],
  ];
  expect(await read({ number: '1.234,56 €' }, values)).toEqual([
    ...['1234.56', '1234.56', '7', '-1234.5', '-1234.56', '-12.00', '12.00', '0.5', ''],
    ...[null, null, null, null, null, null, null, null, null, null],
  ]);
});

it('reads numbers with commas between thousands, blanks of any width, and whole ones', async () => {
  expect(await read({ number: '¥1,234.56' }, ['¥1,234.56', '-¥5', '¥ -5', '1,23', '12,345,678'])).toEqual([
    ...['1234.56', '-5', '-5', null, '12345678'],
  ]);
  expect(await read({ number: '1 234,5' }, ['1 234,56', '1\u00a0234,56', '1\u202f234 567', '1.234'])).toEqual(
    ['1234.56', '1234.56', '1234567', null],
  );
  expect(await read({ number: '1.234', empty: ['-', 'k.A.'] }, ['1.234', '-', 'k.A.', '1,5', '-2'])).toEqual([
    ...['1234', '', '', null, '-2'],
  ]);
});

it('reads times by their format, and days that there are', async () => {
  const format = { time: ['d/m/yyyy h:mm', 'd/m/yyyy'] };
  const values = [
    '1/2/2024 9:05',
    '31/12/2023 23:59',
    '29/02/2024',
    '',
    '29/02/2023',
    '1/13/2024',
    '2024-02-01',
  ];
  expect(await read(format, [...values, '1/2/2024 24:00', '1/2/24 9:05', '1/2/9999'])).toEqual([
    ...['2024-02-01 09:05:00', '2023-12-31 23:59:00', '2024-02-29 00:00:00', '', null, null, null],
    ...[null, null, '9999-02-01 00:00:00'],
  ]);
  expect(
    await read({ time: ['m/d/yy h:mm am/pm'] }, ['1/2/24 12:05 AM', '1/2/24 12:05 pm', '1/2/24 13:00 PM']),
  ).toEqual(['2024-01-02 00:05:00', '2024-01-02 12:05:00', null]);
  expect(
    await read({ time: ['dd-mmm-yyyy hh:mm:ss.000'] }, [
      '03-Feb-2024 01:02:03.456',
      '03-Xyz-2024 01:02:03.456',
    ]),
  ).toEqual(['2024-02-03 01:02:03.456', null]);
  expect(await read({ day: ['yyyy年m月d日'] }, ['2024年2月3日', '2024年2月30日'])).toEqual([
    '2024-02-03',
    null,
  ]);
});

it('reads times of another zone, but for those that its clocks never show', async () => {
  const format = { time: ['d/m/yyyy h:mm'], zone: 'Europe/Madrid' };
  // Clocks go from 2:00 to 3:00 on 31 March 2024, and from 3:00 back to 2:00 on 27 October.
  const values = ['1/7/2024 12:00', '1/1/2024 12:00', '31/3/2024 2:30', '27/10/2024 2:30'];
  expect(await read(format, values)).toEqual([
    ...['2024-07-01 10:00:00Z', '2024-01-01 11:00:00Z', null, '2024-10-27 00:30:00Z'],
  ]);
});

it('names each value of a record that does not fit, and keeps the record once, with its text', async () => {
  const formats = { a: { number: '1234,5' }, b: { day: ['d/m/yyyy'] } };
  const landed = await bench.landText(
    tableOf(['a', 'b', 'c'], { delimiter: ';', formats, role: 'lookup' }),
    'a;b;c\n1,5;1/2/2024;x\n1.5;2024;"y ""z"""\n2,5;3/2/2024;w\n',
  );
  expect(landed.records.map(({ a, b, c }) => [a, b, c])).toEqual([
    ['1.5', '2024-02-01', 'x'],
    ['2.5', '2024-02-03', 'w'],
  ]);
  expect(landed.faults.map(({ line, value, raw }) => [line, value, raw])).toEqual([
    [3, '1.5', '1.5;2024;"y ""z"""'],
    [3, '2024', '1.5;2024;"y ""z"""'],
  ]);
});
