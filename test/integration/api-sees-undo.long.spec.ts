/**
 * What the product answers after a batch was taken back is what it answered before it was loaded, to the last figure; a source that was purged
 * is no longer there, and is again once that is undone.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadsAnswer, SourcesAnswer } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN, rewrite, startCommand } from './etl-harness.ts';

let api: RunningApi;
let folder: string;
beforeAll(async () => {
  api = await startApi();
  folder = join(api.dataDir, 'golden');
  cpSync(GOLDEN, folder, { recursive: true });
});
afterAll(() => api?.close());

const etl = async (...args: string[]): Promise<void> => {
  const { code, output } = await startCommand(api.dataDir, ['--source-folder', folder, ...args]).done;
  expect([code, code === 0 ? '' : output]).toEqual([0, '']);
};
const load = (orders: string): Promise<void> =>
  etl(
    'load',
    'golden',
    '--files',
    ...['belts', 'merchants', 'memberships', orders].map((name) => join(folder, 'data', `${name}.csv`)),
  );

const QUESTIONS = [
  '/sources',
  '/belts?source=golden',
  '/growth?from=2025-01&to=2025-02&source=golden',
  '/series?from=2025-01&to=2025-02&source=golden',
  '/concentration?from=2025-01&to=2025-02&source=golden',
  '/lineage?from=2025-01&to=2025-02&source=golden',
];

/** What each question is answered, but for when and as of which version. */
async function answers(): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const question of QUESTIONS) {
    const { status, body } = await api.get<object>(question);
    const text = JSON.stringify(body, (key, value: unknown) =>
      ['dataVersion', 'publishedAt', 'asOf', 'vintage'].includes(key) ? undefined : value,
    );
    all.push([question, status, text]);
  }
  return all;
}

const newest = async (): Promise<number> =>
  (await api.get<LoadsAnswer>('/loads?source=golden')).body.loads[0]?.batchId ?? 0;

test('an undone load, and a purge that is undone, leave every answer as it was', async () => {
  await load('orders-1');
  const before = await answers();
  expect(before.every((one) => (one as unknown[])[1] === 200)).toBe(true);
  rewrite(
    join(folder, 'data', 'belts.csv'),
    (text) => `${text.replace('Lamps', 'Lights')}TOYS,玩具,Toys,广东省\n`,
  );
  await load('orders-2');
  const loaded = await newest();
  const after = await answers();
  expect(after).not.toEqual(before);
  await etl('undo', String(loaded), '--reason', 'wrong file');
  expect(await answers()).toEqual(before);
  const { loads } = (await api.get<LoadsAnswer>('/loads?source=golden')).body;
  expect(loads.slice(0, 2)).toMatchObject([
    { act: 'undo', reason: 'wrong file', actor: expect.stringContaining('@'), undone: false },
    { act: 'load', reason: null, undone: true },
  ]);

  await etl('purge', 'golden');
  const purge = await newest();
  expect((await api.get<SourcesAnswer>('/sources')).body.sources ?? []).toEqual([]);
  expect((await api.get(QUESTIONS[2] ?? '')).status).not.toBe(200);
  await etl('undo', String(purge));
  expect(await answers()).toEqual(before);
});
