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
  ['rollup_spread_day', 'data_version'],
  ['unit_numbers', 'data_version'],
  ['rollup_sku_month', 'data_version'],
  ['rollup_lineage', 'data_version'],
  ['seals', 'data_version'],
  ['quarantine', 'batch_id'],
];

/** Deletes what a batch wrote under its version, in every table; looks first, because a deletion rewrites parts. */
export async function deleteVersion(client: ClickHouseClient, batchId: number): Promise<void> {
  for (const [target, column] of VERSIONED) await deleteUncommitted(client, target, column, batchId);
}

/**
 * Deletes the lines of a batch that was being published and cannot be completed, its own tables being gone: left there,
 * they would be in force, and a load that brings them again would find nothing new to roll up.
 */
export async function deleteLines(client: ClickHouseClient, batchId: number): Promise<void> {
  await deleteUncommitted(client, 'order_lines', 'batch_id', batchId);
}

async function deleteUncommitted(
  client: ClickHouseClient,
  target: string,
  version_column: string,
  batchId: number,
): Promise<void> {
  const fill = { target, version_column };
  const query_params = { batch_id: batchId };
  const result = await client.query({
    query: loadStatement('uncommitted-rows', fill),
    query_params,
    format: 'JSONEachRow',
  });
  const [row] = await result.json<{ lines: string }>();
  if (Number(row?.lines) > 0)
    await sendBehind(client, { query: loadStatement('delete-uncommitted', fill), query_params });
}
