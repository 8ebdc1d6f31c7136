/** Encodings other than UTF-8 and GB18030 as they land; what is wrong with a declared one is named with its line. */
import { gzipSync } from 'node:zlib';
import { LandingBench, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

/** The fault that landing a content ends in. */
async function fault(content: string | Uint8Array, name: string, of: ReturnType<typeof tableOf>) {
  const error = await bench.landText(of, content, name).catch((caught: unknown) => caught as Error);
  expect(error).toMatchObject({ name: 'FileFault', file: expect.stringContaining(name) });
  return error as Error & { rule: string; line: number | null };
}

const utf16 = tableOf(['a', 'b', 'c'], { encoding: 'utf-16' });
const cells = async (table: typeof utf16, content: Buffer, name?: string) =>
  (await bench.landText(table, content, name)).records.map(({ a, b, c }) => [a, b, c]);
/** U+0A0A and U+0D0A hold the bytes of line ends; the last is a pair of halves. */
const TEXT = 'a,b,c\r\n1,义乌\u0a0a,\u0d0a3\r\n"4\n",𠮷,6\r\n';
const ROWS = [
  ['1', '义乌\u0a0a', '\u0d0a3'],
  ['4\n', '𠮷', '6'],
];
test.each([
  ['with its mark, as Windows writes it', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['with its mark, upper half first', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
  ['without a mark', Buffer.from(TEXT, 'utf16le')],
])('UTF-16 %s, plain and packed', async (_, content) => {
  expect(await cells(utf16, content)).toEqual(ROWS);
  expect(await cells(utf16, gzipSync(content), 'orders.csv.gz')).toEqual(ROWS);
});

test('declared UTF-16 and is not: a half alone, an end in the middle, all of it UTF-8, UTF-32', async () => {
  const wrong = Buffer.from(`\ufeff${TEXT}7,\ud800,9\r\n`, 'utf16le');
  expect(await fault(wrong, 'orders.csv', utf16)).toMatchObject({ rule: 'encoding', line: 5 });
  const cut = Buffer.from(`\ufeff${TEXT}`, 'utf16le').subarray(0, -1);
  expect(await fault(cut, 'orders.csv', utf16)).toMatchObject({ rule: 'encoding', line: 4 });
  for (const text of ['a,b,c\n1,义乌,3\n', 'a,'])
    expect((await fault(Buffer.from(text), 'orders.csv', utf16)).message).toContain('the file is UTF-8');
  const wide = Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]);
  expect((await fault(wide, 'orders.csv', utf16)).message).toContain('UTF-32');
  expect(await fault(Buffer.alloc(0), 'orders.csv', utf16)).toMatchObject({ rule: 'empty' });
});

test('Big5 is decoded, also where half of a character is a backslash or a bar', async () => {
  const big5 = tableOf(['a', 'b', 'c'], { encoding: 'big5', delimiter: '|' });
  const [xu, gong] = [Buffer.from([0xb3, 0x5c]), Buffer.from([0xa5, 0x7c])]; // 許, 四
  const content = Buffer.concat([Buffer.from('a|b|c\n1|'), xu, Buffer.from('|'), gong, Buffer.from('\n')]);
  expect(await cells(big5, content)).toEqual([['1', '許', '四']]);
  for (const wrong of [[0xa1, 0x20], [0xfe, 0xfe], [0x80], [0xff]])
    expect(
      await fault(Buffer.concat([content, Buffer.from(wrong), Buffer.from('\n')]), 'orders.csv', big5),
    ).toMatchObject({
      ...{ rule: 'encoding', line: 3 },
      message: expect.stringContaining('not valid Big5'),
    });
});
