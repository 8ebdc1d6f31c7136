/** Months that are replaced: the files' lines are in force in them and no others, as one version. */
import { join } from 'node:path';
import { previewOrders } from '@beltline/etl/load';
import { quietProgress } from '@beltline/etl/progress';
import {
  type Bench,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  sourceOf,
  startCommand,
  swept,
} from './etl-harness.ts';
import {
  lineOf,
  LOOKUPS,
  replaceInProcess,
  type Row,
  seen,
  undo,
  versionsOf,
  write,
} from './etl-undo-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

describe('replace', () => {
  const paid = (order: string, month: number, quantity: number, updated = 6, merchant = 'M1'): Row => ({
    order,
    month,
    updated,
    merchant,
    quantity,
    isPaid: true,
  });
  const inForce = async (id: string): Promise<string[]> =>
    (
      await query<{ line: string }>(
        bench.client,
        `SELECT concat(order_id, ' ', toString(toMonth(placed_day)), ' ', toString(quantity)) AS line FROM order_lines FINAL
         WHERE source = {source:String} AND is_deleted = 0 ORDER BY line SETTINGS do_not_merge_across_partitions_select_final = 0`,
        { source: id },
      )
    ).map(({ line }) => line);
  const prepare = async (id: string) => {
    const folder = goldenSource(bench, id, { 'source.yaml': (text) => text.replace('0.2', '0.5') });
    const file = write(folder, [paid('P1', 1, 1), paid('P2', 2, 2), paid('P3', 2, 3), paid('P4', 3, 4)]);
    await loadInProcess(bench, folder, [...LOOKUPS, file]);
    return { folder, file, before: await seen(bench, id) };
  };

  it('withdraws what the files do not bring, lets older records win, and is one version that can be undone', async () => {
    const { folder, file, before } = await prepare('replaced');
    // P2 by an older record, P3 gone, P4 moved here from March, P5 new.
    const right = write(folder, [paid('P2', 2, 7, 4), paid('P4', 2, 8, 4), paid('P5', 2, 9)]);
    const months = { first: 202502, last: 202502 };
    const told = await previewOrders(bench.engine, {
      source: sourceOf(folder),
      files: [...LOOKUPS, right],
      folder,
      replaces: { ...months, mayBeEmpty: false, reason: '' },
      waitMs: 60_000,
      progress: quietProgress({ write: () => undefined }),
    });
    expect(await seen(bench, 'replaced')).toEqual(before);
    const { batch } = await replaceInProcess(bench, folder, [...LOOKUPS, right], months);
    expect(batch.warnings).toMatchObject({ withdrawn: 1 });
    expect(batch.warnings).toEqual(told.warnings);
    expect(await inForce('replaced')).toEqual(['P1 1 1', 'P2 2 7', 'P4 2 8', 'P5 2 9']);
    expect(
      told.months.map(({ month, lines_before, lines_after }) => [month, lines_before, lines_after]),
    ).toEqual([
      [202502, 2, 3],
      [202503, 1, 0],
    ]);
    expect((await versionsOf(bench, 'replaced')).map(({ act, reason }) => [act, reason])).toEqual([
      ['load', ''],
      ['replace', 'a spec'],
    ]);
    await undo(bench, batch.batchId);
    expect(await seen(bench, 'replaced')).toEqual(before);
    // Undone, the first file is what was loaded last; replaced, it is worth reading again.
    expect((await loadInProcess(bench, folder, [...LOOKUPS, file])).batch.state).toBe('unchanged');
    await replaceInProcess(bench, folder, [...LOOKUPS, right], months);
    expect((await loadInProcess(bench, folder, [...LOOKUPS, file])).batch.state).toBe('committed');
    expect(await inForce('replaced')).toEqual(['P1 1 1', 'P2 2 2', 'P3 2 3', 'P4 3 4', 'P5 2 9']);
  });

  it('with the very same files changes no figure', async () => {
    const { folder, file, before } = await prepare('replaced-same');
    const { batch } = await replaceInProcess(bench, folder, [...LOOKUPS, file], {
      first: 202501,
      last: 202503,
    });
    expect(batch.state).toBe('committed');
    const { tables } = await seen(bench, 'replaced-same');
    expect(tables).toEqual(before.tables);
  });

  it('keeps a line in force whose record was rejected', async () => {
    const { folder } = await prepare('replaced-rejected');
    const right = write(folder, [paid('P2', 2, 5)]);
    rewrite(
      join(folder, right),
      (text) => `${text}${lineOf(paid('P3', 2, 6)).replace(',paid,', ',sold,')}\n`,
    );
    await replaceInProcess(bench, folder, [...LOOKUPS, right], { first: 202502, last: 202502 });
    expect(await inForce('replaced-rejected')).toEqual(['P1 1 1', 'P2 2 5', 'P3 2 3', 'P4 3 4']);
  });

  it.each<[string, Row[], string, [number, number], string]>([
    [
      'a line of another month',
      [paid('P2', 2, 5), paid('P9', 4, 5)],
      '',
      [202502, 202503],
      '1 line was placed outside of 2025-02 to 2025-03 (first: ',
    ],
    [
      'a month that would be emptied',
      [paid('P2', 2, 5)],
      '',
      [202502, 202503],
      'These files bring no line of 2025-03, of which 1 are in force',
    ],
    [
      'a record that may be any line',
      [paid('P2', 2, 5)],
      'P3,1,2025-02-05 10:00:00\n',
      [202502, 202502],
      'it may be any of 1 lines in force',
    ],
  ])('refuses %s, and changes nothing', async (name, rows, more, [first, last], message) => {
    const id = `replaced-${name.replaceAll(' ', '-').slice(0, 20)}`;
    const { folder, before } = await prepare(id);
    const file = write(folder, rows);
    rewrite(join(folder, file), (text) => text + more);
    await expect(replaceInProcess(bench, folder, [...LOOKUPS, file], { first, last })).rejects.toThrow(
      message,
    );
    expect(await seen(bench, id)).toEqual(before);
  });

  it('leaves months without a line where that is asked for', async () => {
    const { folder } = await prepare('replaced-empty');
    const file = write(folder, [paid('P2', 2, 5)]);
    await replaceInProcess(bench, folder, [...LOOKUPS, file], { first: 202502, last: 202503 }, true);
    expect(await inForce('replaced-empty')).toEqual(['P1 1 1', 'P2 2 5']);
  });

  it('the command reads months, and says what is none', async () => {
    const { folder } = await prepare('replaced-told');
    const file = join(folder, write(folder, [paid('P2', 2, 5)]));
    const command = (...args: string[]) =>
      startCommand(bench.dataDir, [
        '--source-folder',
        folder,
        'replace',
        'replaced-told',
        '--files',
        file,
        ...LOOKUPS.map((name) => join(folder, name)),
        ...args,
      ]).done;
    expect(await command('--from', '2025-2', '--to', '2025-02')).toMatchObject({
      code: 2,
      output: expect.stringContaining('2025-2 is no month'),
    });
    expect(await command('--from', '2025-03', '--to', '2025-02')).toMatchObject({
      code: 2,
      output: expect.stringContaining('The months end before they begin'),
    });
    const dry = await command('--from', '2025-02', '--to', '2025-02', '--dry-run', '--json');
    expect([dry.code, JSON.parse(dry.output)]).toMatchObject([
      0,
      { outcome: 'committed', warnings: { withdrawn: 1 } },
    ]);
    expect(await command('--from', '2025-02', '--to', '2025-02', '--quiet')).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 lines in force are no longer in the export and were withdrawn.'),
    });
    expect(await inForce('replaced-told')).toEqual(['P1 1 1', 'P2 2 5', 'P4 3 4']);
  });
});

it.each(swept(['decided', 'attached', 'rolled-up'] as const))(
  'a replacement that is killed at "%s" is completed',
  async (point) => {
    const id = `replace-killed-${point}`;
    const made: Record<string, Awaited<ReturnType<typeof seen>>['tables']> = {};
    for (const name of [id, `${id}-not`]) {
      const folder = goldenSource(bench, name);
      await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
      const right = write(folder, [
        { order: 'A8', month: 2, updated: 6, merchant: 'M1', quantity: 3, isPaid: true },
      ]);
      const files = [...LOOKUPS, right].map((file) => join(folder, file));
      const args = [
        '--source-folder',
        folder,
        'replace',
        name,
        '--from',
        '2025-02',
        '--to',
        '2025-02',
        '--files',
        ...files,
      ];
      const run = startCommand(bench.dataDir, args, name === id ? { BELTLINE_ETL_PAUSE_AT: point } : {});
      if (name === id) {
        await run.until(`paused at ${point}`);
        run.child.kill('SIGKILL');
      }
      await run.done;
      if (name === id) expect((await startCommand(bench.dataDir, ['recover']).done).code).toBe(0);
      made[name] = (await seen(bench, name)).tables;
    }
    expect(made[id]).toEqual(made[`${id}-not`]);
  },
);
