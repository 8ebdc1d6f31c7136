/**
 * A load that has ended as committed is seen by the next question: whoever asks after it is answered from its version, or
 * told that there is no answer now, and never from the version before. Also where the engine was killed late in the load.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GrowthAnswer } from '@beltline/contract';
import { openEngine } from '@beltline/sql/engine';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN, startCommand } from './etl-harness.ts';

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const GROWTH = '/growth?from=2025-01&to=2025-02&source=golden';

let api: RunningApi;
let folder: string;
beforeAll(async () => {
  api = await startApi();
  folder = join(api.dataDir, 'golden');
  cpSync(GOLDEN, folder, { recursive: true });
});
afterAll(() => api?.close());

const load = (files: readonly string[], environment: Record<string, string> = {}) =>
  startCommand(
    api.dataDir,
    ['--source-folder', folder, 'load', 'golden', '--files', ...files.map((file) => join(folder, file))],
    environment,
  );

const version = async (): Promise<number | string> => {
  const { status, body } = await api.get<GrowthAnswer>(GROWTH);
  return status === 200 ? body.meta.dataVersion : `status ${status}`;
};

const newest = async (): Promise<number> => {
  const result = await api.loader.query({
    query: 'SELECT toUInt32(max(data_version)) AS newest FROM data_versions',
    format: 'JSONEachRow',
  });
  return (await result.json<{ newest: number }>())[0]?.newest ?? 0;
};

/** Asks all the time, so that what the API remembers is as young as it can be, until told to stop. */
function askAllTheTime(): () => Promise<void> {
  let going = true;
  const asking = (async () => {
    while (going) {
      await version().catch(() => undefined);
      await sleep(5);
    }
  })();
  return async () => {
    going = false;
    await asking;
  };
}

test('while others ask all the time, whoever asks after a load sees it', async () => {
  expect(await load([...LOOKUPS, 'data/orders-1.csv']).done).toMatchObject({ code: 0 });
  for (const turn of [1, 2, 3, 4]) {
    const text = readFileSync(join(folder, 'data/orders-1.csv'), 'utf8');
    const changed = text.replaceAll('2025-01-08 10', `2025-01-${10 + turn} 10`);
    writeFileSync(join(folder, `data/orders-1${turn}.csv`), changed);
    const stop = askAllTheTime();
    const { code, output } = await load([...LOOKUPS, `data/orders-1${turn}.csv`]).done;
    const seen = await version();
    await stop();
    expect([turn, code, output]).toEqual([turn, 0, expect.any(String)]);
    expect([turn, seen]).toEqual([turn, await newest()]);
  }
});

test('where the engine was killed late in a load, the one that completes it is seen at once', async () => {
  const before = await newest();
  const cut = load([...LOOKUPS, 'data/orders-2.csv'], { BELTLINE_ETL_PAUSE_AT: 'verified' });
  await cut.until('paused at verified');
  api.engine.kill();
  await api.engine.ended;
  cut.child.kill('SIGUSR2');
  expect((await cut.done).code).toBe(3);

  api.engine = await openEngine({ kind: 'embedded', dataDir: api.dataDir }, { as: 'serve' });
  // A question that comes while the engine is being opened is told that it is away.
  for (let tries = 0; tries < 100 && (await version()) !== before; tries++) await sleep(100);
  expect(await version()).toBe(before);
  const stop = askAllTheTime();
  const { code, output } = await load([...LOOKUPS, 'data/orders-2.csv']).done;
  const seen = await version();
  await stop();
  expect([code, output]).toEqual([0, expect.stringContaining('completing it')]);
  expect(seen).toBeGreaterThan(before);
});
