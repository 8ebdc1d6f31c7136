/**
 * No figure changes unseen: some 300 questions about demo orders give the answers that were recorded. Where a fault is mended
 * on purpose, record anew with `BELTLINE_RECORD=1 npm test -- api-recorded`, and name what changed in the changelog.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDemo } from '@beltline/etl/demo';
import { loadOrders } from '@beltline/etl/load';
import { quietProgress } from '@beltline/etl/progress';
import { readSource } from '@beltline/etl/source';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { RECORDED } from '../fixtures/recorded/questions.ts';
import {
  comparable,
  readRecorded,
  type RecordedAnswer,
  writeRecorded,
} from '../fixtures/recorded/recorded.ts';

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'etl', 'sources', 'demo');
const LINES = 40_000;
/** Months that the first data version has no orders of. */
const LATER = /orders-2025-/;

let api: RunningApi;
let folder: string;
const answers = new Map<string, RecordedAnswer>();

beforeAll(async () => {
  api = await startApi();
  folder = mkdtempSync(join(tmpdir(), 'beltline recorded '));
  const { files } = await generateDemo({ out: folder, lines: LINES });
  const names = files.map(({ name }) => name).filter((name) => /\.csv$/.test(name));
  await load(names.filter((name) => !LATER.test(name)));
  await api.loader.command({
    query: `ALTER TABLE data_versions UPDATE published_at = '2025-01-03 03:00:00' WHERE true`,
    clickhouse_settings: { mutations_sync: '2' },
  });
  await load(names);
  for (const path of RECORDED) {
    const { status, body } = await api.get(path);
    answers.set(path, { path, status, body: comparable(body) });
  }
}, 240_000);

afterAll(async () => {
  await api?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const load = (files: readonly string[]) =>
  loadOrders(api.engine, {
    source: readSource(SOURCE),
    files: [...files],
    folder,
    keepOldLines: false,
    again: false,
    waitMs: 60_000,
    progress: quietProgress({ write: () => undefined }),
  });

if (process.env['BELTLINE_RECORD']) {
  test('are recorded', () => writeRecorded([...answers.values()]));
} else {
  const recorded = new Map(readRecorded().map((answer) => [answer.path, answer]));

  test('every question is recorded, and answered', () => {
    expect([...recorded.keys()]).toEqual([...RECORDED]);
    expect([...answers.values()].filter(({ status }) => status !== 200)).toEqual([]);
  });

  test.each(RECORDED)('%s', (path) => {
    expect(answers.get(path)).toEqual(recorded.get(path));
  });
}

/** Questions of what adds up, and of merchants' months, which are answered from memory unless that would take too much of it. */
const OF_SUMS = RECORDED.filter((path) =>
  /^\/(growth|contributions|series|margins|recovery|breadth)/.test(path),
);

test('where sums and merchants are not kept in memory, the engine gives the same answers', async () => {
  const environment = { BELTLINE_SUMS_MB: '0', BELTLINE_MERCHANTS_MB: '0' };
  const beside = await startApi({ environment }, api);
  try {
    // Neighbours ask alike: one of six is asked here, another where the questions change.
    for (const path of OF_SUMS.filter((_, index) => index % 6 === 0)) {
      const { status, body } = await beside.get(path);
      expect({ path, status, body: comparable(body) }).toEqual(answers.get(path));
    }
    expect(OF_SUMS.length).toBeGreaterThan(100);
  } finally {
    await beside.close();
  }
}, 240_000);
