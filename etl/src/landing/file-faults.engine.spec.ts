import { execFileSync } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fingerprintFile } from '../files/index.ts';
import { landFile } from './index.ts';
import { LandingBench, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

const table = tableOf(['a', 'b', 'c']);
const rows = (count: number) => Array.from({ length: count }, (_, index) => `${index},b,c\n`).join('');

/** The fault that landing a content ends in. */
async function fault(content: string | Uint8Array, name = 'orders.csv', of = table) {
  const error = await bench.landText(of, content, name).catch((caught: unknown) => caught as Error);
  expect(error).toMatchObject({ name: 'FileFault', file: expect.stringContaining(name) });
  return error as Error & { rule: string; line: number | null };
}

describe('files that are not there', () => {
  test('missing, empty, a folder', async () => {
    const missing = join(bench.folder, 'no such.csv');
    await expect(fingerprintFile(missing)).rejects.toMatchObject({
      rule: 'missing',
      message: expect.stringContaining(missing),
    });
    await expect(fingerprintFile(bench.write('empty.csv', ''))).rejects.toMatchObject({
      rule: 'empty',
      line: null,
    });
    mkdirSync(join(bench.folder, 'folder.csv'));
    await expect(fingerprintFile(join(bench.folder, 'folder.csv'))).rejects.toMatchObject({
      rule: 'unreadable',
    });
    const expected = { bytes: 1, sha256: '' };
    const land = bench.withDatabase([table], (client, database) =>
      landFile({ client, database, fileNo: 1, table, path: missing, expected }),
    );
    await expect(land).rejects.toMatchObject({ rule: 'missing' });
  });

  test('a pipe, a device, a link to nothing or to itself', async () => {
    const at = (name: string) => join(bench.folder, name);
    execFileSync('mkfifo', [at('pipe.csv')]);
    symlinkSync('/dev/zero', at('zero.csv'));
    symlinkSync(at('nothing.csv'), at('lost.csv'));
    symlinkSync(at('loop.csv'), at('loop.csv'));
    for (const [name, says] of [
      ['pipe.csv', 'this is a named pipe, not a file'],
      ['zero.csv', 'this is a device, not a file'],
      ['lost.csv', 'this is a link that leads nowhere'],
      ['loop.csv', 'it is a link that leads back to itself'],
    ] as const)
      await expect(fingerprintFile(at(name))).rejects.toThrow(
        `${at(name)}: ${name === 'loop.csv' ? 'the file cannot be read: ' : ''}${says}`,
      );
  });

  test('compressed nothing is empty too', async () => {
    expect(await fault(gzipSync(''), 'nothing.csv.gz')).toMatchObject({ rule: 'empty' });
  });
});

describe('header', () => {
  test.each([
    ['a,b\n1,2\n', 'missing “c”'],
    ['a,b,c,d\n1,2,3,4\n', 'not expected “d”'],
    ['a,c,b\n1,2,3\n', 'column 2 is “c” instead of “b”'],
    ['a;b;c\n1;2;3\n', 'separated by “;”'],
    ['a\tb\tc\n', 'separated by tabs'],
    ['{"a":"1","b":"2","c":"3"}\n', 'it is JSON, which is not what the source declares'],
    ['[{"a":"1"},\n{"a":"2"}]\n', 'it is JSON'],
    ['A,b,c\n', 'missing “a”, not expected “A”'],
    ['\ufeff\ufeffa,b,c\n', String.raw`not expected “\ufeffa”`],
    ['a,b,c,c\n', 'some twice'],
    ['a,"b,c\n', 'a quote that is not closed'],
    ['1,2,3\n', 'missing “a”'],
    ['\n1,2,3\n', 'missing “a”'],
  ])('%j', async (content, says) => {
    const error = await fault(content);
    expect(error).toMatchObject({ rule: 'header', line: 1 });
    expect(error.message).toContain(says);
  });

  test('shows what was expected and what was found', async () => {
    expect((await fault('x,y\n')).message).toContain('expected: a,b,c\n  found:    x,y\n');
  });
});

describe('encoding', () => {
  const gbk = Buffer.concat([
    Buffer.from('a,b,c\n1,2,3\n4,'),
    Buffer.from([0xd2, 0xe5, 0xce, 0xda]),
    Buffer.from(',6\n'),
  ]);

  test('bytes that are not UTF-8: the first line, and what it would be as GB18030', async () => {
    const error = await fault(gbk);
    expect(error).toMatchObject({ rule: 'encoding', line: 3 });
    expect(error.message).toContain('“4,义乌,6”');
    expect(error.message).toContain('encoding: gb18030');
  });

  test('the line is right far into a large compressed file', async () => {
    const content = Buffer.concat([
      Buffer.from(`a,b,c\n${rows(300_000)}`),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(rows(5)),
    ]);
    const error = await fault(gzipSync(content), 'large.csv.gz');
    expect(error).toMatchObject({ rule: 'encoding', line: 300_002 });
    expect(error.message).not.toContain('gb18030');
  });

  test('a character cut off at the end of the file', async () => {
    expect(await fault(Buffer.from('a,b,c\n1,2,中').subarray(0, -1))).toMatchObject({
      rule: 'encoding',
      line: 2,
    });
  });

  test('GB18030 is decoded', async () => {
    const extended = Buffer.from([0x81, 0x39, 0xef, 0x34, 0x2c]); // a character of four bytes, and a comma
    const content = Buffer.concat([
      gbk,
      Buffer.from('"'),
      extended,
      Buffer.from('","x\n'),
      Buffer.from([0xb5, 0xc6]),
      Buffer.from('",z\n'),
    ]);
    const landed = await bench.landText(tableOf(['a', 'b', 'c'], { encoding: 'gb18030' }), content);
    expect(landed.records.map(({ a, b, c }) => [a, b, c])).toEqual([
      ['1', '2', '3'],
      ['4', '义乌', '6'],
      [`${new TextDecoder('gb18030').decode(extended.subarray(0, 4))},`, 'x\n灯', 'z'],
    ]);
  });

  test('declared GB18030 and is not: invalid bytes, or all of it UTF-8', async () => {
    const gb = tableOf(['a', 'b', 'c'], { encoding: 'gb18030' });
    const invalid = Buffer.concat([Buffer.from('a,b,c\n1,2,3\n'), Buffer.from([0x81, 0x20, 0x0a])]);
    expect(await fault(invalid, 'orders.csv', gb)).toMatchObject({ rule: 'encoding', line: 3 });
    expect(await fault('a,b,c\n1,义乌小商品,3\n', 'orders.csv', gb)).toMatchObject({
      rule: 'encoding',
      message: expect.stringContaining('UTF-8'),
    });
    expect(await bench.landText(gb, 'a,b,c\n1,2,3\n')).toMatchObject({ rows: 1 });
  });

  test.each(['utf-8', 'gb18030'] as const)('UTF-16 is named where %s is declared', async (encoding) => {
    const error = await fault(
      Buffer.from('\ufeffa,b,c\n1,2,3\n', 'utf16le'),
      'orders.csv',
      tableOf(['a', 'b', 'c'], { encoding }),
    );
    expect(error).toMatchObject({ rule: 'encoding', line: 1, message: expect.stringContaining('UTF-16') });
  });

  test('UTF-32 is named', async () => {
    const content = Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0, 0x0a, 0, 0, 0]);
    expect((await fault(content)).message).toContain('UTF-32 by its byte order mark');
  });

  test('UTF-16 without a byte order mark', async () => {
    expect(await fault(Buffer.from('a,b,c\n1,2,3\n', 'utf16le'))).toMatchObject({
      rule: 'header',
      message: expect.stringContaining('UTF-16'),
    });
  });
});

describe('quotes and lengths', () => {
  test('a quote that swallows the rest of the file', async () => {
    const error = await fault(`a,b,c\n${rows(1000)}x,"y,z\n${rows(1000)}`);
    expect(error).toMatchObject({ rule: 'open-quote', line: 1002 });
    expect(error.message).toContain('swallows the rest');
  });

  test('a line over 10 MB, with its number', async () => {
    const long = 'x'.repeat(10_000_001);
    expect(await fault(`a,b,c\n${rows(3)}1,${long},3\n`)).toMatchObject({ rule: 'field-too-long', line: 5 });
    expect(await fault(gzipSync(`a,b,c\n1,${long}`), 'long.csv.gz')).toMatchObject({
      rule: 'field-too-long',
      line: 2,
    });
    expect(await bench.landText(table, `a,b,c\n1,${'y'.repeat(9_000_000)},3\n`)).toMatchObject({ rows: 1 });
  });

  test('a field of several lines over 10 MB', async () => {
    const half = 'x'.repeat(6_000_000);
    expect(await fault(`a,b,c\n1,2,3\n4,"${half}\n${half}",6\n`)).toMatchObject({
      rule: 'field-too-long',
      line: 3,
    });
  });
});

describe('a last line without a line end', () => {
  const tsv = tableOf(['a', 'b', 'c'], { format: 'tsv' });
  const jsonl = tableOf(['a', 'b'], { format: 'jsonl' });

  test.each([
    ['a,b,c\n1,2,3\n4,5', table, 3, '2 of 3 columns'],
    ['a,b,c\n1,2,3\n4', table, 3, '1 of 3 columns'],
    ['a,b,c\n1,2,3\n4,"5\n5",6\n"7,8",9', table, 5, '2 of 3 columns'],
    ['a\tb\tc\n1\t2\t3\n4\t5', tsv, 3, '2 of 3 columns'],
    ['{"a":"1","b":"2"}\n{"a":"3","b":"4"', jsonl, 2, 'what is no JSON object'],
    ['{"a":"1","b":"2"}\n{"a":"3","b":"4', jsonl, 2, 'what is no JSON object'],
  ])('refuses the file where something is missing: %j', async (content, of, line, says) => {
    const error = await fault(content, 'orders.csv', of);
    expect(error).toMatchObject({ rule: 'truncated', line, message: expect.stringContaining(says) });
    // With a line end, somebody ended the line: it is a bad row.
    expect(await bench.landText(of, `${content}\n`)).toMatchObject({ malformed: 1, lacksLineEnd: false });
  });

  test.each([
    ['a,b,c\n1,2,3', table],
    ['a,b,c\n1,2,', table],
    ['a,b,c\n1,2,"3\n3"', table],
    ['a\tb\tc\n1\t2\t3', tsv],
  ])('is told where nothing seems to be missing: %j', async (content, of) => {
    expect(await bench.landText(of, content)).toMatchObject({ rows: 1, malformed: 0, lacksLineEnd: true });
  });

  test.each([
    ['a,b,c', table, 0],
    ['a,b,c\n1,2,3\n', table, 1],
    ['a,b,c\r\n1,2,3\r', table, 1],
    ['a,b,c\n1,2,3\n \t', table, 1],
    ['a,b,c\n1,2,3\x1a', table, 1],
    ['a,b,c\n1,2,3\n\x1a', table, 1],
    ['{"a":"1","b":"2"}', jsonl, 1],
  ])('is none, or proves itself to be whole: %j', async (content, of, rows) => {
    expect(await bench.landText(of, content)).toMatchObject({ rows, malformed: 0, lacksLineEnd: false });
  });

  test('with too many columns is a bad row, since nothing is cut off', async () => {
    expect(await bench.landText(table, 'a,b,c\n1,2,3\n4,5,6,7')).toMatchObject({ rows: 1, malformed: 1 });
  });
});

describe('changes while reading', () => {
  test('other content than was fingerprinted', async () => {
    await bench.withDatabase([table], async (client, database) => {
      const path = bench.write('changing.csv', `a,b,c\n${rows(10)}`);
      const expected = await fingerprintFile(path);
      appendFileSync(path, 'x,y,z\n');
      await expect(landFile({ client, database, fileNo: 1, table, path, expected })).rejects.toMatchObject({
        rule: 'changed',
      });
    });
  });

  test('a file of which only the size was taken before: longer, or written to meanwhile', async () => {
    await bench.withDatabase([table], async (client, database) => {
      const path = bench.write('unhashed.csv', `a,b,c\n${rows(200_000)}`);
      const { bytes, sha256 } = await fingerprintFile(path);
      const input = { client, database, table, path };
      const expected = { bytes, sha256: null };
      expect(await landFile({ ...input, fileNo: 1, expected })).toMatchObject({ sha256 });

      let isWritten = false;
      const onProgress = (): void => {
        if (isWritten) return;
        isWritten = true;
        const file = openSync(path, 'r+');
        writeSync(file, 'z', 6); // as long as before, with another first field
        closeSync(file);
      };
      await expect(landFile({ ...input, fileNo: 2, expected, onProgress })).rejects.toMatchObject({
        rule: 'changed',
      });

      appendFileSync(path, 'x,y,z\n');
      await expect(landFile({ ...input, fileNo: 3, expected })).rejects.toMatchObject({ rule: 'changed' });
    });
  });

  test('an abort ends the landing with its reason', async () => {
    await bench.withDatabase([table], async (client, database) => {
      const path = bench.write('aborted.csv', `a,b,c\n${rows(2_000_000)}`);
      const expected = await fingerprintFile(path);
      const stop = new AbortController();
      const reason = new Error('stopped by hand');
      const onProgress = (bytes: number) => bytes > expected.bytes / 3 && stop.abort(reason);
      const landing = landFile({
        client,
        database,
        fileNo: 1,
        table,
        path,
        expected,
        onProgress,
        signal: stop.signal,
      });
      await expect(landing).rejects.toBe(reason);
      const again = landFile({ client, database, fileNo: 2, table, path, expected, signal: stop.signal });
      await expect(again).rejects.toBe(reason);
    });
  });

  test('a fault far into the file ends the landing at once, and the connection stays usable', async () => {
    await bench.withDatabase([table], async (client, database) => {
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const path = bench.write('late.csv.gz', gzipSync(`a,b,c\n${rows(200_000)}`).subarray(0, -20));
        const expected = await fingerprintFile(path);
        const landing = landFile({ client, database, fileNo: attempt, table, path, expected });
        await expect(landing).rejects.toMatchObject({ rule: 'truncated' });
      }
      const answer = await client.query({ query: 'SELECT 1 AS one', format: 'JSONEachRow' });
      expect(await answer.json()).toEqual([{ one: 1 }]);
    });
  });
});
