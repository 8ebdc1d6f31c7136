/** Journals that say what cannot be, as events that arrived late may leave them: each batch ends, and later loads work. */
import { join } from 'node:path';
import {
  type Bench,
  everythingOf,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  startCommand,
} from './etl-harness.ts';

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const FIRST = [...LOOKUPS, 'data/orders-1.csv'];
const SECOND = [...LOOKUPS, 'data/orders-2.csv'];

let bench: Bench;
let undisturbed: Record<string, string>;
beforeAll(async () => {
  bench = await openBench();
  const folder = goldenSource(bench, 'undisturbed');
  for (const files of [FIRST, SECOND]) await loadInProcess(bench, folder, files);
  undisturbed = await everythingOf(bench.client, 'undisturbed');
});
afterAll(() => bench?.close());

/** Kills a load of the second files when it has come to a point. */
async function killedAt(point: string, id: string, folder: string): Promise<void> {
  const files = SECOND.map((file) => join(folder, file));
  const run = startCommand(bench.dataDir, ['--source-folder', folder, 'load', id, '--files', ...files], {
    BELTLINE_ETL_PAUSE_AT: point,
  });
  await run.until(`paused at ${point}`);
  run.child.kill('SIGKILL');
  await run.done;
}

async function states(source: string): Promise<string[]> {
  const rows = await query<{ state: string }>(
    bench.client,
    `SELECT argMax(state, event_no) AS state FROM load_events WHERE source = {source:String} GROUP BY batch_id ORDER BY batch_id`,
    { source },
  );
  return rows.map(({ state }) => state);
}

/** Writes the newest event of a source's newest batch again, later and in another state. */
const sayAgain = (source: string, state: string): Promise<unknown> =>
  bench.client.command({
    query: `INSERT INTO load_events SELECT * REPLACE (event_no + 7 AS event_no, {state:String} AS state) FROM load_events
      WHERE source = {source:String} ORDER BY batch_id DESC, event_no DESC LIMIT 1`,
    query_params: { source, state },
  });

async function ended(id: string, folder: string, expected: string[]): Promise<void> {
  await loadInProcess(bench, folder, SECOND);
  expect(await everythingOf(bench.client, id)).toEqual(undisturbed);
  expect(await states(id)).toEqual(expected);
  expect((await loadInProcess(bench, folder, SECOND)).batch.state).toBe('unchanged');
}

it('a batch that was given up is said to be publishing', async () => {
  const folder = goldenSource(bench, 'revived');
  await loadInProcess(bench, folder, FIRST);
  await killedAt('planned', 'revived', folder);
  await loadInProcess(bench, folder, FIRST);
  await bench.client.command({
    query: `INSERT INTO load_events SELECT * REPLACE (event_no + 7 AS event_no, 'publishing' AS state) FROM load_events
      WHERE source = 'revived' AND state = 'abandoned' LIMIT 1`,
  });
  await ended('revived', folder, ['committed', 'abandoned', 'unchanged', 'committed']);
});

it.each(['landing', 'publishing'])('a committed batch is said to be %s', async (state) => {
  const id = `committed-${state}`;
  const folder = goldenSource(bench, id);
  await loadInProcess(bench, folder, FIRST);
  await sayAgain(id, state);
  await ended(id, folder, ['committed', 'committed']);
});

it('a batch is cut short while it is published, and its own tables are lost', async () => {
  const folder = goldenSource(bench, 'lost');
  await loadInProcess(bench, folder, FIRST);
  await killedAt('rolled-up', 'lost', folder);
  const rows = await query<{ name: string }>(
    bench.client,
    `SELECT name FROM system.databases WHERE match(name, '^beltline_load_[0-9]')`,
  );
  for (const { name } of rows) await bench.client.command({ query: `DROP DATABASE ${name} SYNC` });
  await ended('lost', folder, ['committed', 'abandoned', 'committed']);
});
