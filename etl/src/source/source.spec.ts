import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { assignFiles, listSources, readSource, type SourceDefinition } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'landing-source-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const orders = {
  table: 'orders',
  role: 'facts',
  match: 'orders-*.csv*',
  format: 'csv',
  columns: ['订单号', 'amount'],
};
const sellers = {
  table: 'sellers',
  role: 'lookup',
  match: 'sellers.{tsv,txt}',
  format: 'tsv',
  columns: ['id'],
  optional: true,
};
const valid = {
  id: 'shop',
  name: { zh: '店铺', en: 'Shop' },
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  homeCountry: 'CN',
  tables: [orders, sellers],
  select: {
    orderLines: 'lines.sql',
    merchants: 'merchants.sql',
    memberships: 'memberships.sql',
    belts: 'belts.sql',
  },
};

/** Writes a source's folder and reads it. */
/** Zero width, joiners, fillers, soft hyphens, marks of direction, and a pattern of Braille without a dot: each is a blank where it is shown. */
const BLANKS = [...'\u200b\u200d\u2060\u00ad\u200e\u061c\u3164\u115f\uffa0\u2800\ufe0f\u034f'];

function source(definition: unknown, timeZone?: string): SourceDefinition {
  const folder = join(root, 'shop source');
  mkdirSync(folder, { recursive: true });
  for (const file of Object.values(valid.select)) writeFileSync(join(folder, file), 'SELECT 1');
  writeFileSync(join(folder, 'belts.csv'), 'id\n');
  writeFileSync(
    join(folder, 'source.yaml'),
    typeof definition === 'string' ? definition : stringify(definition),
  );
  return readSource(folder, timeZone);
}

describe('readSource', () => {
  test('fills in defaults', () => {
    expect(source(valid)).toEqual({
      ...valid,
      folder: join(root, 'shop source'),
      businessTimeZone: 'Asia/Shanghai',
      maxRejectedShare: 0.01,
      mode: 'changes',
      maxWithdrawnShare: 0.1,
      tables: [
        { ...orders, optional: false, encoding: 'utf-8', delimiter: ',' },
        { ...sellers, encoding: 'utf-8', delimiter: '\t' },
      ],
    });
    expect(source(valid, 'Asia/Tokyo').businessTimeZone).toBe('Asia/Tokyo');
    expect(source({ ...valid, businessTimeZone: 'America/Sao_Paulo' }, 'Asia/Tokyo').businessTimeZone).toBe(
      'America/Sao_Paulo',
    );
  });

  test.each([
    ['a misspelt key', { ...valid, timezone: 'UTC' }, /source\.yaml[\s\S]*timezone/],
    [
      'a misspelt key of a table',
      { ...valid, tables: [{ ...orders, delimeter: ';' }] },
      /tables\[0\]: .*delimeter/,
    ],
    ['a long id', { ...valid, id: 'x'.repeat(33) }, /id: expected at most 32 lower-case letters/],
    [
      'a long name of a table',
      { ...valid, tables: [{ ...orders, table: 'x'.repeat(64) }] },
      /at most 63 lower/,
    ],
    ...BLANKS.map<[string, unknown, RegExp]>((blank) => [
      `a name of ${escape(blank)} alone`,
      { ...valid, name: { zh: '平台', en: ` ${blank}${blank}` } },
      /name\.en: expected a name that can be seen/,
    ]),
    ['half a character in a name', { ...valid, name: { zh: 'a\ud800', en: 'a' } }, /name\.zh: expected/],
    ['no such time zone', { ...valid, timeZone: 'Asia/Yiwu' }, /timeZone: expected an IANA time zone/],
    ['a time zone in small letters', { ...valid, timeZone: 'asia/shanghai' }, /timeZone: expected an IANA/],
    [
      'a business time zone in small letters',
      { ...valid, businessTimeZone: 'america/asuncion' },
      /businessTimeZone: expected an IANA/,
    ],
    ['an offset for a time zone', { ...valid, timeZone: '+08:00' }, /timeZone: expected an IANA time zone/],
    ['no facts', { ...valid, tables: [sellers] }, /exactly one table with role: facts, found 0/],
    [
      'two tables of a name',
      { ...valid, tables: [orders, { ...sellers, table: 'orders' }] },
      /tables\[1\]\.table: orders stands here twice/,
    ],
    [
      'a column twice',
      { ...valid, tables: [{ ...orders, columns: ['a', 'a'] }] },
      /tables\[0\]\.columns\[1\]: .*twice/,
    ],
    [
      'a column of landing itself',
      { ...valid, tables: [{ ...orders, columns: ['_line'] }] },
      /tables\[0\]\.columns\[0\]: .*taken/,
    ],
    [
      'a column with a backtick',
      { ...valid, tables: [{ ...orders, columns: ['a`b'] }] },
      /tables\[0\]\.columns\[0\]: expected a column name/,
    ],
    [
      'a table of landing itself',
      { ...valid, tables: [{ ...orders, table: 'landing_faults' }] },
      /tables\[0\]\.table: this name is taken/,
    ],
    [
      'a long delimiter',
      { ...valid, tables: [{ ...orders, delimiter: '||' }] },
      /tables\[0\]\.delimiter: expected one ASCII character/,
    ],
    [
      'a delimiter for TSV',
      { ...valid, tables: [orders, { ...sellers, delimiter: ',' }] },
      /tables\[1\]\.delimiter: only CSV/,
    ],
    [
      'Parquet in GB18030',
      { ...valid, tables: [{ ...orders, format: 'parquet', encoding: 'gb18030' }] },
      /tables\[0\]\.encoding: Parquet/,
    ],
    [
      'a name as long as a page',
      { ...valid, name: { zh: '订单', en: 'x'.repeat(3000) } },
      /name\.en: expected a name of at most 80/,
    ],
    [
      'a name of two lines',
      { ...valid, name: { zh: '订\n单', en: 'Orders' } },
      /name\.zh: expected one line/,
    ],
    [
      'a name that turns what follows around',
      { ...valid, name: { zh: '订单', en: 'a\u202Eb' } },
      /name\.en: expected one line/,
    ],
    ['a share above one', { ...valid, maxRejectedShare: 2 }, /maxRejectedShare/],
    [
      'a file outside the folder',
      { ...valid, tables: [{ ...orders, file: '../x.csv' }] },
      /tables\[0\]\.file: expected a file in the source's folder/,
    ],
    [
      'a file that is not there',
      { ...valid, tables: [{ ...orders, file: 'none.csv' }] },
      /tables\[0\]\.file: there is no file none\.csv/,
    ],
    [
      'a SELECT that is not there',
      { ...valid, select: { ...valid.select, belts: 'no.sql' } },
      /select\.belts: there is no file no\.sql/,
    ],
    ['no YAML', 'id: [', /not valid YAML/],
    ['brackets without end', `id: ${'['.repeat(100_000)}`, /source\.yaml is not valid YAML/],
    [
      'a book',
      `id: a # ${'x'.repeat(1_000_000)}`,
      /source\.yaml cannot be read: it is \d+ bytes long, and 1000000 are/,
    ],
    ['a key twice', 'id: a\nid: b', /not valid YAML[\s\S]*line 2/],
    ['a key twice in a key', 'id: a\nname: { zh: a, en: b, zh: c }', /not valid YAML[\s\S]*line 2/],
    ['nothing', '', /the document/],
  ])('%s', (_, definition, says) => {
    expect(() => source(definition)).toThrow(says);
  });

  test.each([
    ['a named pipe', (file: string) => execFileSync('mkfifo', [file]), 'it is a named pipe, not a file'],
    ['a device', (file: string) => symlinkSync('/dev/zero', file), 'it is a device, not a file'],
    ['a folder', (file: string) => mkdirSync(file), 'it is a folder, not a file'],
    [
      'UTF-16',
      (file: string) => writeFileSync(file, Buffer.from('\ufeffid: a', 'utf16le')),
      'it is not UTF-8',
    ],
    ['Latin-1', (file: string) => writeFileSync(file, Buffer.from('id: \xe9', 'latin1')), 'it is not UTF-8'],
  ])('source.yaml is %s', (_, make, says) => {
    const folder = join(root, 'other', says.replaceAll(' ', '-'));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    make(join(folder, 'source.yaml'));
    expect(() => readSource(folder)).toThrow(`source.yaml cannot be read: ${says}`);
  });

  test('keys without end are refused within a moment, and in a few lines', () => {
    const keys = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n');
    const begun = performance.now();
    const refusal = () => source(keys);
    expect(refusal).toThrow(/the document: Unrecognized keys: "k0", "k1"/);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(refusal).toThrow(/^[\s\S]{1,3000}$/);
  });

  test('no such source', () => {
    expect(() => readSource(join(root, 'none'))).toThrow(/none\/source\.yaml cannot be read/);
  });

  test('listSources', () => {
    source(valid);
    mkdirSync(join(root, 'not a source'), { recursive: true });
    expect(listSources(root)).toEqual(['shop source']);
    expect(listSources(join(root, 'none'))).toEqual([]);
    expect(() => listSources(join(root, 'shop source', 'source.yaml'))).toThrow(
      /source\.yaml is no folder.*Name the folder/,
    );
  });
});

describe('assignFiles', () => {
  const assigned = (definition: SourceDefinition, paths: string[]) =>
    assignFiles(definition, paths).map(({ table, path }) => `${table.table} ${path}`);

  test('by name, in an order that does not depend on that of the arguments', () => {
    const definition = source(valid);
    const paths = [
      '/d/sellers.txt',
      '/d/orders-2.csv.gz',
      '/e/orders-1.csv',
      '/d/orders-1.csv',
      '/d/x/../orders-1.csv',
    ];
    const expected = [
      'orders /d/orders-1.csv',
      'orders /e/orders-1.csv',
      'orders /d/orders-2.csv.gz',
      'sellers /d/sellers.txt',
    ];
    expect(assigned(definition, paths)).toEqual(expected);
    expect(assigned(definition, paths.toReversed())).toEqual(expected);
  });

  test('a file of the source itself, unless one is given', () => {
    const definition = source({
      ...valid,
      tables: [orders, { ...sellers, optional: false, file: 'belts.csv' }],
    });
    expect(assigned(definition, ['/d/orders-1.csv'])).toEqual([
      'orders /d/orders-1.csv',
      `sellers ${join(root, 'shop source', 'belts.csv')}`,
    ]);
    expect(assigned(definition, ['/d/orders-1.csv', '/d/sellers.tsv'])).toEqual([
      'orders /d/orders-1.csv',
      'sellers /d/sellers.tsv',
    ]);
  });

  test.each([
    ['of no table', valid, ['/d/orders-1.csv', '/d/other.csv'], { rule: 'assignment', file: '/d/other.csv' }],
    [
      'of two tables',
      { ...valid, tables: [orders, { ...sellers, match: '*.csv' }] },
      ['/d/orders-1.csv'],
      { rule: 'assignment', file: '/d/orders-1.csv' },
    ],
    ['none for a required table', valid, ['/d/sellers.tsv'], { rule: 'missing', file: 'orders-*.csv*' }],
    ['none at all', valid, [], { rule: 'missing' }],
    [
      'a match is no regular expression',
      { ...valid, tables: [{ ...orders, match: 'a.c[1](x)+' }] },
      ['/d/abc1x'],
      { rule: 'assignment' },
    ],
  ])('%s', (_, definition, paths, expected) => {
    expect(() => assignFiles(source(definition), paths)).toThrow(
      expect.objectContaining({ name: 'FileFault', ...expected }),
    );
  });

  test('a hidden alternative matches as it stands', () => {
    const definition = source({ ...valid, tables: [{ ...orders, match: '订单?({a,b*}).csv' }] });
    expect(assigned(definition, ['/d/订单1(a).csv', '/d/订单2(bc).csv'])).toHaveLength(2);
    expect(() => assigned(definition, ['/d/订单12(a).csv'])).toThrow('no table for a file of this name');
  });
});
