/** Whatever was loaded in whatever order: what was in force before is in force again, to the last figure; killed at any point, an undo is done or not done. */
import { join } from 'node:path';
import fc from 'fast-check';
import {
  type Bench,
  everythingOf,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  startCommand,
  swept,
  sweptRuns,
} from './etl-harness.ts';
import { LOOKUPS, type Row, seen, takeBack, twoLoads, undo, versionsOf, write } from './etl-undo-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Few orders, months and merchants, so that nearly every load meets lines of those before. */
const row: fc.Arbitrary<Row> = fc.record({
  order: fc.constantFrom('P1', 'P2', 'P3', 'P4', 'P5'),
  month: fc.integer({ min: 1, max: 3 }),
  updated: fc.integer({ min: 4, max: 6 }),
  merchant: fc.constantFrom('M1', 'M2', 'M3'),
  quantity: fc.integer({ min: 1, max: 9 }),
  isPaid: fc.boolean(),
});
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      rows: fc.array(row, { minLength: 1, maxLength: 6 }),
      day: fc.integer({ min: 1, max: 28 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ back: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.constant({ redo: true as const }) },
  { weight: 1, arbitrary: fc.constant({ purge: true as const }) },
);

it('after any loads, undone in any depth and order, is what it was before them', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 3, maxLength: 7 }), async (isFull, steps) => {
      const id = `any-${run++}`;
      const folder = goldenSource(bench, id, {
        'source.yaml': (text) =>
          `${text.replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1')}${isFull ? 'mode: full\nmaxWithdrawnShare: 1\n' : ''}`,
      });
      /** What is in force, with what was before it; and the last act that took something back, with what was before that. */
      let states: { batchId: number; before: Awaited<ReturnType<typeof seen>> }[] = [];
      let last: { batchId: number; states: typeof states; before: Awaited<ReturnType<typeof seen>> } | null =
        null;
      for (const one of steps) {
        const before = await seen(bench, id);
        if ('rows' in one) {
          rewrite(join(folder, 'data', 'memberships.csv'), (text) =>
            text.replaceAll(/2025-02-\d\d/g, `2025-02-${String(one.day).padStart(2, '0')}`),
          );
          const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, write(folder, one.rows)]);
          if (batch.state === 'committed') {
            states = [...states, { batchId: batch.batchId, before }];
            last = null;
          }
        } else if (states.length === 0 && !('redo' in one)) continue;
        else if ('back' in one) {
          const to = states[Math.max(0, states.length - one.back)] as (typeof states)[number];
          const { batch } = await undo(bench, to.batchId, true);
          last = { batchId: batch?.batchId ?? 0, states, before };
          states = states.slice(0, Math.max(0, states.length - one.back));
          expect(await seen(bench, id)).toEqual(withMonths(to.before, await seen(bench, id)));
        } else if ('purge' in one) {
          const { batch } = await takeBack(bench, { source: id });
          last = { batchId: batch?.batchId ?? 0, states, before };
          states = [];
          expect((await seen(bench, id)).tables['order_lines']).toMatch(/^0 rows/);
        } else if (last !== null) {
          await undo(bench, last.batchId);
          expect(await seen(bench, id)).toEqual(last.before);
          states = last.states;
          last = null;
        }
      }
    }),
    { numRuns: sweptRuns(12), endOnFailure: true },
  );
});

/** Where nothing was in force, there is no last day; a version says so, and a source without one has none. */
const withMonths = (before: Awaited<ReturnType<typeof seen>>, now: Awaited<ReturnType<typeof seen>>) =>
  before.tables['order_lines']?.startsWith('0 rows') ? { ...before, through: now.through } : before;

const UNDO_POINTS = [
  'opened',
  'dimensions',
  'planned',
  'decided',
  'attached-one',
  'attached',
  'published-dimensions',
  'rolled-up-one',
  'rolled-up',
  'verified',
  'committed',
  'journalled',
] as const;

it.each(swept(UNDO_POINTS))(
  'an undo that is killed when it has come to "%s" is done or not done',
  async (point) => {
    const id = `undo-killed-${point}`;
    const { second, before, after } = await twoLoads(bench, id);
    const run = startCommand(bench.dataDir, ['undo', String(second), '--reason', 'a spec'], {
      BELTLINE_ETL_PAUSE_AT: point,
    });
    await run.until(`paused at ${point}`);
    run.child.kill('SIGKILL');
    await run.done;
    const isDone = UNDO_POINTS.indexOf(point) >= UNDO_POINTS.indexOf('committed');
    // Lines lie in their table before they are counted by anyone.
    const { order_lines: _, ...tables } = (await seen(bench, id)).tables;
    expect(isDone ? before.tables : after.tables).toMatchObject(tables);
    expect((await startCommand(bench.dataDir, ['recover']).done).code).toBe(0);
    const isDecided = UNDO_POINTS.indexOf(point) >= UNDO_POINTS.indexOf('decided');
    expect(await seen(bench, id)).toEqual(isDecided ? before : after);
    if (!isDecided) await undo(bench, second);
    expect(await seen(bench, id)).toEqual(before);
    const left = await query(
      bench.client,
      `SELECT name FROM system.databases WHERE match(name, '^beltline_load_[0-9]')`,
    );
    expect(left).toEqual([]);
    const { quarantine: _q, ...all } = await everythingOf(bench.client, id);
    const { quarantine: _r, ...asOne } = await undisturbed();
    expect(all).toEqual(asOne);
  },
);

/** All that a source holds that was loaded twice and undone once, without a kill. */
const undisturbed = (() => {
  let made: Promise<Record<string, string>> | null = null;
  return () =>
    (made ??= (async () => {
      const { second } = await twoLoads(bench, 'undisturbed');
      await undo(bench, second);
      return everythingOf(bench.client, 'undisturbed');
    })());
})();

it('a load that an earlier program decided is completed, and cannot be undone', async () => {
  const folder = goldenSource(bench, 'older');
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  const files = [...LOOKUPS, 'data/orders-2.csv'].map((file) => join(folder, file));
  const run = startCommand(bench.dataDir, ['--source-folder', folder, 'load', 'older', '--files', ...files], {
    BELTLINE_ETL_PAUSE_AT: 'decided',
  });
  await run.until('paused at decided');
  run.child.kill('SIGKILL');
  await run.done;
  const [{ name } = { name: '' }] = await query<{ name: string }>(
    bench.client,
    `SELECT name FROM system.databases WHERE match(name, '^beltline_load_[0-9]')`,
  );
  for (const sql of [
    `DROP TABLE ${name}.load__act`,
    `DROP TABLE ${name}.load__replaced`,
    ...['load__staged', 'load__clean'].flatMap((table) => [
      `CREATE TABLE ${name}.older_${table} ENGINE = MergeTree PARTITION BY (source, toYYYYMM(placed_day))
       ORDER BY (source, merchant_id, order_id, line_no) AS SELECT * EXCEPT (written_by) FROM ${name}.${table}`,
      `DROP TABLE ${name}.${table} SYNC`,
      `RENAME TABLE ${name}.older_${table} TO ${name}.${table}`,
    ]),
  ])
    await bench.client.command({ query: sql });
  const { code, output } = await startCommand(bench.dataDir, ['recover']).done;
  expect([code, output]).toEqual([0, expect.stringContaining('Completed: batch')]);
  const newest = (await versionsOf(bench, 'older')).at(-1)?.version ?? 0;
  await expect(undo(bench, newest)).rejects.toThrow('was published before Beltline kept the lines');
});
