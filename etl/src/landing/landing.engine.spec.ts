import { fingerprintFile } from '../files/index.ts';
import { createLandedViews, landFile } from './index.ts';
import { type Landed, LandingBench, sourceOf, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

const table = tableOf(['a', 'b', 'c']);
const csv = (...lines: string[]) => ['a,b,c', ...lines, ''].join('\n');
const values = ({ records }: Landed) => records.map(({ a, b, c }) => [a, b, c]);
const lines = ({ records }: Landed) => records.map(({ _line }) => Number(_line));

describe('well-formed CSV', () => {
  test('text comes back as it stands, also what a typed column would change', async () => {
    const rows = [
      ['300', '1.239', '2025-13-40'],
      ['', ' x ', '007'],
      ['1e5', '\\N', 'NULL'],
      ["'; DROP TABLE orders; --", '{a:String}', '{{on_cluster}}'],
      ['12345678901234567890123', '-0', 'NaN'],
      ['\t', '\\', '\\"'],
      ['中文', '😀', 'e\u0301'],
    ];
    const landed = await bench.landText(table, csv(...rows.map((row) => row.join(','))));
    expect(values(landed)).toEqual(rows);
    expect(landed).toMatchObject({ rows: rows.length, malformed: 0 });
  });

  test('quotes are resolved, however much of a line is quoted', async () => {
    const landed = await bench.landText(
      table,
      csv('"x",y,"z"', '"","",""', '"p,q",r,s', '"say ""hi""",t,""""', '"""",",",""","""', 'u,"v",w'),
    );
    expect(values(landed)).toEqual([
      ['x', 'y', 'z'],
      ['', '', ''],
      ['p,q', 'r', 's'],
      ['say "hi"', 't', '"'],
      ['"', ',', '","'],
      ['u', 'v', 'w'],
    ]);
  });

  test('a quote inside an unquoted field is literal', async () => {
    const landed = await bench.landText(table, csv('12" pipe,x,5" y', ' "a",b,"c,d"', 'k"",l"m"n,o'));
    expect(values(landed)).toEqual([
      ['12" pipe', 'x', '5" y'],
      [' "a"', 'b', 'c,d'],
      ['k""', 'l"m"n', 'o'],
    ]);
    expect(landed.malformed).toBe(0);
  });

  test('line ends: CRLF, LF, mixed, none at the end; a carriage return of a field stays', async () => {
    const landed = await bench.landText(
      table,
      'a,b,c\r\n1,2,3\r\n4,5,"6"\r\n7,8,"9\r"\r\nx,y\rz,w\n"q","r\r\ns",t\r\nlast,1,2',
    );
    expect(values(landed)).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
      ['7', '8', '9\r'],
      ['x', 'y\rz', 'w'],
      ['q', 'r\r\ns', 't'],
      ['last', '1', '2'],
    ]);
    expect(lines(landed)).toEqual([2, 3, 4, 5, 6, 8]);
    expect(landed.raw.get(6)).toBe('"q","r\r\ns",t');
  });

  test('records of several lines keep their first line and their line breaks', async () => {
    const landed = await bench.landText(
      table,
      csv(
        '1,"two\nlines",x',
        '"three\n\n1,2,3\nlines, with ""quotes"" and\n","b","c"',
        'after,y,z',
        '"at","the\nend","of\nfile"',
      ),
    );
    expect(values(landed)).toEqual([
      ['1', 'two\nlines', 'x'],
      ['three\n\n1,2,3\nlines, with "quotes" and\n', 'b', 'c'],
      ['after', 'y', 'z'],
      ['at', 'the\nend', 'of\nfile'],
    ]);
    expect(lines(landed)).toEqual([2, 4, 9, 10]);
    expect(landed.malformed).toBe(0);
  });

  test('a byte order mark is stripped, quoted names and blank lines at the end are accepted', async () => {
    const landed = await bench.landText(table, '\ufeff"a",b,"c"\r\n1,2,3\n\n\r\n\n');
    expect(values(landed)).toEqual([['1', '2', '3']]);
    expect(landed).toMatchObject({ rows: 1, malformed: 0 });
  });

  test.each([
    ['CSV', 'a,b,c\n1,2,3\n', table],
    ['CSV of a single column', 'a\n1\n', tableOf(['a'])],
    ['TSV', 'a\tb\tc\n1\t2\t3\n', tableOf(['a', 'b', 'c'], { format: 'tsv' })],
    ['TSV of a single column', 'a\n1\n', tableOf(['a'], { format: 'tsv' })],
    ['JSON lines', '{"a":"1"}\n', tableOf(['a'], { format: 'jsonl' })],
  ] as const)('%s: white space alone, and a Ctrl-Z, are no records at the end', async (_, content, of) => {
    for (const end of [
      '\n\n',
      '  \n\t\n\n',
      '\r\r\n\r\n',
      '\u3000\u00a0\n',
      '\x1a',
      '\x1a\r\n',
      '\n \x1a\x1a',
      '\r',
    ])
      expect([end, await bench.landText(of, content + end)]).toMatchObject([end, { rows: 1, malformed: 0 }]);
    const ended = await bench.landText(of, `${content.trimEnd()}\x1a`);
    expect(ended).toMatchObject({ rows: 1, malformed: 0 });
    expect(JSON.stringify(ended.records)).not.toContain('u001a');
  });

  test('a blank line between records is a rejected one, of a single column a value', async () => {
    const between = async (of: typeof table, lines: readonly string[]) =>
      await bench.landText(of, lines.join('\n'));
    expect(await between(table, ['a,b,c', '1,2,3', '  ', '', '4,5,6'])).toMatchObject({
      rows: 2,
      malformed: 2,
    });
    const jsonl = tableOf(['a'], { format: 'jsonl' });
    expect(await between(jsonl, ['{"a":"1"}', ' ', '{"a":"2"}'])).toMatchObject({ rows: 2, malformed: 1 });
    for (const format of ['csv', 'tsv'] as const) {
      const { records } = await between(tableOf(['a'], { format }), ['a', 'x', '', '  ', 'y', ' ']);
      expect(records.map(({ a }) => a)).toEqual(['x', '', '  ', 'y']);
    }
  });

  test.each([['a,b,c\n'], ['a,b,c'], ['a,b,c\r\n'], ['a,b,c\n\n']])(
    'a header without rows is no row (%j)',
    async (content) => {
      expect(await bench.landText(table, content)).toMatchObject({
        rows: 0,
        malformed: 0,
        records: [],
        faults: [],
      });
    },
  );

  test('a single column: blank lines are empty values, but not at the end', async () => {
    const landed = await bench.landText(tableOf(['only']), 'only\nx\n\n""\n"multi\n\nline"\ny\n\n');
    expect(landed.records.map(({ only }) => only)).toEqual(['x', '', '', 'multi\n\nline', 'y']);
  });

  test.each([';', '|', '\t', '^', '.', '-', ']', '\\', ' '])('the delimiter %j', async (delimiter) => {
    const landed = await bench.landText(
      tableOf(['a', 'b', 'c'], { delimiter }),
      `a,b,c\n1,2,3\n"x","y","z"\n"p,q",r,""""\nm,"n\no",s\n`.replaceAll(',', delimiter),
    );
    expect(values(landed)).toEqual([
      ['1', '2', '3'],
      ['x', 'y', 'z'],
      [`p${delimiter}q`, 'r', '"'],
      ['m', 'n\no', 's'],
    ]);
  });

  test('column names in any script, also those that landing uses itself', async () => {
    const columns = ['line', 'raw', 'f', 'field', 'piece', 'file_no', '订单号 (x)', 'part'];
    const landed = await bench.landText(
      tableOf(columns),
      `${columns.join(',')}\n1,2,3,4,5,6,7,8\n"a,",b,c,d,e,f,g,"h\ni"\n`,
    );
    expect(landed.records.map((record) => columns.map((column) => record[column]))).toEqual([
      ['1', '2', '3', '4', '5', '6', '7', '8'],
      ['a,', 'b', 'c', 'd', 'e', 'f', 'g', 'h\ni'],
    ]);
  });

  test('a thousand columns, in every way of quoting', async () => {
    const columns = Array.from({ length: 1000 }, (_, index) => `c${index}`);
    const row = (last: string) => [...columns.slice(1), last].join(',');
    const landed = await bench.landText(
      tableOf(columns),
      [columns.join(','), row('x'), row('"y"'), row('"z,"'), row('"w\nw"'), row('v"'), ''].join('\n'),
    );
    expect(landed.records.map(({ c0, c998, c999 }) => [c0, c998, c999])).toEqual(
      ['x', 'y', 'z,', 'w\nw', 'v"'].map((last) => ['c1', 'c999', last]),
    );
    expect(landed.malformed).toBe(0);
  });
});

test('files of one load stay apart, whatever their names', async () => {
  await bench.withDatabase([table], async (client, database) => {
    const paths = ['o\'rder "1" `x`.csv', '订单 {a:String}.csv', '$(rm -rf) ; --.csv'].map((name, index) =>
      bench.write(name, csv(`${index},"m\nn",c`, `"broken"${index},b,c`, `${index},b`)),
    );
    for (const [index, path] of paths.entries()) {
      const expected = await fingerprintFile(path);
      expect(await landFile({ client, database, fileNo: index + 1, table, path, expected })).toMatchObject({
        rows: 1,
        malformed: 2,
      });
    }
    await createLandedViews(client, database, sourceOf([table]));
    const result = await client.query({
      query: 'SELECT _file_no, _line, a, b FROM orders ORDER BY _file_no',
      format: 'JSONCompactEachRow',
    });
    expect(await result.json()).toEqual([1, 2, 3].map((no) => [no, '2', String(no - 1), 'm\nn']));
  });
});

test('lines keep their numbers in a file that several threads store', async () => {
  const count = 300_000;
  const big = [
    'a,b,c',
    ...Array.from({ length: count }, (_, index) => `${index + 2},${'x'.repeat(index % 50)},"c"`),
    '',
  ].join('\n');
  await bench.withDatabase([table], async (client, database) => {
    const path = bench.write('big.csv', big);
    const expected = await fingerprintFile(path);
    const seen: number[] = [];
    const landed = await landFile({
      client,
      database,
      fileNo: 1,
      table,
      path,
      expected,
      onProgress: (bytes) => seen.push(bytes),
    });
    expect(landed).toEqual({ rows: count, malformed: 0, lacksLineEnd: false, sha256: expected.sha256 });
    await createLandedViews(client, database, sourceOf([table]));
    const result = await client.query({
      query: 'SELECT countIf(toString(_line) = a) AS same FROM orders',
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([{ same: String(count) }]);
    expect(seen.at(-1)).toBe(expected.bytes);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});
