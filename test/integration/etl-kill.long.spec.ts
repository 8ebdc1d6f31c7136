/**
 * A loader that is killed outright, at each of its points: readers see whole versions only, and the next run ends in what
 * an undisturbed one gives, with nothing left behind. A second batch that moves lines between months and merchants, renames
 * a belt, moves a merchant and sells another, so that every step has something to do.
 */
import { join } from 'node:path';
import { PAUSE_POINTS } from '@beltline/etl/load';
import {
  type Bench,
  everythingOf,
  figures,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  startCommand,
} from './etl-harness.ts';

let bench: Bench;
/** What readers see and what there is, after the first batch and after the second. */
let first: { seen: Record<string, string> };
let second: { seen: Record<string, string>; all: Record<string, string> };

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const SECOND = [...LOOKUPS, 'data/orders-2.csv'];

/** One buyer's order from M1 in LAMP and M3 in SOCK. */
const SPREAD_ORDER = [
  '1,2025-01-07 10:00:00,2025-01-08 10:00:00,paid,M1',
  '2,2025-01-07 10:00:00,2025-01-08 10:00:00,paid,M3',
]
  .map((line) => `B5,${line},U5,retailer,CN,CN,wholesale,,7,70.00,0.00,0,0\n`)
  .join('');

/** Published lines are no figures: readers ask the rollups, and lines lie there before the batch is committed. */
async function seen(source: string): Promise<Record<string, string>> {
  const { order_lines: _, ...rest } = await figures(bench.client, source);
  return rest;
}

/** A source whose first batch is loaded and whose second lies ready. */
async function loadFirst(id: string): Promise<string> {
  const folder = goldenSource(bench, id);
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  rewrite(join(folder, 'data', 'belts.csv'), (text) => text.replace('Lamps', 'Lights'));
  rewrite(join(folder, 'data', 'orders-2.csv'), (text) => text + SPREAD_ORDER);
  rewrite(join(folder, 'data', 'memberships.csv'), (text) => text.replaceAll('2025-02-10', '2025-02-09'));
  rewrite(join(folder, 'data', 'merchants.csv'), (text) => text.replace('O3', 'O1'));
  return folder;
}

async function states(source: string): Promise<string[]> {
  const rows = await query<{ state: string }>(
    bench.client,
    `SELECT argMax(state, event_no) AS state FROM load_events WHERE source = {source:String} GROUP BY batch_id ORDER BY batch_id`,
    { source },
  );
  return rows.map(({ state }) => state);
}

async function loadDatabases(): Promise<number> {
  const [row] = await query<{ n: string }>(
    bench.client,
    `SELECT count() AS n FROM system.databases WHERE match(name, '^beltline_load_')`,
  );
  return Number(row?.n);
}

beforeAll(async () => {
  bench = await openBench();
  const folder = await loadFirst('undisturbed');
  first = { seen: await seen('undisturbed') };
  await loadInProcess(bench, folder, SECOND);
  second = { seen: await seen('undisturbed'), all: await everythingOf(bench.client, 'undisturbed') };
  for (const table of Object.keys(first.seen)) {
    if (table !== 'merchants' && table !== 'sources') expect(second.seen[table]).not.toBe(first.seen[table]);
  }
});
afterAll(() => bench.close());

const DECIDED = PAUSE_POINTS.indexOf('decided');
const COMMITTED = PAUSE_POINTS.indexOf('committed');

it.each(PAUSE_POINTS.map((point, index) => [point, index] as const))(
  'killed when it has come to "%s"',
  async (point, index) => {
    const id = `kill-${point}`;
    const folder = await loadFirst(id);
    expect(await seen(id)).toEqual(first.seen);
    const run = startCommand(
      bench.dataDir,
      ['--source-folder', folder, 'load', id, '--files', ...SECOND.map((file) => join(folder, file))],
      { BELTLINE_ETL_PAUSE_AT: point },
    );
    await run.until(`paused at ${point}`);
    run.child.kill('SIGKILL');
    await run.done;
    expect(await seen(id)).toEqual(index < COMMITTED ? first.seen : second.seen);

    const { batch } = await loadInProcess(bench, folder, SECOND);
    expect(await seen(id)).toEqual(second.seen);
    expect(await everythingOf(bench.client, id)).toEqual(second.all);
    // Decided: the killed batch is completed, and the run finds nothing to do. Not yet: it is given up.
    expect(batch.state).toBe(index < DECIDED ? 'committed' : 'unchanged');
    expect(await states(id)).toEqual(
      index < DECIDED ? ['committed', 'abandoned', 'committed'] : ['committed', 'committed', 'unchanged'],
    );
    expect(await loadDatabases()).toBe(0);
  },
);
