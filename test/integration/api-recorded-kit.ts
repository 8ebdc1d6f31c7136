/** The recorded questions, asked of demo orders that are loaded in two data versions. */
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
import { comparable, type RecordedAnswer } from '../fixtures/recorded/recorded.ts';

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'etl', 'sources', 'demo');
const LINES = 40_000;
/** Months that the first data version has no orders of. */
const LATER = /orders-2025-/;

/** Two data versions of the demo. */
export async function startRecorded(): Promise<RunningApi> {
  const api = await startApi();
  const folder = mkdtempSync(join(tmpdir(), 'beltline recorded '));
  const { files } = await generateDemo({ out: folder, lines: LINES });
  const names = files.map(({ name }) => name).filter((name) => /\.csv$/.test(name));
  await load(
    api,
    folder,
    names.filter((name) => !LATER.test(name)),
  );
  await api.loader.command({
    query: `ALTER TABLE data_versions UPDATE published_at = '2025-01-03 03:00:00' WHERE true`,
    clickhouse_settings: { mutations_sync: '2' },
  });
  await load(api, folder, names);
  rmSync(folder, { recursive: true, force: true });
  return api;
}

const load = (api: RunningApi, folder: string, files: readonly string[]) =>
  loadOrders(api.engine, {
    source: readSource(SOURCE),
    files: [...files],
    folder,
    keepOldLines: false,
    again: false,
    waitMs: 60_000,
    progress: quietProgress({ write: () => undefined }),
  });

export async function answersTo(api: RunningApi, paths: readonly string[]): Promise<RecordedAnswer[]> {
  const answers: RecordedAnswer[] = [];
  for (const path of paths) {
    const { status, body } = await api.get(path);
    answers.push({ path, status, body: comparable(body) });
  }
  return answers;
}

/** Questions of what adds up, and of merchants' months, which are answered from memory unless that would take too much of it. */
const OF_SUMS = RECORDED.filter((path) =>
  /^\/(growth|contributions|series|margins|recovery|breadth)/.test(path),
);

/** Some of those that are answered from memory, and what the engine answers to them. Neighbours ask alike. */
export async function besideEngine(
  api: RunningApi,
  oneOf: number,
): Promise<{ memory: RecordedAnswer[]; engine: RecordedAnswer[] }> {
  const some = OF_SUMS.filter((_, index) => index % oneOf === 0);
  const environment = { BELTLINE_SUMS_MB: '0', BELTLINE_MERCHANTS_MB: '0' };
  const beside = await startApi({ environment }, api);
  try {
    return { memory: await answersTo(api, some), engine: await answersTo(beside, some) };
  } finally {
    await beside.close();
  }
}
