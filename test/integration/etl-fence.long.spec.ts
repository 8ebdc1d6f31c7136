/**
 * A loader that was stopped for so long that another took its lock, completed or gave up its batch and went on, and that
 * then goes on itself: it ends with an error and has changed nothing. At every point where it may have been stopped.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PAUSE_POINTS } from '@beltline/etl/load';
import {
  type Bench,
  everythingOf,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  startCommand,
  swept,
} from './etl-harness.ts';

const STALE_MS = 3_000;
const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];

let bench: Bench;
beforeAll(async () => {
  process.env['BELTLINE_LOCK_STALE_MS'] = String(STALE_MS);
  bench = await openBench();
});
afterAll(async () => {
  delete process.env['BELTLINE_LOCK_STALE_MS'];
  await bench.close();
});

async function newestStates(source: string): Promise<string[]> {
  const rows = await query<{ state: string }>(
    bench.client,
    `SELECT argMax(state, event_no) AS state FROM load_events WHERE source = {source:String} GROUP BY batch_id ORDER BY batch_id`,
    { source },
  );
  return rows.map(({ state }) => state);
}

it.each(
  swept(
    PAUSE_POINTS.filter(
      (point) => !['rolled-up-one', 'attached-one', 'dimensions', 'staged', 'journalled'].includes(point),
    ),
  ),
)('stopped at "%s", it changes nothing when it goes on', async (point) => {
  const id = `fence-${point}`;
  const folder = goldenSource(bench, id);
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  const files = [...LOOKUPS, 'data/orders-2.csv'];
  const stopped = startCommand(
    bench.dataDir,
    ['--source-folder', folder, 'load', id, '--files', ...files.map((file) => join(folder, file))],
    { BELTLINE_ETL_PAUSE_AT: point, BELTLINE_LOCK_STALE_MS: String(STALE_MS) },
  );
  await stopped.until(`paused at ${point}`);
  stopped.child.kill('SIGSTOP');
  try {
    await sleep(STALE_MS + 500);
    await loadInProcess(bench, folder, files);
    const states = await newestStates(id);
    const before = await everythingOf(bench.client, id);
    stopped.child.kill('SIGCONT');
    stopped.child.kill('SIGUSR2');
    const { code, output } = await stopped.done;
    expect([code, output]).toEqual([3, expect.stringMatching(/another load .*took its place/s)]);
    expect(await everythingOf(bench.client, id)).toEqual(before);
    expect(await newestStates(id)).toEqual(states);
    // And readers' versions are whole: the next load of the same files finds nothing to do.
    expect((await loadInProcess(bench, folder, files)).batch.state).toBe('unchanged');
  } finally {
    stopped.child.kill('SIGKILL');
  }
});
