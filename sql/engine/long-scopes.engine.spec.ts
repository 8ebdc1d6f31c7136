/** A scope of as many belts as a country has, under ids as long as they may be, is asked like any other. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateClickHouse, type QueryDefinition, runQuery } from '@beltline/sql/clickhouse';
import { type Engine, openEngine } from '@beltline/sql/engine';
import { z } from 'zod';

const dataDir = mkdtempSync(join(tmpdir(), 'beltline long scopes '));
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
  const loader = engine.client('loader', 'default');
  await migrateClickHouse(loader);
  await loader.close();
});
afterAll(async () => {
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const row = z.object({ belt_id: z.string() });
const SEEN: QueryDefinition<never, typeof row> = {
  name: 'seen-belts',
  file: '',
  parameters: [],
  row,
  example: {},
  maxSeconds: 30,
  sql: 'SELECT belt_id FROM beltline.belts WHERE belt_id IN {scope_belts:Array(String)} OR {scope_everything:UInt8} = 0 ORDER BY belt_id',
};

it('shows the last of five thousand belts, and none that is not listed', async () => {
  const ids = Array.from({ length: 5000 }, (_, no) => `${'带'.repeat(40)}${10_000 + no}`);
  const [listed, last] = [ids.slice(0, -1), ids.at(-2)];
  const loader = engine.client('loader');
  const values = [last, ids.at(-1)].map((belt_id) => ({ source: 's', belt_id, data_version: 1 }));
  await loader.insert({ table: 'beltline.belts', values, format: 'JSONEachRow' });
  await loader.close();
  const viewer = engine.client('viewer');
  try {
    expect(await runQuery(viewer, { source: 's', belts: listed }, SEEN, {})).toEqual([{ belt_id: last }]);
  } finally {
    await viewer.close();
  }
});
