/** The engine's parts as who asks without a scope finds them: functions that read keys without rows are no way around the policies. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateClickHouse } from '@beltline/sql/clickhouse';
import { type Engine, type EngineRole, openEngine } from '@beltline/sql/engine';

const dataDir = mkdtempSync(join(tmpdir(), 'beltline parts '));
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
  const owner = engine.client('loader', 'default');
  await migrateClickHouse(owner);
  await owner.close();
});
afterAll(async () => {
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('who asks as the viewer without a scope', () => {
  beforeAll(async () => {
    const loader = engine.client('loader');
    await loader.command({
      query: `INSERT INTO order_lines (source, merchant_id, order_id, line_no) SELECT 'demo', 'M000001', 'O1', 1`,
    });
    await loader.close();
  });

  it.each([
    'SELECT * FROM order_lines',
    "SELECT * FROM merge('beltline', 'order_lines')",
    'SELECT * FROM view(SELECT * FROM order_lines)',
    "SELECT * FROM mergeTreeIndex('beltline', 'order_lines')",
    "SELECT * FROM mergeTreeIndex('beltline', 'order_lines', with_marks = 1, with_minmax = 1)",
    "SELECT * FROM mergeTreeAnalyzeIndexes('beltline', 'order_lines')",
    "SELECT * FROM mergeTreeAnalyzeIndexes('beltline', 'order_lines', merchant_id = 'M000001')",
    "SELECT * FROM mergeTreeAnalyzeIndexesUUID((SELECT toString(uuid) FROM system.tables WHERE name = 'order_lines'))",
    "SELECT * FROM (SELECT count() AS found FROM mergeTreeIndex('beltline', 'order_lines')) WHERE found > 0",
    "SELECT i.merchant_id FROM mergeTreeIndex('beltline', 'order_lines') AS i JOIN system.one AS o ON 1 = 1",
    "SELECT min(merchant_id) AS key FROM mergeTreeIndex('beltline', 'order_lines') HAVING key != ''",
    "SELECT 1 WHERE (SELECT count() FROM mergeTreeIndex('beltline', 'order_lines')) > 0",
    "SELECT * FROM (SELECT merchant_id FROM mergeTreeIndex('beltline', 'order_lines') UNION ALL SELECT order_id FROM order_lines)",
    "SELECT * FROM mergeTreeIndex('beltline', 'order_lines') SETTINGS enable_analyzer = 0",
    "SELECT * FROM mergeTreeAnalyzeIndexes('beltline', 'order_lines') SETTINGS enable_analyzer = 0",
  ])('is shown nothing: %s', async (query) => {
    const shown = async (role: EngineRole) => {
      const client = engine.client(role);
      try {
        const found = await client.query({ query, format: 'JSONEachRow' });
        return (await found.json()).length;
      } catch (error) {
        return (error as { type?: string }).type;
      } finally {
        await client.close();
      }
    };
    expect([0, 'ACCESS_DENIED', 'UNKNOWN_FUNCTION']).toContain(await shown('viewer'));
    // The statement shows something to who may see it, or says why not.
    expect([await shown('reader'), query]).not.toEqual([0, query]);
  });
});
