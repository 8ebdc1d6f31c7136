/**
 * Rows that a batch wrote under its data version. Until the batch is committed nobody sees them, but rows of a batch that
 * never commits would come to light with the next one that does.
 */
import { loadStatement, sendBehind } from '@beltline/sql/clickhouse';
import type { ClickHouseClient } from '@beltline/sql/engine';

const VERSIONED: readonly (readonly [table: string, column: string])[] = [
  ['belts', 'data_version'],
  ['merchants', 'data_version'],
  ['memberships', 'data_version'],
  ['sources', 'data_version'],
  ['rollup_belt_day', 'data_version'],
  ['rollup_belt_month', 'data_version'],
  ['rollup_merchant_month', 'data_version'],
  ['rollup_active_month', 'data_version'],
  ['rollup_unknown_buyer_month', 'data_version'],
  ['rollup_spread_day', 'data_version'],
  ['unit_numbers', 'data_version'],
  ['rollup_sku_month', 'data_version'],
  ['rollup_lineage', 'data_version'],
  ['seals', 'data_version'],
  ['quarantine', 'batch_id'],
  ['replaced_lines', 'replaced_by'],
];

/** Deletes what a batch wrote under its version, in every table. */
export async function deleteVersion(client: ClickHouseClient, batchId: number): Promise<void> {
  await deleteUncommitted(client, VERSIONED, batchId);
}

/**
 * Deletes the lines of a batch that was being published and cannot be completed, its own tables being gone: left there,
 * they would be in force, and a load that brings them again would find nothing new to roll up.
 */
export async function deleteLines(client: ClickHouseClient, batchId: number): Promise<void> {
  await deleteUncommitted(client, [['order_lines', 'written_by']], batchId);
}

/** Looks first, at all tables at once, because a deletion rewrites parts and is hardly ever needed. */
async function deleteUncommitted(
  client: ClickHouseClient,
  tables: typeof VERSIONED,
  batchId: number,
): Promise<void> {
  const fillings = tables.map(([target, version_column]) => ({ target, version_column }));
  const query_params = { batch_id: batchId };
  const result = await client.query({
    query: fillings.map((fill) => loadStatement('uncommitted-rows', fill)).join('\nUNION ALL\n'),
    query_params,
    format: 'JSONEachRow',
  });
  const left = (await result.json<{ target: string; lines: string }>()).filter(
    ({ lines }) => Number(lines) > 0,
  );
  for (const fill of fillings.filter(({ target }) => left.some((row) => row.target === target)))
    await sendBehind(client, { query: loadStatement('delete-uncommitted', fill), query_params });
}
