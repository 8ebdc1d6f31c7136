/** What was published as of a day stays the same, also where a load comes from a machine whose clock is behind. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { GrowthAnswer } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { type Bench, GOLDEN, loadInProcess } from './etl-harness.ts';

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const GROWTH = '/growth?from=2025-01&to=2025-01&source=golden';

let api: RunningApi;
let folder: string;
beforeAll(async () => {
  api = await startApi();
  folder = join(api.dataDir, 'golden');
  cpSync(GOLDEN, folder, { recursive: true });
});
afterAll(() => api?.close());

const load = async (file: string): Promise<number> => {
  const { batch } = await loadInProcess({ engine: api.engine } as Bench, folder, [...LOOKUPS, file]);
  return batch.batchId;
};
const publishedAt = async (version: number): Promise<string> => {
  const result = await api.loader.query({
    query: 'SELECT published_at FROM data_versions WHERE data_version = {version:UInt64}',
    query_params: { version },
    format: 'JSONEachRow',
  });
  return (await result.json<{ published_at: string }>())[0]?.published_at ?? '';
};

test('a version is published after those before it, whatever the clock says', async () => {
  const first = await load('data/orders-1.csv');
  // The load before came from a clock five days ahead of this one.
  const ahead = new Date(Date.now() + 5 * 86_400_000).toISOString();
  await api.loader.command({
    query: `ALTER TABLE data_versions UPDATE published_at = {at:DateTime64(3)} WHERE data_version = {version:UInt64}`,
    query_params: { at: ahead.slice(0, 23).replace('T', ' '), version: first },
    clickhouse_settings: { mutations_sync: '2' },
  });
  const asOfBefore = `${GROWTH}&asOf=${new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)}`;
  expect((await api.get(asOfBefore)).status).toBe(400);

  const second = await load('data/orders-2.csv');
  expect(Date.parse(`${(await publishedAt(second)).replace(' ', 'T')}Z`)).toBe(Date.parse(ahead) + 1);
  expect((await api.get(asOfBefore)).status).toBe(400); // as it was before the second load
  expect((await asked<GrowthAnswer>(api, GROWTH)).meta.dataVersion).toBe(second);
});
