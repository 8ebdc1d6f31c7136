/** Batches that are taken back: what was before them is in force again, to the last figure; or it is refused by name. */
import { queries, runQuery, type Scope } from '@beltline/sql/clickhouse';
import { type Bench, openBench, query, startCommand } from './etl-harness.ts';
import { seen, twoLoads, undo, versionsOf } from './etl-undo-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

it('the last batch: yesterday is in force again, and the undo can be undone', async () => {
  const { first, second, before, after } = await twoLoads(bench, 'undone');
  expect(after).not.toEqual(before);
  const { batch, undone, takenOut, putBack } = await undo(bench, second);
  // Six lines of orders-2, of which one is older than what is in force; five of them replaced one.
  expect({ undone, takenOut, putBack }).toEqual({ undone: [second], takenOut: 5, putBack: 5 });
  expect(batch?.message).toBe(
    `Undid ${second}: 5 lines in force were taken out, and what they had replaced is back; 2 months rebuilt.`,
  );
  expect(await seen(bench, 'undone')).toEqual(before);
  const third = batch?.batchId ?? 0;
  expect((await undo(bench, third)).undone).toEqual([third]);
  expect(await seen(bench, 'undone')).toEqual(after);
  await undo(bench, second);
  await undo(bench, first);
  expect((await seen(bench, 'undone')).tables['order_lines']).toMatch(/^0 rows/);
  const acts = await versionsOf(bench, 'undone');
  expect(acts.map(({ act, undone: of }) => [act, of])).toEqual([
    ['load', []],
    ['load', []],
    ['undo', [second]],
    ['undo', [third]],
    ['undo', [second, third, third + 1]],
    ['undo', [first, second, third, third + 1, third + 2]],
  ]);
  expect(acts.every(({ actor }) => /.+@.+/.test(actor))).toBe(true);
  expect(acts.at(-1)?.reason).toBe('a spec');
});

it('is as before to what the API asks of each version, and told as what it was', async () => {
  const { first, second } = await twoLoads(bench, 'asked');
  const { batch } = await undo(bench, second);
  const scope: Scope = { source: 'asked', belts: 'everything', isSystem: true };
  const at = async (data_version: number) => [
    await runQuery(bench.client, scope, queries.belts, { data_version, as_of: '2025-02-10' }),
    await runQuery(bench.client, scope, queries.sourceDetail, { data_version }),
  ];
  const [before, between, after] = [await at(first), await at(second), await at(batch?.batchId ?? 0)];
  expect(JSON.stringify(between)).toContain('Toys');
  expect(JSON.stringify(between)).toContain('Lights');
  expect(after).toEqual(before);
  const loads = await runQuery(bench.client, scope, queries.loads, { batch_id: 0, before: 0, limit: 10 });
  expect(loads.map(({ act, undone, reason }) => [act, undone, reason])).toEqual([
    ['undo', 0, 'a spec'],
    ['load', 1, ''],
    ['load', 0, ''],
  ]);
  const quality = await runQuery(bench.client, scope, queries.loadQuality, {
    data_version: batch?.batchId ?? 0,
  });
  expect(quality).toMatchObject([{ row_count: 1 }]);
  const rejects = (data_version: number) =>
    runQuery(bench.client, scope, queries.rejectsThrough, { data_version });
  expect(await rejects(batch?.batchId ?? 0)).toEqual(await rejects(first));
});

it('etl-undo, killed: "attached" completes in what is right', async () => {
  const { second, before } = await twoLoads(bench, 'killed');
  const run = startCommand(bench.dataDir, ['undo', String(second)], { BELTLINE_ETL_PAUSE_AT: 'attached' });
  await run.until('paused at attached');
  run.child.kill('SIGKILL');
  await run.done;
  const { code, output } = await startCommand(bench.dataDir, ['recover']).done;
  expect([code, output]).toEqual([0, expect.stringContaining('Completed: batch')]);
  expect(await seen(bench, 'killed')).toEqual(before);
});

it('keeps each column of a line that it replaces', async () => {
  const [row] = await query<{ missing: string[]; more: string[] }>(
    bench.client,
    `WITH (SELECT groupArray((name, type)) FROM (SELECT * FROM system.columns WHERE database = 'beltline' AND table = 'order_lines' AND default_kind != 'ALIAS' ORDER BY position)) AS lines,
       (SELECT groupArray((name, type)) FROM (SELECT * FROM system.columns WHERE database = 'beltline' AND table = 'replaced_lines' ORDER BY position)) AS kept
     SELECT arrayFilter(one -> NOT has(kept, one), lines) AS missing, kept[1] = lines[1] AND arraySlice(kept, 1, length(lines)) = lines AS same, length(kept) - length(lines) AS more`,
  );
  expect(row).toEqual({ missing: [], same: 1, more: '1' });
});
