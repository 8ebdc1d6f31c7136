import { gzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import type { ClickHouseClient } from '@beltline/sql/engine';
import { fingerprintFile } from '../files/index.ts';
import { landFile } from './index.ts';
import { type Landed, LandingBench, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

const table = tableOf(['a', 'b', 'c']);
const values = ({ records }: Landed) => records.map(({ a, b, c }) => [a, b, c]);

async function engineZstd(client: ClickHouseClient, select: string): Promise<Buffer> {
  const { stream } = await client.exec({
    query: `${select} FORMAT CSVWithNames`,
    clickhouse_settings: { enable_http_compression: 1 },
    http_headers: { 'Accept-Encoding': 'zstd' },
    decompress_response_stream: false,
  });
  return buffer(stream);
}

describe('compression', () => {
  const content = 'a,b,c\n1,2,3\n4,"5\n5",6\n';
  const members = Buffer.concat([gzipSync('a,b,c\n1,2'), gzipSync(',3\n4,"5\n5"'), gzipSync(',6\n')]);
  // 'a,b,c\n' and 40 lines, by the zstd command with a checksum
  const zstd = Buffer.from(
    'KLUv/WT6AM0EAJJKGBTQZwwAYC1w8I4eXISWNkmpGKklYiZRlunYtm3btm3bdtu2bdu2bdvy2iGvFeQ1grw2kNcE8lpAXjN5reQ1ktcAnmunuFYQ14jh2iBcE4Jrga+518prNImyTMA1wCA7ZgQ6qBHQhun9DqCTUgcQWIF9Pr9/f3///v7+/bQgMxAE5L+hN3Z7briN2j4jNNu2a8suS+6/CiuyXOo=',
    'base64',
  );
  const tar = Buffer.concat([Buffer.from('orders.csv'.padEnd(257, '\0')), Buffer.from('ustar\x0000')]);
  const parquet = Buffer.from('PAR1\x15\x04\x15\xa0', 'latin1');
  const damage = (bytes: Buffer, at: number) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(at) ^ 4, at);
    return copy;
  };
  const fault = (bytes: Uint8Array, name: string) =>
    bench.landText(table, bytes, name).then(
      () => null,
      (error: unknown) => error as { rule: string; message: string },
    );

  test.each([
    ['orders.csv.gz', gzipSync(content)],
    ['members.csv.gz', members],
    ['gzip whatever the name.csv', gzipSync(content)],
  ])('gzip: %s', async (name, bytes) => {
    expect(values(await bench.landText(table, bytes, name))).toEqual([
      ['1', '2', '3'],
      ['4', '5\n5', '6'],
    ]);
  });

  test('zstd, also of several frames', async () => {
    const landed = await bench.landText(table, zstd, 'orders.csv.zst');
    expect(landed).toMatchObject({ rows: 40, malformed: 0 });
    expect(values(landed).at(-1)).toEqual(['39', 'x39', '中']);
    const twice = await bench.landText(table, Buffer.concat([zstd, zstd]), 'twice.csv.zst');
    expect(twice).toMatchObject({ rows: 81, malformed: 0 });
  });

  test('a large zstd file', async () => {
    const count = 400_000;
    const bytes = await bench.withDatabase([table], (client) =>
      engineZstd(client, `SELECT number a, hex(sipHash64(number)) b, 'x' c FROM numbers(${count})`),
    );
    const landed = await bench.withDatabase([table], async (client, database) => {
      const path = bench.write('large.csv.zst', bytes);
      return landFile({ client, database, fileNo: 1, table, path, expected: await fingerprintFile(path) });
    });
    expect(landed).toMatchObject({ rows: count, malformed: 0 });
  });

  test.each([
    ['cut off', 'cut.csv.gz', gzipSync(content).subarray(0, -3)],
    ['cut in the second member', 'cut2.csv.gz', members.subarray(0, 40)],
    ['a wrong checksum', 'crc.csv.gz', damage(gzipSync(content), gzipSync(content).length - 6)],
    ['garbage behind it', 'garbage.csv.gz', Buffer.concat([gzipSync(content), Buffer.from('garbage')])],
    [
      'a member behind padding',
      'padding.csv.gz',
      Buffer.concat([gzipSync(content), Buffer.alloc(100), gzipSync('7,8,9\n')]),
    ],
    ['cut off', 'cut.csv.zst', zstd.subarray(0, -9)],
    ['without its checksum', 'cut4.csv.zst', zstd.subarray(0, -4)],
    ['a wrong checksum', 'checksum.csv.zst', damage(zstd, zstd.length - 2)],
    ['other content under the right checksum', 'content.csv.zst', damage(zstd, 20)],
    ['garbage behind it', 'garbage.csv.zst', Buffer.concat([zstd, Buffer.from('garbage!')])],
  ])('%s: %s is refused', async (_, name, bytes) => {
    expect(await fault(bytes, name)).toMatchObject({
      rule: 'truncated',
      message: expect.stringContaining('damaged'),
    });
  });

  test('a column may be called as a format is', async () => {
    const named = tableOf(['PAR1', 'ORC', 'BZh']);
    expect(await bench.landText(named, gzipSync('PAR1,ORC,BZh\n1,2,3\n'))).toMatchObject({ rows: 1 });
    expect(await bench.landText(tableOf(['PAR1']), 'PAR1\r\n1\r\n')).toMatchObject({ rows: 1 });
  });

  test.each([
    ['lines.csv', 'it is text. Load one that is Parquet', Buffer.from('a,b,c\n1,2,3\n4,5,6\n')],
    ['parquet.gz', 'it is compressed by gzip. Unpack it', gzipSync(parquet)],
    ['book.parquet', 'it is a zip archive', Buffer.from('PK\x03\x04 and what follows')],
  ])('%s where Parquet is declared: %s', async (name, says, bytes) => {
    const declared = tableOf(['a', 'b', 'c'], { format: 'parquet' });
    await expect(bench.landText(declared, bytes, name)).rejects.toMatchObject({
      rule: 'unreadable',
      message: expect.stringContaining(says),
    });
  });

  test.each([
    ['plain.csv.gz', Buffer.from(content), 'not compressed by gzip'],
    ['plain.csv.zst', Buffer.from(content), 'not compressed by zstd'],
    ['swapped.csv.zst', gzipSync(content), 'compressed by gzip'],
    ['book.csv', Buffer.from('PK\x03\x04....'), 'Excel'],
    ['other.csv', Buffer.from('BZh91AY&SY'), 'bzip2'],
    [
      'twice.csv.gz',
      gzipSync(gzipSync(content)),
      'compressed twice: under gzip it is gzip once more. Unpack',
    ],
    ['zstd-in-gzip.csv.gz', gzipSync(zstd), 'under gzip it is zstd once more'],
    ['book.csv.gz', gzipSync('PK\x03\x04....'), 'what is compressed by gzip is a zip archive'],
    ['folder.csv.gz', gzipSync(tar), 'what is compressed by gzip is a tar archive'],
    ['folder.csv', tar, 'the file is a tar archive'],
    ['columns.csv', parquet, 'the file is a Parquet file, and the source declares text'],
    ['columns.csv.gz', gzipSync(parquet), 'what is compressed by gzip is a Parquet file'],
  ])('%s: a name or a content that promises something else', async (name, bytes, says) => {
    expect(await fault(bytes, name)).toMatchObject({
      rule: 'unreadable',
      message: expect.stringContaining(says),
    });
  });
});
