import {
  type ParameterValue,
  placeholders,
  queries,
  runQuery,
  type QueryDefinition,
  SCOPE_PARAMETERS,
  type Scope,
  scopeParameters,
} from '@beltline/sql/clickhouse';
import type { ClickHouseClient } from '@beltline/sql/engine';
import type { z } from 'zod';
import { type RunningEngine, startEngine } from '../fixtures/api/running-engine.ts';
import { seedBatches } from '../fixtures/rollups/batches.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const definitions = Object.values(queries).filter((value) => typeof value === 'object' && 'file' in value);
const EVERYTHING: Scope = { source: 'golden', belts: 'everything' };

/** Names and versions only: what a scope is made from; and arithmetic on what the question brings along. */
const UNSCOPED = ['current-versions', 'load-sources', 'version-as-of', 'seasonal-parts'];
/** Reads of tables of belts without the scope's condition, each with its reason in the file's header. */
const ALLOWED_UNSCOPED_READS: Record<string, number> = { 'source-detail': 1 };
const READS_OF_BELTS = /FROM (rollup_\w+|belts|quarantine|load_files|load_events)\b/g;

let engine: RunningEngine;
let reader: ClickHouseClient;
beforeAll(async () => {
  engine = await startEngine();
  await seedVersion(engine.loader, GOLDEN);
  await seedBatches(engine.loader, 'golden');
  await seedLine(engine.loader);
  await seedUnknownBuyers(engine.loader);
  reader = engine.engine.client('reader');
});
afterAll(async () => {
  await reader?.close();
  await engine?.close();
});

/** A line itself, of a merchant that has a belt: most queries read sums alone, and so do the seeds. */
async function seedLine(loader: ClickHouseClient): Promise<void> {
  const merchant = GOLDEN.lines.find(({ belt }) => belt !== '')?.merchant;
  await loader.insert({
    table: 'order_lines',
    format: 'JSONEachRow',
    values: [
      {
        ...{ source: 'golden', merchant_id: merchant, order_id: 'A', line_no: 1, placed_day: '2025-01-20' },
        ...{
          quantity: 1,
          amount: '10.00',
          refund_amount: '0.00',
          is_counted: true,
          batch_id: GOLDEN.version,
        },
        // Of distribution and of cross-border, so that it is a part of both.
        ...{ combination: 3, channel: 'taobao', destination_country: 'US', buyer_id: 'U1' },
      },
    ],
  });
}

/** What was sold to nobody whom the source tells. */
async function seedUnknownBuyers(loader: ClickHouseClient): Promise<void> {
  await loader.insert({
    table: 'rollup_unknown_buyer_month',
    format: 'JSONEachRow',
    values: [
      {
        ...{
          source: 'golden',
          belt_id: GOLDEN.lines[0]?.belt ?? '',
          month: '2024-01-01',
          data_version: GOLDEN.version,
        },
        ...{ combination: 4, lines: 1, gmv: '10.00' },
      },
    ],
  });
}

test('there are query definitions, each under the name of its file', () => {
  expect(definitions.length).toBeGreaterThan(15);
  expect(new Set(definitions.map((definition) => definition.name)).size).toBe(definitions.length);
});

/** An example asked of the version that is there. */
function atVersion(example: Readonly<Record<string, ParameterValue>>) {
  return {
    ...example,
    ...('data_version' in example ? { data_version: GOLDEN.version } : {}),
    ...(Array.isArray(example['versions'])
      ? { versions: example['versions'].map(() => GOLDEN.version) }
      : {}),
  };
}

describe.each(definitions.map((definition) => [definition.name, definition] as const))(
  '%s',
  (file, definition) => {
    const used = placeholders(definition.sql);
    /** The query on its own example, at the version that is there. */
    const ask = async (scope: Scope) =>
      (await runQuery(
        reader,
        scope,
        definition as QueryDefinition<string, z.ZodType>,
        atVersion(definition.example),
      )) as Record<string, unknown>[];
    const ofScope = used.filter((name) => (SCOPE_PARAMETERS as readonly string[]).includes(name));

    test('its placeholders are its parameters and those of the scope', () => {
      expect(used).toEqual([...new Set([...definition.parameters, ...ofScope])].sort());
      expect(Object.keys(definition.example).sort()).toEqual([...definition.parameters].sort());
    });

    test('each of its reads is under the scope', () => {
      if (UNSCOPED.includes(file)) return expect(ofScope).toEqual([]);
      expect(ofScope).toEqual(expect.arrayContaining(['scope_everything', 'scope_source']));
      const reads = [...definition.sql.matchAll(READS_OF_BELTS)].length;
      const conditions = [...definition.sql.matchAll(/\{scope_everything:UInt8\} = 1/g)].length;
      expect(conditions).toBeGreaterThanOrEqual(reads - (ALLOWED_UNSCOPED_READS[file] ?? 0));
    });

    test('its header says question, grain and null; nothing in it depends on the clock', () => {
      const header = definition.sql
        .split('\n')
        .filter((line) => line.startsWith('--'))
        .join(' ');
      expect(header).toMatch(/Question:.*Grain:.*Null:/s);
      expect(definition.sql).not.toMatch(/\b(now|today|yesterday)\w*\(/i);
    });

    test('the engine can plan it', async () => {
      const plan = await reader.query({
        query: `EXPLAIN ${definition.sql}`,
        query_params: { ...definition.example, ...scopeParameters(EVERYTHING) },
        format: 'TabSeparated',
      });
      expect(await plan.text()).toContain('ReadFrom');
    });

    test('its rows are of the declared shape', async () => {
      const rows = await ask(EVERYTHING);
      expect(rows.length).toBeGreaterThan(0);
    });

    test('a scope of nothing sees nothing', async () => {
      if (UNSCOPED.includes(file)) return;
      const rows = await ask({ source: 'golden', belts: [] });
      for (const row of rows) {
        const counts = Object.entries(row).filter(([name]) => /count$/.test(name));
        expect(counts.length).toBeGreaterThan(0);
        expect(counts.every(([, value]) => value === 0)).toBe(true);
      }
    });

    test('another source is not seen', async () => {
      if (UNSCOPED.includes(file)) return;
      const rows = await ask({ source: 'other', belts: 'everything' });
      expect(rows.filter((row) => row['row_count'] !== 0)).toEqual([]);
    });
  },
);
