import { type Landed, LandingBench, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

const values = ({ records }: Landed) => records.map(({ a, b, c }) => [a, b, c]);
const rules = ({ faults }: Landed) => faults.map(({ line, rule, value }) => [line, rule, value]);

describe('TSV', () => {
  const tsv = tableOf(['a', 'b', 'c'], { format: 'tsv' });

  test('escapes are resolved, quotes mean nothing', async () => {
    const landed = await bench.landText(
      tsv,
      [
        'a\tb\tc',
        '1\t"2\t3"',
        '\\t\\n\\\\n\t\\N\t\\\\N',
        "x\\\\\\ty\t\\q\t\\'\\r",
        '\\\\\\\\t\t,\tlast\\\\',
        '',
      ].join('\n'),
    );
    expect(values(landed)).toEqual([
      ['1', '"2', '3"'],
      ['\t\n\\n', '', '\\N'],
      ['x\\\ty', '\\q', "'\r"],
      ['\\\\t', ',', 'last\\'],
    ]);
  });

  test('line ends, wrong numbers of columns and blank lines', async () => {
    const landed = await bench.landText(
      tsv,
      'a\tb\tc\r\n1\t2\t3\r\n4\t5\r\n\r\n6\t7\t8\t9\r\n\\n\t10\t11\r\nx\t\0\tz\r\n\r\n',
    );
    expect(values(landed)).toEqual([
      ['1', '2', '3'],
      ['\n', '10', '11'],
    ]);
    expect(rules(landed)).toEqual([
      [3, 'wrong-column-count', '2'],
      [4, 'wrong-column-count', '0'],
      [5, 'wrong-column-count', '4'],
      [7, 'nul-byte', ''],
    ]);
    expect([...landed.raw.keys()]).toEqual([2, 3, 4, 5, 6, 7]);
  });

  test('a single column, where a blank line is an empty value', async () => {
    const landed = await bench.landText(tableOf(['a'], { format: 'tsv' }), 'a\nx\n\n\\N\ny\n\n');
    expect(landed.records.map(({ a }) => a)).toEqual(['x', '', '', 'y']);
    expect(landed).toMatchObject({ rows: 4, malformed: 0 });
  });
});

describe('JSON lines', () => {
  const jsonl = tableOf(['a', 'b', 'order id'], { format: 'jsonl' });
  const text = ({ records }: Landed) =>
    records.map((record) => [record['a'], record['b'], record['order id']]);

  test('values become text, numbers exactly as written but for the sign of an exponent', async () => {
    const landed = await bench.landText(
      jsonl,
      [
        '\ufeff{"a": 1.10, "b":12345678901234567890123, "order id":1e5}',
        '{"order id":-0,"b":0.1000,"a":"0.10"}\r',
        ' {"a":"x\\u4e2d\\n\\"q\\\\","b":null} ',
        '{}',
        '{"a":"esc \\\\","b":": 5 x","order id":"k\\":5"}',
        '{"a":true,"b":{"z":1.10,"y":[1,"2",null]},"order id":[]}',
        '{"\\u0061":"{a:String}","b":"中😀","order id":"\\ud83d\\ude00"}',
      ].join('\n'),
    );
    expect(text(landed)).toEqual([
      ['1.10', '12345678901234567890123', '1e+5'],
      ['0.10', '0.1000', '-0'],
      ['x中\n"q\\', '', ''],
      ['', '', ''],
      ['esc \\', ': 5 x', 'k":5'],
      ['true', '{"z":"1.10","y":["1","2",null]}', '[]'],
      ['{a:String}', '中😀', '😀'],
    ]);
    expect(landed).toMatchObject({ rows: 7, malformed: 0 });
    expect(landed.raw.get(2)).toBe('{"order id":-0,"b":0.1000,"a":"0.10"}');
  });

  test('what is no object, or not of the declared keys, is set apart', async () => {
    const bad = [
      '[1]',
      '"x"',
      '{"a":1',
      '{"a":01}',
      '{"a":NaN}',
      '{"a":1} x',
      '{"a":1,"a":2}',
      '{"a":1,"z":2}',
      '',
      '{"a":"\0"}',
      'null\r',
      '{"a":"x}',
    ];
    const landed = await bench.landText(jsonl, [...bad, '{"a":"last"}', '', ''].join('\n'));
    expect(rules(landed)).toEqual([
      [1, 'invalid-json', ''],
      [2, 'invalid-json', ''],
      [3, 'invalid-json', ''],
      [4, 'invalid-json', ''],
      [5, 'invalid-json', ''],
      [6, 'invalid-json', ''],
      [7, 'duplicate-key', 'a'],
      [8, 'unknown-key', 'z'],
      [9, 'invalid-json', ''],
      [10, 'invalid-json', ''],
      [11, 'invalid-json', ''],
      [12, 'invalid-json', ''],
    ]);
    expect(text(landed)).toEqual([['last', '', '']]);
    expect(landed).toMatchObject({ rows: 1, malformed: 12 });
    expect([...landed.raw.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(landed.faults.map(({ raw }) => raw)).toEqual(bad.map((text) => text.replace('\r', '')));
  });
});
