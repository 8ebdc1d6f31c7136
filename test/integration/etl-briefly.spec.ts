/**
 * One short case of each of what the long specs of the ETL go through in long rows: so that a run of the quick tier has met
 * killed loads, whole exports, repeated files, lines with several states, refusals, outages and lost figures. Named after the spec
 * that it is taken from.
 */
import { copyFileSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_SEALED, damageOfNewest, findDamage } from '@beltline/sql/clickhouse';
import { rebuildFigures } from '@beltline/etl/load';
import { quietProgress } from '@beltline/etl/progress';
import { startEngineProxy } from '../fixtures/engine-proxy.ts';
import * as kit from './etl-damage-kit.ts';
import {
  type Bench,
  everything,
  everythingOf,
  figures,
  GOLDEN,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  startCommand,
} from './etl-harness.ts';

let bench: Bench;
/** What a reader sees after both files, and all that their two loads have written. */
let whole: { seen: Record<string, string>; all: Record<string, string> };
beforeAll(async () => {
  bench = await openBench();
  await kit.loadTwice(bench, 'whole');
  whole = { seen: await figures(bench.client, 'whole'), all: await everythingOf(bench.client, 'whole') };
});
afterAll(() => bench.close());

const [HEADER = '', ...ROWS] = readFileSync(join(GOLDEN, 'data', 'orders-1.csv'), 'utf8')
  .trim()
  .split('\n');
const write = (folder: string, name: string, rows: readonly string[]) =>
  writeFileSync(join(folder, 'data', name), `${[HEADER, ...rows].join('\n')}\n`);
const load = async (folder: string, ...files: string[]) =>
  (await loadInProcess(bench, folder, [...kit.LOOKUPS, ...files.map((file) => `data/${file}`)])).batch;
const linesOf = (id: string) =>
  query<{ order_id: string; quantity: number }>(
    bench.client,
    `SELECT order_id, quantity FROM order_lines FINAL WHERE source = '${id}' AND is_deleted = 0 ORDER BY order_id, line_no`,
  );

describe('etl-kill, etl-late, etl-fence: a load that is killed', () => {
  // At every point of its way: etl-kill.long.spec.ts.
  it.each(['decided'])('at "%s" changes nothing, and the next one ends in what is right', async (point) => {
    const id = `killed-${point}`;
    const folder = goldenSource(bench, id);
    await load(folder, 'orders-1.csv');
    const first = await figures(bench.client, id);
    copyFileSync(join(bench.folder, 'whole', 'data', 'orders-2.csv'), join(folder, 'data', 'orders-2.csv'));
    const files = [...kit.LOOKUPS, 'data/orders-2.csv'].map((file) => join(folder, file));
    const run = startCommand(bench.dataDir, ['--source-folder', folder, 'load', id, '--files', ...files], {
      BELTLINE_ETL_PAUSE_AT: point,
    });
    await run.until(`paused at ${point}`);
    run.child.kill('SIGKILL');
    await run.done;
    // Lines lie in their table before they are counted by anyone.
    const { order_lines: _, ...seen } = await figures(bench.client, id);
    expect(first).toMatchObject(seen);
    const batch = await load(folder, 'orders-2.csv');
    expect(batch.state).toBe(point === 'decided' ? 'unchanged' : 'committed');
    expect(await figures(bench.client, id)).toEqual(whole.seen);
    expect(await everythingOf(bench.client, id)).toEqual(whole.all);
  });
});

it('etl-full: a line that a whole export no longer has is withdrawn', async () => {
  const folder = goldenSource(bench, 'export', {
    'source.yaml': (text) => `${text.trimEnd()}\nmode: full\nmaxWithdrawnShare: 0.5\n`,
  });
  const good = ROWS.slice(0, 10);
  write(folder, 'orders-all.csv', good);
  write(
    folder,
    'orders-less.csv',
    good.filter((row) => !row.startsWith('A2,')),
  );
  await load(folder, 'orders-all.csv');
  const before = await linesOf('export');
  expect((await load(folder, 'orders-less.csv')).warnings).toMatchObject({ withdrawn: 1 });
  expect(await linesOf('export')).toEqual(before.filter(({ order_id }) => order_id !== 'A2'));
});

describe('etl-once, etl-ties: exactly once', () => {
  it('etl-lookups: a rejected row of memberships takes no merchant out of the belt it was in', async () => {
    const folder = goldenSource(bench, 'kept', {
      'source.yaml': (text) => text.replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1'),
    });
    await load(folder, 'orders-1.csv');
    const before = await figures(bench.client, 'kept');
    rewrite(join(folder, 'data', 'memberships.csv'), (text) => text.replace('2025-02-10', '2024-13-01'));
    const { months, warnings } = await load(folder, 'orders-1.csv');
    expect({ months, warnings }).toMatchObject({ months: [], warnings: { 'memberships-kept': 1 } });
    expect(await figures(bench.client, 'kept')).toEqual(before);
  });

  it('the same bytes under another name load nothing', async () => {
    const folder = join(bench.folder, 'whole');
    copyFileSync(join(folder, 'data', 'orders-2.csv'), join(folder, 'data', 'orders-renamed.csv'));
    expect((await load(folder, 'orders-renamed.csv')).state).toBe('unchanged');
    expect(await figures(bench.client, 'whole')).toEqual(whole.seen);
  });

  it('the states of a line end in its newest, whichever comes first', async () => {
    const folder = goldenSource(bench, 'states');
    const state = (updated: string, quantity: number) =>
      `C1,1,2025-01-10 10:00:00,${updated} 10:00:00,paid,M1,U1,retailer,CN,CN,wholesale,,${quantity},10.00,0.00,0,0`;
    write(folder, 'orders-new.csv', [state('2025-03-11', 3)]);
    write(folder, 'orders-old.csv', [state('2025-01-11', 1)]);
    for (const file of ['orders-new.csv', 'orders-old.csv']) {
      await load(folder, file);
      expect(await linesOf('states')).toEqual([{ order_id: 'C1', quantity: 3 }]);
    }
  });
});

it('etl-mapping-change: a mapping that has changed is applied to every line of the same files', async () => {
  const folder = goldenSource(bench, 'mapped');
  await load(folder, 'orders-1.csv');
  rewrite(join(folder, 'order-lines.sql'), (text) => text.replace("'goods'", "'wares'"));
  expect((await load(folder, 'orders-1.csv')).state).toBe('committed');
  const categories = `SELECT DISTINCT category FROM order_lines FINAL WHERE source = 'mapped' AND is_deleted = 0`;
  expect(await query(bench.client, categories)).toEqual([{ category: 'wares' }]);
});

describe('a source that does not fit leaves everything as it was', () => {
  let before: Record<string, string>;
  beforeAll(async () => {
    before = await everything(bench.client);
  });
  afterEach(async () => expect(await everything(bench.client)).toEqual(before));

  const attempt = (folder: string, id: string, environment = {}) =>
    startCommand(
      bench.dataDir,
      ['--source-folder', folder, 'load', id, '--files', join(folder, 'data')],
      environment,
    ).done;

  it('etl-refusals, etl-exit-codes: with too many bad rows, of which the first is named, it ends with 1', async () => {
    const folder = goldenSource(bench, 'bad', { 'source.yaml': (text) => text.replace('0.2', '0.05') });
    const { code, output } = await attempt(folder, 'bad');
    expect([code, output]).toEqual([
      1,
      expect.stringContaining('invalid-number in quantity: 1 row, first in orders-1.csv, line 13: "many"'),
    ]);
  });

  it('etl-mapping-guard: with a SELECT that looks beyond the record, it ends with 1', async () => {
    const folder = goldenSource(bench, 'guarded');
    rewrite(join(folder, 'order-lines.sql'), (text) =>
      text.replace('FROM orders', ", file('/etc/passwd') AS x FROM orders"),
    );
    const { code, output } = await attempt(folder, 'guarded');
    expect([code, output]).toEqual([1, expect.stringContaining('the function file looks beyond the record')]);
    expect(output).not.toContain('root:');
  });

  it('etl-outage: where the engine goes away, it ends with 3', async () => {
    const proxy = await startEngineProxy(bench.dataDir);
    try {
      proxy.failing = (statement) => (statement.includes('EXPLAIN AST') ? 'reset' : null);
      const { code, output } = await attempt(goldenSource(bench, 'gone'), 'gone', proxy.environment);
      expect([code, output]).toEqual([3, expect.stringContaining('The database engine')]);
    } finally {
      await proxy.close();
    }
  });
});

it('store-seals, etl-rebuild: figures that are lost are missed, named and made anew from the lines', async () => {
  const lost = `source = 'whole' AND month = '2025-02-01' AND data_version = (SELECT max(data_version) FROM data_versions WHERE source = 'whole')`;
  await kit.run(bench, `ALTER TABLE rollup_belt_month DELETE WHERE ${lost}`);
  const findings = await findDamage(bench.client, { tables: ALL_SEALED, source: 'whole' });
  expect(damageOfNewest(findings)).toContainEqual(
    expect.objectContaining({ table: 'rollup_belt_month', months: ['2025-02-01'] }),
  );
  const progress = quietProgress({ write: () => undefined });
  const { batch } = await rebuildFigures(bench.engine, 'whole', { waitMs: 0, progress });
  expect(batch).toMatchObject({ state: 'committed', months: ['2025-02-01'] });
  await kit.expectWhole(bench, 'whole', whole.seen);
});

it('private-data: nothing that was written is open to other accounts', () => {
  const open = (path: string): string[] => {
    const found = lstatSync(path);
    if (found.isSymbolicLink()) return [];
    const below = found.isDirectory() ? readdirSync(path).flatMap((name) => open(join(path, name))) : [];
    return (found.mode & 0o077) === 0 ? below : [path, ...below];
  };
  expect(open(bench.dataDir)).toEqual([]);
});
