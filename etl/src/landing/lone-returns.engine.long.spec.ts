/** Carriage returns alone: what they may divide refuses the file, what they cannot is read. */
import { gzipSync } from 'node:zlib';
import { LandingBench, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

const table = tableOf(['a', 'b', 'c']);
const rows = (count: number) => Array.from({ length: count }, (_, index) => `${index},b,c\n`).join('');

async function fault(content: string | Uint8Array, name: string, of = table) {
  const error = await bench.landText(of, content, name).catch((caught: unknown) => caught as Error);
  expect(error).toMatchObject({ name: 'FileFault', file: expect.stringContaining(name) });
  return error as Error & { rule: string; line: number | null };
}

describe('carriage returns alone', () => {
  // A line of them would be one rejected row, whatever number of records it holds.
  const gb = tableOf(['a', 'b', 'c'], { encoding: 'gb18030' });
  const tsv = tableOf(['a', 'b', 'c'], { format: 'tsv' });
  const jsonl = tableOf(['a'], { format: 'jsonl' });
  const single = tableOf(['a']);
  const half = rows(50) + rows(5000).replaceAll('\n', '\r');

  test.each([
    ['two records', 'a,b,c\n1,2,3\n4,5,6\r7,8,9\n', table, 3],
    ['CRLF elsewhere', 'a,b,c\r\n1,2,3\r\n4,5,6\r7,8,9\r\n', table, 3],
    ['quoted fields', 'a,b,c\n1,2,3\n"4",5,"6"\r"7",8,"9"\n', table, 3],
    ['each with a quoted one of its own', 'a,b,c\n1,"2\r2",3\r4,"5\r5",6\n', table, 2],
    ['a broken record and a whole one', 'a,b,c\n1,2\r4,5,6\n', table, 2],
    ['a quote that nothing closes in its line', 'a,b,c\n1,"2,3\r4,5,6\r7,"8,9\n', table, 2],
    ['stray quotes in fields', 'a,b,c\n1" pipe,2,3\r4,5" pipe,6\n', table, 2],
    ['between the quotes of one field', `a,b,c\nx,"y\r${rows(5).replaceAll('\n', '\r')}",z\n`, table, 2],
    ['the second half of a file', `a,b,c\n${half}`, table, 52],
    ['after a record of several lines', 'a,b,c\n1,"2\n2",3\n4,5,6\r7,8,9\n', table, 4],
    ['a single column', 'a\n1\n"2\r2"\n3\r4\n', single, 4],
    ['the whole file', 'a,b,c\r1,2,3\r', table, 1],
    ['the whole file in quotes', '"a","b","c"\r"1","2","3"\r', table, 1],
    ['the header alone', 'a,b,c\r1,2,3\n4,5,6\n', table, 1],
    [
      'GB18030',
      Buffer.concat([Buffer.from('a,b,c\n1,2,'), Buffer.from([0xd2, 0xe5]), Buffer.from('\r4,5,6\n')]),
      gb,
      2,
    ],
    ['a byte order mark', '\ufeffa,b,c\n1,2,3\r4,5,6\n', table, 2],
    ['TSV', 'a\tb\tc\n1\t2\t3\r4\t5\t6\n', tsv, 2],
    ['TSV of a single column', 'a\n1\r2\n', tableOf(['a'], { format: 'tsv' }), 2],
    ['JSON lines', '{"a":"1"}\n{"a":"2"}\r{"a":"3"}\n', jsonl, 2],
    ['JSON lines, the whole file', '{"a":"1"}\r{"a":"2"}\r', jsonl, 1],
    ['JSON lines with an open quote', '{"a":"1}\r{"a":"2"}\n', jsonl, 1],
  ] as const)('between records: %s', async (_, content, of, line) => {
    const error = await fault(content, 'orders.txt', of);
    expect(error).toMatchObject({ rule: 'line-ends', line });
    expect(error.message).toMatch(/carriage return.*\. Export the file again with line feeds, or CRLF/);
    expect(await fault(gzipSync(content), 'orders.txt.gz', of)).toMatchObject({ rule: 'line-ends', line });
  });

  test.each([
    ['one behind the other', '{"a":"1"}{"a":"2"}'],
    ['with space between them', '{"a":"1"} \t{"a":"2"}'],
    ['with commas', '{"a":"1"},{"a":"2"}'],
    ['in an array', '[{"a":"1"},{"a":"2"}]'],
    ['and one is broken', '{"a":"1"}{"a":}'],
  ])('several objects in a line: %s', async (_, line) => {
    const error = await fault(`{"a":"0"}\n${line}\n`, 'orders.jsonl', jsonl);
    expect(error).toMatchObject({ rule: 'line-ends', line: 2 });
    expect(error.message).toContain('holds several objects');
  });

  test('what only looks like several objects is one rejected row', async () => {
    const lines = [
      '{"a":"}{"',
      '{"a":"}{","b":1}',
      '[{"a":1}]',
      '[1,2]',
      '{"a":1},',
      '{"a":[{},{}]',
      '{"a":[{"x":1},{}]}',
    ];
    expect(await bench.landText(jsonl, `${lines.join('\n')}\n{"a":"0"}\n`)).toMatchObject({
      rows: 2,
      malformed: 6,
    });
  });

  test('more of them than a line may be long', async () => {
    const error = await fault(`a,b,c\n${rows(1_000_000).replaceAll('\n', '\r')}`, 'long.csv');
    expect(error).toMatchObject({ rule: 'line-ends', line: 2 });
  });

  test('in quotes, in a record of the right columns, or as white space of JSON they are read', async () => {
    const content = '1,"2\r3,4,5",6\n1,2\r,3\n"7\n1,2,3\r4,5,6\n",8,9\n"\r","\r\n",\r\n';
    expect(await bench.landText(table, `a,b,c\n${content}`)).toMatchObject({ rows: 4, malformed: 0 });
    expect(await bench.landText(table, `a,b,c\r\n${rows(9).replaceAll('\n', '\r\n')}1,2\r\n`)).toMatchObject({
      rows: 9,
      malformed: 1,
    });
    expect(await bench.landText(table, 'a,b,c\n1,"2\r2"\n4,5,6\r')).toMatchObject({ rows: 1, malformed: 1 });
    expect(await bench.landText(jsonl, '{"a":\r"1"\r}\n{"a":"x","b":\r1}\n')).toMatchObject({
      rows: 1,
      malformed: 1,
    });
  });
});
