/** The same files give the same lines on every machine: whatever its time zone, its language and where the program was started. */
import { join } from 'node:path';
import { openEngine } from '@beltline/sql/engine';
import { type Bench, figures, goldenSource, openBench, query, startCommand } from './etl-harness.ts';

let bench: Bench;
let folder: string;
beforeAll(async () => {
  bench = await openBench();
  const seconds = "toUnixTimestamp(toDateTimeOrZero(orders.placed_at, 'Asia/Shanghai'))";
  folder = goldenSource(bench, 'machine', {
    'order-lines.sql': (text) =>
      text
        .replace(
          'line_no, placed_at,',
          `line_no, if(${seconds} = 0, orders.placed_at, toString(toDateTime(${seconds}))) AS placed_at,`,
        )
        .replace("'goods' AS", `toString(toDateTime(1735752600)) AS`),
    'merchants.sql': (text) =>
      text.replace("'' AS founded_on", 'toString(toDate(toDateTime(1735752600))) AS founded_on'),
  });
});
afterAll(() => bench.close());

const MACHINES: Record<string, string>[] = [
  { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
  { TZ: 'Asia/Shanghai', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
];

/** What a data directory holds, read by this process. */
async function stored<T>(dataDir: string, read: (client: Bench['client']) => Promise<T>): Promise<T> {
  const engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
  const client = engine.client('loader');
  try {
    return await read(client);
  } finally {
    await client.close();
    await engine.close();
  }
}

const load = async (dataDir: string, environment: Record<string, string>, ...more: string[]) => {
  const args = ['--source-folder', folder, 'load', 'machine', '--json', ...more];
  const { code, output } = await startCommand(
    dataDir,
    [...args, '--files', join(folder, 'data')],
    environment,
  ).done;
  expect([code, output]).toEqual([0, expect.stringContaining('committed')]);
  return JSON.parse(output.trim().split('\n').at(-1) as string) as Record<string, unknown>;
};

it('gives the same lines on every machine, and loading them again on another changes none', async () => {
  const [here, there] = MACHINES.map((machine, index) => ({
    machine,
    dataDir: join(bench.folder, `machine ${index}`),
  }));
  if (!here || !there) throw new Error('two machines are compared');
  const digests: Record<string, string>[] = [];
  for (const { dataDir, machine } of [here, there]) {
    await load(dataDir, machine);
    digests.push(await stored(dataDir, (client) => figures(client, 'machine')));
  }
  expect(digests[1]).toEqual(digests[0]);

  expect(await load(here.dataDir, there.machine, '--again')).toMatchObject({ months: [], warnings: {} });
  await stored(here.dataDir, async (client) => {
    expect(await figures(client, 'machine')).toEqual(digests[0]);
    const [line] = await query(
      client,
      `SELECT toString(placed_at) AS placed, category FROM order_lines FINAL WHERE source = 'machine' AND order_id = 'A1' AND line_no = 1`,
    );
    // The source is in Shanghai.
    expect(line).toEqual({ placed: '2025-01-05 02:00:00', category: '2025-01-02 01:30:00' });
  });
});
