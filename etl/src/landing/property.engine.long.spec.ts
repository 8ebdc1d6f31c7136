import fc from 'fast-check';
import type { ClickHouseClient } from '@beltline/sql/engine';
import type { TableDefinition } from '../source/definition.ts';
import { fingerprintFile } from '../files/index.ts';
import { createLandedViews, landFile } from './index.ts';
import { BLANK, readReference, type ReferenceResult } from './reference-csv.ts';
import { LandingBench, sourceOf, tableOf } from './spec-kit.ts';

/** Raise for a long search; the seed of a failure is in its message. */
const RUNS = Number(process.env['LANDING_PROPERTY_RUNS'] ?? 40);

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

const NAMES = ['a', 'b', 'c', 'd'];
const tables = NAMES.flatMap((_, index) =>
  [',', ';'].map((delimiter) =>
    tableOf(NAMES.slice(0, index + 1), {
      delimiter,
      table: `t${index + 1}_${delimiter === ',' ? 'comma' : 'semicolon'}`,
    }),
  ),
);

/** What the reference calls it when a file is refused. */
const REFUSALS: Readonly<Record<string, 'openQuote' | 'loneReturn' | 'cutOff'>> = {
  'open-quote': 'openQuote',
  'line-ends': 'loneReturn',
  truncated: 'cutOff',
};

interface Outcome extends ReferenceResult {
  readonly read: number;
}

/** Lands one text after the other into the same database, each as a file of its own. */
async function withReader(
  work: (read: (table: TableDefinition, content: string) => Promise<Outcome>) => Promise<void>,
): Promise<void> {
  await bench.withDatabase(tables, async (client, database) => {
    let fileNo = 0;
    await work(async (table, content) => {
      fileNo += 1;
      const path = bench.write('property.csv', content);
      try {
        const landed = await landFile({
          client,
          database,
          fileNo,
          table,
          path,
          expected: await fingerprintFile(path),
          // By turns all at once, or few enough that a text of some lines is cut, and grows where it cannot be.
          linesToPair: fileNo % 2 === 0 ? undefined : 1 + (fileNo % 5),
        });
        await createLandedViews(client, database, sourceOf(tables));
        return {
          ...(await readBack(client, table, fileNo)),
          read: landed.rows + landed.malformed,
          openQuote: null,
          loneReturn: null,
          cutOff: null,
        };
      } catch (error) {
        const { rule, line } = error as { rule?: string; line: number };
        const key = rule === undefined ? undefined : REFUSALS[rule];
        if (key === undefined) throw error;
        const refused = { openQuote: null, loneReturn: null, cutOff: null, records: [], faults: [], read: 0 };
        return { ...refused, [key]: line };
      }
    });
  });
}

async function readBack(client: ClickHouseClient, { table, columns }: TableDefinition, fileNo: number) {
  const rows = async <Row>(query: string) =>
    (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
  const records = await rows<{ line: string; fields: string[] }>(
    `SELECT _line AS line, [${columns.join(', ')}] AS fields FROM ${table} WHERE _file_no = ${fileNo} ORDER BY line`,
  );
  const faults = await rows<{ line: string; rule: string; value: string }>(
    `SELECT line, rule, value FROM landing_faults WHERE table_name = '${table}' AND file_no = ${fileNo} ORDER BY line`,
  );
  const numbered = <Row extends { line: string }>(list: readonly Row[]) =>
    list.map((row) => ({ ...row, line: Number(row.line) }));
  return { records: numbered(records), faults: numbered(faults) };
}

const dialect = fc.record({
  table: fc.constantFrom(...tables),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  bom: fc.boolean(),
  endsWithLine: fc.boolean(),
});

/** Writes a field as RFC 4180 has it; `always` quotes also where nothing makes it necessary. */
function quote(field: string, delimiter: string, always: boolean, alone: boolean): string {
  const needed = field.includes(delimiter) || /["\r\n]/.test(field) || (alone && field === '');
  return always || needed ? `"${field.replaceAll('"', '""')}"` : field;
}

const header = (table: TableDefinition) => table.columns.join(table.delimiter);

test('what a correct writer writes comes back, field by field, with its lines', async () => {
  const piece = fc.constantFrom(
    '',
    'a',
    '"',
    '""',
    ',',
    ';',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '中',
    '😀',
    '\\',
    "'",
    '{a:String}',
    '\x01',
    '\x02',
    '\t',
    '0',
  );
  const field = fc
    .tuple(fc.array(piece, { maxLength: 6 }), fc.boolean())
    .map(([parts, always]) => ({ text: parts.join(''), always }));
  const rows = fc.array(fc.tuple(field, field, field, field), { maxLength: 12 });
  await withReader(async (read) => {
    const property = fc.asyncProperty(dialect, rows, async ({ table, lineEnd, bom, endsWithLine }, all) => {
      const cut = all.map((row) => row.slice(0, table.columns.length));
      const texts = cut.map((row) =>
        row
          .map(({ text, always }) => quote(text, table.delimiter, always, row.length === 1))
          .join(table.delimiter),
      );
      // White space at the end of a file is no record (docs/sources.md): who means it as a value writes it in quotes.
      for (let at = texts.length - 1; BLANK.test(texts[at] ?? 'no line'); at -= 1)
        texts[at] = `"${texts[at]}"`;
      const body = texts.join(lineEnd) + (endsWithLine && texts.length > 0 ? lineEnd : '');
      // Text in a field that looks like several records of the very table is taken for swallowed records, on purpose.
      const { faults, loneReturn } = readReference(body, table.columns.length, table.delimiter);
      fc.pre(faults.length === 0 && loneReturn === null);
      let line = 2;
      const expected = cut.map((row, index) => {
        const record = { line, fields: row.map(({ text }) => text) };
        line += (texts[index] as string).split('\n').length;
        return record;
      });
      const landed = await read(table, `${bom ? '\ufeff' : ''}${header(table)}${lineEnd}${body}`);
      expect(landed).toEqual({
        records: expected,
        faults: [],
        openQuote: null,
        loneReturn: null,
        cutOff: null,
        read: expected.length,
      });
    });
    await fc.assert(property, { numRuns: RUNS });
  });
}, 600_000);

test('any text at all is read as the rules say', async () => {
  const alphabets = [
    ['a', ',', '"', '\n'],
    ['a', ',', '"', '"', '\n', ',"', '",'],
    ['a', ',', '\n', '"x"', '","', '\r\n', '\r', '中', '😀', '\x01', '\x02', '\0'],
    ['b,"\n', 'a,b\n', '"', '",c\n', 'x",y\n', '""', ',', '\n'],
    ['x,",",y","w\n', '"a\n', 'b"\n', 'a,b,c\n', ',', '"', '\0', '\n'],
  ];
  const text = fc
    .constantFrom(...alphabets)
    .chain((alphabet) => fc.array(fc.constantFrom(...alphabet), { maxLength: 300 }));
  // Most random text ends inside a quote, which refuses it; some ends that close one let more of it be compared.
  const ends = fc.array(fc.constantFrom('"\n', '"a', '\n"'), { maxLength: 3 });
  await withReader(async (read) => {
    const property = fc.asyncProperty(dialect, text, ends, async ({ table, lineEnd }, pieces, closers) => {
      const columns = table.columns.length;
      let body = pieces.join('').replaceAll(',', table.delimiter);
      for (const end of closers) if (readReference(body, columns, table.delimiter).openQuote) body += end;
      const expected = readReference(body, columns, table.delimiter);
      const { read: count, ...landed } = await read(table, `${header(table)}${lineEnd}${body}`);
      if (expected.openQuote) expect(landed.openQuote).toBe(expected.openQuote);
      else if (expected.loneReturn) expect(landed.loneReturn).toBe(expected.loneReturn);
      else if (expected.cutOff) expect(landed.cutOff).toBe(expected.cutOff);
      else
        expect({ ...landed, count }).toEqual({
          ...expected,
          count: expected.records.length + expected.faults.length,
        });
    });
    await fc.assert(property, { numRuns: RUNS });
  });
}, 600_000);

test('damage to one line changes no other record, and every record is counted', async () => {
  const field = fc.tuple(fc.constantFrom('', 'a', 'bc', 'd e', '中文', '😀'), fc.boolean());
  const rows = fc.array(fc.tuple(field, field, field, field), { minLength: 1, maxLength: 12 });
  const damage = fc.record({
    row: fc.nat(),
    at: fc.nat(),
    remove: fc.nat({ max: 4 }),
    insert: fc.constantFrom('', '"', '""', ',', '",', ',"', 'x"', '\0', '\r'),
  });
  await withReader(async (read) => {
    const property = fc.asyncProperty(
      dialect,
      rows,
      damage,
      async ({ table, lineEnd }, all, { row, at, remove, insert }) => {
        const columns = table.columns.length;
        const texts = all.map((fields) =>
          fields
            .slice(0, columns)
            .map(([text, always]) => quote(text, table.delimiter, always, columns === 1))
            .join(table.delimiter),
        );
        const hit = row % texts.length;
        const whole = texts[hit] as string;
        const from = at % (whole.length + 1);
        const broken =
          whole.slice(0, from) + insert.replaceAll(',', table.delimiter) + whole.slice(from + remove);
        const damaged = texts.map((text, index) => (index === hit ? broken : text)).join(lineEnd) + lineEnd;
        const landed = await read(table, `${header(table)}${lineEnd}${damaged}`);
        if (landed.loneReturn !== null) {
          expect(landed.loneReturn).toBe(hit + 2);
          return;
        }
        if (landed.openQuote !== null) {
          expect(landed.openQuote).toBe(hit + 2); // refused as a whole, and the right line named
          return;
        }
        const others = landed.records.filter(({ line }) => line !== hit + 2);
        const untouched = all.flatMap((fields, index) =>
          index === hit ? [] : [{ line: index + 2, fields: fields.slice(0, columns).map(([text]) => text) }],
        );
        expect(others).toEqual(untouched);
        expect(landed.faults.filter(({ line }) => line !== hit + 2)).toEqual([]);
        const vanished = /^\r*\n$/.test(broken + lineEnd) && hit === texts.length - 1; // it became the blank end of the file
        expect(landed.read).toBe(texts.length - (vanished ? 1 : 0));
      },
    );
    await fc.assert(property, { numRuns: RUNS });
  });
}, 600_000);
