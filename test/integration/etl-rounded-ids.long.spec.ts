/** Ids that a spreadsheet, or a program that took them for numbers, has rounded: many orders have then one number. */
import fc from 'fast-check';
import { type Bench, goldenSource, loadInProcess, openBench, query } from './etl-harness.ts';
import { loadLines } from './etl-line-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const quoted = (id: string): string => `"${id.replaceAll('"', '""')}"`;

/** Loads a line for each id, and tells the rule that rejects it, null where it is in force. */
async function rulesOf(source: string, field: 'order_id' | 'buyer_id', ids: readonly string[]) {
  await loadLines(
    bench,
    source,
    ids.map((id) => ({ [field]: quoted(id) })),
  );
  const rows = await query<{ line: number; rule: string | null; fields: string[] }>(
    bench.client,
    `SELECT toUInt32(line) AS line, faults[1].rule AS rule, faults.field AS fields FROM quarantine WHERE source = {source:String}
     UNION ALL SELECT toUInt32(file_line), NULL, [] FROM order_lines WHERE source = {source:String}`,
    { source },
  );
  const rules = new Map(
    rows.map(({ line, rule, fields }) => [line - 2, rule && `${rule} ${String(fields)}`]),
  );
  expect(rules.size).toBe(ids.length);
  return ids.map((id, index) => [id, rules.get(index)] as const);
}

const ROUNDED = [
  '1.23457E+15',
  '1,23457E+15',
  '1.23457e+15',
  '-1.23E+15',
  '+1.23E+15',
  '12.3E+15',
  '1,E+15',
  '5E+10',
  ' 1.23E+15',
  '1.23E+15 ',
  '\u00a01,23E+15',
  '="1.23E+15"',
  "'1.23E+15",
  '１．２３Ｅ＋１５',
  '１，２３ｅ＋１５',
  '1.23Ｅ+15',
  '1.23457E15',
  '2.025010512345678E17',
  '1,5E-05',
  '1.23E+015',
];
/** Real ids that look like it: hexadecimal numbers, names of shelves, versions, dates; and what only holds such a number. */
const REAL = [
  '5E10',
  '123E15',
  '12345678901234567890',
  '0012e3',
  '5E-10',
  'E+1',
  '订单+1',
  'A1.23E+15',
  '1.23E+15A',
  '1.23E+15-2',
  '1.2.3E+4',
  '2025.01.05',
  '1,234',
  'e+',
  '1E',
  '3fa85f64-5717-4562-b3fc-2c963f66afa6',
];

it.each(['order_id', 'buyer_id'] as const)('rejects them in whatever form, and no real %s', async (field) => {
  const rules = await rulesOf(`rounded-${field.replace('_', '-')}`, field, [...ROUNDED, ...REAL]);
  expect(rules).toEqual([
    ...ROUNDED.map((id) => [id, `rounded-id ${field}`]),
    ...REAL.map((id) => [id, null]),
  ]);
});

it('rejects them in ids of merchants, owners and belts', async () => {
  const folder = goldenSource(bench, 'rounded-lookups', {
    'source.yaml': (text) => text.replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1'),
    'data/merchants.csv': (text) => `${text}"1,23E+15",甲,O1\nM9,乙,1.23457E15\n`,
    'data/belts.csv': (text) => `${text}"1,23E+15",甲,甲,浙江\n`,
  });
  const { rejectedLookups } = await loadInProcess(bench, folder, ['data']);
  expect(rejectedLookups.map(({ rule, field, rows }) => `${rule} ${field} ${rows}`).sort()).toEqual([
    'rounded-id belt_id 1',
    'rounded-id merchant_id 1',
    'rounded-id owner_id 1',
  ]);
});

it('warns where every long order number ends in zeros behind the fifteenth digit, as a spreadsheet leaves it', async () => {
  const cut = Array.from({ length: 10 }, (_, index) => `20250105123450${index}000`);
  const load = async (id: string, ids: readonly string[]) => {
    await loadLines(
      bench,
      id,
      ids.map((order_id) => ({ order_id })),
    );
    const [event] = await query<{ warnings: Record<string, string> }>(
      bench.client,
      `SELECT warnings FROM load_events WHERE source = {id:String} AND state = 'committed'`,
      { id },
    );
    return event?.warnings;
  };
  expect(await load('cut-all', [...cut, 'A1', '17'])).toEqual({ 'order-id-cut': '10' });
  expect(await load('cut-nine', cut.slice(1))).toEqual({});
  expect(await load('cut-but-one', [...cut, '202501051234500001'])).toEqual({});
});

const digits = (most: number) =>
  fc.array(fc.nat(9), { minLength: 1, maxLength: most }).map((all) => all.join(''));
const wide = (text: string): string =>
  text.replaceAll(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));

/** How programs write a number with an exponent, in whatever language of the machine, and what becomes of it on the way. */
const written = fc
  .record({
    sign: fc.constantFrom('', '-', '+'),
    whole: digits(3),
    fraction: fc.option(
      fc.tuple(fc.constantFrom('.', ','), fc.oneof(fc.constant(''), digits(16))).map(([a, b]) => a + b),
    ),
    e: fc.constantFrom('e', 'E'),
    exponent: digits(3),
    bare: fc.boolean(),
    around: fc.constantFrom<[string, string]>(
      ['', ''],
      [' ', ''],
      ['', '  '],
      ['="', '"'],
      ["'", ''],
      ['\u3000', '\u00a0'],
    ),
    isWide: fc.boolean(),
  })
  .map(({ sign, whole, fraction, e, exponent, bare, around: [before, after], isWide }) => {
    const number = `${sign}${whole}${fraction ?? ''}${e}${bare && fraction !== null ? '' : '+'}${exponent}`;
    return `${before}${isWide ? wide(number) : number}${after}`;
  });
/** Ids as systems make them: counters, hexadecimal numbers, letters and digits with dashes. */
const made = fc.oneof(
  digits(20),
  fc.uuid(),
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 1, maxLength: 24 }),
  fc.tuple(digits(4), fc.constantFrom('e', 'E'), digits(3)).map((parts) => parts.join('')),
  fc
    .string({ unit: fc.constantFrom(...'0123456789EeX-_/+.,'), minLength: 1, maxLength: 16 })
    .filter((id) => /[X_/]/.test(id)),
);

it('rejects random ones, and none of random ids', async () => {
  const ids = [...new Set([...fc.sample(written, 400), ...fc.sample(made, 400)])];
  const rules = await rulesOf('rounded-random', 'order_id', ids);
  // A number with an exponent, told by reading it: what has a separator or the sign of an exponent.
  const isNumber = (id: string): boolean => {
    const text = id
      .normalize('NFKC')
      .replaceAll(/["'=\s]/g, '')
      .replace(',', '.');
    return /e/i.test(text) && /[.+]/.test(text.slice(1)) && !Number.isNaN(Number(text));
  };
  expect(rules).toEqual(ids.map((id) => [id, isNumber(id) ? 'rounded-id order_id' : null]));
});
