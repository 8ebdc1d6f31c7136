/**
 * A loader whose statements arrive late: they were sent while it still held the lock, or it was stopped between its last
 * look at the clock and sending, and they reach the engine when another load has taken its place. The engine refuses
 * them, after the other has finished and in the midst of it. (etl-fence.long.spec.ts: a loader that can know that it is late.)
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PAUSE_POINTS, type PausePoint } from '@beltline/etl/load';
import {
  type Bench,
  everythingOf,
  figures,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  type RunningCommand,
  startCommand,
  swept,
} from './etl-harness.ts';
import { type HeldWire, holdableWire } from './held-wire.ts';

const STALE_MS = 3_000;
const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const SECOND = [...LOOKUPS, 'data/orders-2.csv'];

let bench: Bench;
let undisturbed: Record<string, string>;
beforeAll(async () => {
  process.env['BELTLINE_LOCK_STALE_MS'] = String(STALE_MS);
  bench = await openBench();
  const folder = await loadFirst('undisturbed');
  await loadInProcess(bench, folder, SECOND);
  undisturbed = await everythingOf(bench.client, 'undisturbed');
});
afterAll(async () => {
  delete process.env['BELTLINE_LOCK_STALE_MS'];
  await bench?.close();
});

async function loadFirst(id: string): Promise<string> {
  const folder = goldenSource(bench, id);
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  rewrite(join(folder, 'data', 'belts.csv'), (text) => text.replace('Lamps', 'Lights'));
  return folder;
}

function startLoad(dataDir: string, id: string, folder: string, pauseAt: string): RunningCommand {
  const files = SECOND.map((file) => join(folder, file));
  return startCommand(dataDir, ['--source-folder', folder, 'load', id, '--files', ...files], {
    BELTLINE_ETL_PAUSE_AT: pauseAt,
    BELTLINE_LOCK_STALE_MS: String(STALE_MS),
  });
}

/** A load that has gone on from a point, and whose next statement is on its way and stays there. */
async function lateAt(
  point: PausePoint,
  id: string,
  folder: string,
  held: 'all' | 'bodies' = 'all',
): Promise<[RunningCommand, HeldWire]> {
  const wire = await holdableWire(bench.dataDir, join(bench.folder, `wire-${id}`));
  const run = startLoad(wire.dataDir, id, folder, point);
  await run.until(`paused at ${point}`);
  wire.hold(held);
  run.child.kill('SIGUSR2');
  await wire.holdsSomething();
  await sleep(STALE_MS + 500); // its heartbeat does not arrive either
  return [run, wire];
}

/** Everything that can be seen of a source's loads: rows of all tables, what is committed, the journal, databases. */
async function traces(id: string) {
  const rows = (sql: string) => query(bench.client, sql, { id });
  return {
    rows: await everythingOf(bench.client, id),
    versions: await rows('SELECT * FROM data_versions WHERE source = {id:String} ORDER BY ALL'),
    journal: await rows('SELECT * FROM load_events WHERE source = {id:String} ORDER BY ALL'),
    databases: await rows(`SELECT name FROM system.databases WHERE startsWith(name, 'beltline_load_')`),
  };
}

/** Each kind of statement once: what comes after the other points is like one of these. */
const POINTS = [
  'landed',
  'planned',
  'decided',
  'attached-one',
  'rolled-up-one',
  'verified',
  'committed',
] as const;

describe('its statement arrives after the other load has finished, sent after', () => {
  it.each(swept(POINTS))('"%s"', async (point) => {
    const id = `after-${point}`;
    const folder = await loadFirst(id);
    const [late, wire] = await lateAt(point, id, folder);
    try {
      await loadInProcess(bench, folder, SECOND);
      const before = await traces(id);
      expect(before.rows).toEqual(undisturbed);
      expect(before.databases).toEqual([]);
      wire.letGo();
      const { code, output } = await late.done;
      expect([code, output]).toEqual([3, expect.stringMatching(/another load .*took its place/s)]);
      expect(await traces(id)).toEqual(before);
      expect((await loadInProcess(bench, folder, SECOND)).batch.state).toBe('unchanged');
    } finally {
      late.child.kill('SIGKILL');
      await wire.close();
    }
  });
});

describe('only the body of its request arrives after the other load has finished, sent after', () => {
  const points = ['planned', 'attached', 'published-dimensions', 'verified'] as const;
  it.each(swept(points))('"%s"', async (point) => {
    const id = `body-${point}`;
    const folder = await loadFirst(id);
    const [late, wire] = await lateAt(point, id, folder, 'bodies');
    try {
      await loadInProcess(bench, folder, SECOND);
      const { rows, versions } = await traces(id);
      expect(rows).toEqual(undisturbed);
      wire.letGo();
      expect((await late.done).code).toBe(3);
      expect(await traces(id)).toMatchObject({ rows, versions, databases: [] });
      expect((await loadInProcess(bench, folder, SECOND)).batch.state).toBe('unchanged');
    } finally {
      late.child.kill('SIGKILL');
      await wire.close();
    }
  });
});

describe('its statement, whole or the body alone, arrives while the other load completes its batch, sent after', () => {
  const cases = [
    ['decided', 'attached', 'all'],
    ['attached-one', 'rolled-up', 'all'],
    ['published-dimensions', 'rolled-up', 'bodies'],
    ['verified', 'attached', 'bodies'],
  ] as const;
  it.each(swept(cases))('"%s", the other being at "%s": %s', async (point, othersPoint, held) => {
    const id = `amid-${PAUSE_POINTS.indexOf(point)}`;
    const folder = await loadFirst(id);
    const { order_lines: _, ...seenBefore } = await figures(bench.client, id); // readers ask the rollups alone
    const [late, wire] = await lateAt(point, id, folder, held);
    const other = startLoad(bench.dataDir, id, folder, othersPoint);
    try {
      await other.until(`paused at ${othersPoint}`);
      wire.letGo();
      expect((await late.done).code).toBe(3);
      const { order_lines: __, ...seen } = await figures(bench.client, id);
      expect(seen).toEqual(seenBefore);
      other.child.kill('SIGUSR2');
      expect(await other.done).toMatchObject({ code: 0 });
      expect(await everythingOf(bench.client, id)).toEqual(undisturbed);
      expect((await traces(id)).databases).toEqual([]);
    } finally {
      for (const run of [late, other]) run.child.kill('SIGKILL');
      await wire.close();
    }
  });
});
