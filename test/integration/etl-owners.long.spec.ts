/** A shop that changes hands through a load that is killed: it is all sold, or not at all. */
import { join } from 'node:path';
import { everythingOf, figures, loadInProcess, query, startCommand } from './etl-harness.ts';
import { LOOKUPS, OWNERS, bench, sourceOfShops, SOLD, sell, soldByOwner, naive } from './etl-owners-kit.ts';

it.each(['planned', 'rolled-up'])(
  'is all sold or not at all where the load is killed at "%s"',
  async (point) => {
    const id = `killed-${point}`;
    const folder = sourceOfShops(id);
    const first = (await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv'])).batch;
    const seen = await figures(bench.client, id);
    sell(folder);
    const run = startCommand(
      bench.dataDir,
      ['--source-folder', folder, 'load', id, '--files', ...LOOKUPS.map((file) => join(folder, file))],
      { BELTLINE_ETL_PAUSE_AT: point },
    );
    await run.until(`paused at ${point}`);
    run.child.kill('SIGKILL');
    await run.done;
    expect(await figures(bench.client, id)).toEqual(seen);
    expect(await soldByOwner(id, first.batchId)).toEqual(await naive(id, OWNERS));
    // The next load completes what was decided, or begins anew.
    await loadInProcess(bench, folder, LOOKUPS);
    const [{ newest = 0 } = {}] = await query<{ newest: number }>(
      bench.client,
      'SELECT toUInt32(max(data_version)) AS newest FROM data_versions WHERE source = {source:String}',
      { source: id },
    );
    expect(newest).toBeGreaterThan(first.batchId);
    expect(await soldByOwner(id, newest)).toEqual(await naive(id, SOLD));
    expect(await soldByOwner(id, first.batchId)).toEqual(await naive(id, OWNERS));
    if (point === 'rolled-up')
      expect(await everythingOf(bench.client, id)).toEqual(
        await everythingOf(bench.client, 'killed-planned'),
      );
  },
);
