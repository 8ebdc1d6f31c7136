import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { fingerprintFile } from '../files/index.ts';
import { createLandedViews, landFile } from './index.ts';
import { oneValueParquet } from './parquet-spec-kit.ts';
import { LandingBench, sourceOf, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

/** The rows of a query as Parquet, made by the engine. */
async function make(select: string): Promise<Buffer> {
  return bench.withDatabase([tableOf(['a'])], async (client) => {
    const { stream } = await client.exec({ query: `${select} FORMAT Parquet` });
    return buffer(stream);
  });
}

describe('Parquet', () => {
  const wide = tableOf(
    [
      'big',
      'dec',
      'long_dec',
      'day',
      'utc',
      'micros',
      'half',
      'yes',
      'text',
      'nothing',
      'no_number',
      'coded',
    ],
    { format: 'parquet' },
  );

  test('values of all types become text; null is empty and not zero', async () => {
    const bytes = await make(`SELECT toUInt64('18446744073709551615') AS big, toDecimal64('1.10', 2) AS dec,
      toDecimal128('12345678901234567890.123456', 6) AS long_dec, toDate32('2024-02-29') AS day,
      toDateTime64('2024-02-29 20:34:56.789', 3, 'Asia/Shanghai') AS utc, toDateTime64('2024-01-01 00:00:00.123456', 6, 'UTC') AS micros,
      -0.5 AS half, true AS yes, '中, "x"\\n' AS text, NULL::Nullable(String) AS nothing, NULL::Nullable(Int32) AS no_number,
      toLowCardinality('lc') AS coded`);
    const landed = await bench.landText(wide, bytes, 'orders.parquet');
    expect(landed.records).toEqual([
      {
        _line: '1',
        big: '18446744073709551615',
        dec: '1.1',
        long_dec: '12345678901234567890.123456',
        day: '2024-02-29',
        utc: '2024-02-29 12:34:56.789Z',
        micros: '2024-01-01 00:00:00.123456Z',
        half: '-0.5',
        yes: 'true',
        text: '中, "x"\n',
        nothing: '',
        no_number: '',
        coded: 'lc',
      },
    ]);
    expect(JSON.parse(landed.raw.get(1) as string)).toMatchObject({ text: '中, "x"\n', no_number: '' });
  });

  test('a local time stays as it reads, without a Z', async () => {
    const bytes = await make("SELECT toDateTime64('2024-02-29 20:34:56.789', 3, 'UTC') AS at");
    // The engine only writes times in UTC, so its declaration (isAdjustedToUTC of a timestamp in milliseconds) is turned over.
    const at = bytes.indexOf(Buffer.from('8c111c1c0000', 'hex'));
    expect(at).toBeGreaterThan(0);
    bytes.writeUInt8(0x12, at + 1);
    const landed = await bench.landText(tableOf(['at'], { format: 'parquet' }), bytes, 'local.parquet');
    expect(landed.records).toEqual([{ _line: '1', at: '2024-02-29 20:34:56.789' }]);
  });

  test('rows keep their order and numbers', async () => {
    const narrow = tableOf(['n'], { format: 'parquet' });
    const bytes = await make(
      'SELECT number + 1 AS n FROM numbers(250000) SETTINGS output_format_parquet_row_group_size = 20000, max_threads = 1',
    );
    await bench.withDatabase([narrow], async (client, database) => {
      const path = bench.write('order.parquet', bytes);
      const landed = await landFile({
        client,
        database,
        fileNo: 1,
        table: narrow,
        path,
        expected: await fingerprintFile(path),
      });
      expect(landed).toMatchObject({ rows: 250_000, malformed: 0 });
      await createLandedViews(client, database, sourceOf([narrow]));
      const result = await client.query({
        query: 'SELECT countIf(toString(_line) = n) AS same FROM orders',
        format: 'JSONEachRow',
      });
      expect(await result.json()).toEqual([{ same: '250000' }]);
    });
  });

  test('columns that are missing, not expected or nested; no rows', async () => {
    const of = tableOf(['a', 'b'], { format: 'parquet' });
    const rule = async (select: string) =>
      bench.landText(of, await make(select), 'x.parquet').catch((error: unknown) => error);
    expect(await rule('SELECT 1 AS a')).toMatchObject({
      rule: 'header',
      message: expect.stringContaining('missing “b”'),
    });
    expect(await rule('SELECT 1 AS a, 2 AS b, 3 AS c')).toMatchObject({
      rule: 'header',
      message: expect.stringContaining('not expected “c”'),
    });
    expect(await rule('SELECT 1 AS a, [2] AS b')).toMatchObject({
      rule: 'header',
      message: expect.stringContaining('“b”'),
    });
    expect(await rule('SELECT 1 AS b, 2 AS a WHERE 0')).toMatchObject({ rows: 0 });
    expect(await rule('SELECT 1 AS b, 2 AS a')).toMatchObject({ records: [{ a: '2', b: '1' }] });
    expect(await rule("SELECT 1 AS a, unhex('FF') AS b")).toMatchObject({ rule: 'encoding', line: 1 });
  });

  test('cut off, damaged, something else', async () => {
    const of = tableOf(['a'], { format: 'parquet' });
    const bytes = await make('SELECT number AS a FROM numbers(1000)');
    const damaged = Buffer.from(bytes);
    damaged.fill(0xff, 10, 200);
    const rule = async (content: Uint8Array, name = 'x.parquet') =>
      bench.landText(of, content, name).catch((error: unknown) => error);
    expect(await rule(bytes.subarray(0, -100))).toMatchObject({ rule: 'truncated' });
    expect(await rule(Buffer.from('a\n1\n2\n3\n4\n5\n6\n'))).toMatchObject({ rule: 'unreadable' });
    expect(await rule(Buffer.from('a\n'))).toMatchObject({ rule: 'unreadable' });
    expect(await rule(damaged)).toMatchObject({ rule: 'unreadable' });
    const footer = Buffer.from(bytes);
    footer.fill(0xff, bytes.length - 60, bytes.length - 8);
    expect(await rule(footer)).toMatchObject({ rule: 'unreadable' });
    expect(await rule(gzipSync(bytes), 'x.parquet.gz')).toMatchObject({ rule: 'unreadable' });
  });

  const faultOf = (content: Uint8Array) =>
    bench
      .landText(tableOf(['a', 'b'], { format: 'parquet' }), content, 'odd.parquet')
      .catch((error: unknown) => error);

  test('a file of few bytes that declares very many rows is refused before they are landed', async () => {
    const b = 'x'.repeat(2000);
    expect(await faultOf(oneValueParquet({ a: '1', b }, 1_000_000_000))).toMatchObject({
      rule: 'unreadable',
      message: expect.stringMatching(/odd\.parquet: .*declares 1000000000 rows in \d+ bytes/),
    });
    expect(await faultOf(oneValueParquet({ a: '1', b: 'x' }, 10_000))).toMatchObject({ rows: 10_000 });
    const few = await make('SELECT intDiv(number, 20) AS a, 1 AS b FROM numbers(100000)');
    expect(await faultOf(few)).toMatchObject({ rows: 100_000 });
  });

  test('a row longer than a record of text may be is refused by its number', async () => {
    const half = 'x'.repeat(5_000_001);
    const line = { rule: 'field-too-long', line: 1, message: expect.stringContaining('odd.parquet') };
    expect(await faultOf(oneValueParquet({ a: half, b: half }, 2))).toMatchObject(line);
    expect(await faultOf(oneValueParquet({ a: half.slice(1), b: half.slice(1) }, 2))).toMatchObject({
      rows: 2,
    });
  });

  test('a file that takes far more memory than its size is refused by name, and the engine goes on', async () => {
    const bomb = oneValueParquet({ a: 'x'.repeat(9_000_000), b: 'y' }, 1000);
    expect(await faultOf(bomb)).toMatchObject({
      rule: 'unreadable',
      message: expect.stringMatching(/odd\.parquet: its 9 MB take more than 4036 MB of memory/),
    });
    expect(await faultOf(oneValueParquet({ a: '1', b: '2' }, 1))).toMatchObject({
      records: [{ a: '1', b: '2' }],
    });
  });

  test('cut off in its head, in a page or in its footer, and with a page gone from its middle', async () => {
    const whole = oneValueParquet({ a: 'x'.repeat(1000), b: 'y'.repeat(1000) }, 3);
    expect(await faultOf(whole)).toMatchObject({ rows: 3 });
    for (const length of [3, 500, 1500, whole.length - 60, whole.length - 5, whole.length - 1])
      expect(await faultOf(whole.subarray(0, length))).toMatchObject({
        rule: length < 12 ? 'unreadable' : 'truncated',
        message: expect.stringContaining('odd.parquet'),
      });
    expect(await faultOf(Buffer.concat([whole.subarray(0, 400), whole.subarray(900)]))).toMatchObject({
      rule: 'unreadable',
      message: expect.stringContaining('odd.parquet'),
    });
  });
});
