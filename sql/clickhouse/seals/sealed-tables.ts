/** Which tables are sealed, by which columns, and the statements that seal them and add them up. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillStatement } from '../load-statement.ts';
import { packageRoot } from '../package-root.ts';

interface SealedTable {
  /**
   * Which rows a seal is of: those of the version; or all up to it, which hold until newer ones of the same key replace them,
   * or to which only more are added.
   */
  readonly rows: 'own' | 'standing' | 'added';
  /** What is hashed of a row, in SQL. */
  readonly columns: string;
}

const own = (columns: string): SealedTable => ({ rows: 'own', columns });
const standing = (columns: string): SealedTable => ({ rows: 'standing', columns });

/** Every table whose rows carry a data version, besides the journal's. */
export const SEALED: Readonly<Record<string, SealedTable>> = {
  rollup_belt_day: own(
    'level, belt_id, month, day, combination, lines, orders, merchants, buyers, pieces, gmv, refund',
  ),
  rollup_belt_month: own(
    'level, belt_id, month, combination, lines, orders, merchants, buyers, pieces, gmv, refund',
  ),
  rollup_merchant_month: own(
    'belt_id, month, merchant_id, owner_id, combination, lines, orders, pieces, gmv, refund',
  ),
  // Rows from before combinations were kept (65535) have the seal that they had then.
  rollup_sku_month: own(
    "belt_id, month, merchant_id, if(combination = 65535, sku_id, concat(sku_id, ' ', toString(combination))), lines, pieces, gmv",
  ),
  rollup_active_month: own('unit, level, belt_id, track_bit, month, bitmapToArray(active)'),
  rollup_unknown_buyer_month: own('belt_id, month, combination, lines, gmv'),
  rollup_spread_day: own('unit, month, belt_id, day, unit_no, combination'),
  rollup_lineage: own('belt_id, month, batch_id, lines, gmv'),
  unit_numbers: { rows: 'added', columns: 'data_version, unit, unit_id, unit_no' },
  belts: standing(
    'belt_id, data_version, name_zh, name_en, province, city, county, adcode, category_zh, category_en, longitude, latitude',
  ),
  merchants: standing(
    'merchant_id, data_version, name, owner_id, size, is_factory, founded_on, takeover_on, successor_born, successor_education, tags',
  ),
  memberships: standing('merchant_id, data_version, valid_from, valid_to, belt_id'),
  sources: standing('data_version, name_zh, name_en, currency, time_zone, home_country'),
};

/** The counted lines in force, month by month; what the rollups are made from. */
export const FACTS = 'order_lines';

/** Every table that is sealed, also those that figures are not read from. `order_lines` only while no load publishes. */
export const ALL_SEALED: readonly string[] = [...Object.keys(SEALED), FACTS];

const texts = new Map<string, string>();

/** A statement of `sql/clickhouse/seals/`, filled in. @throws Error where a placeholder has no filling. */
export function statement(name: string, filling: Readonly<Record<string, string>> = {}): string {
  const known =
    texts.get(name) ?? readFileSync(join(packageRoot, 'clickhouse', 'seals', `${name}.sql`), 'utf8');
  texts.set(name, known);
  return fillStatement(`seals/${name}`, known, filling);
}

/** What the rows of a table add up to, as a SELECT. */
export function rowsOf(table: string): string {
  if (table === FACTS) return statement('fact-rows');
  const { rows, columns } = SEALED[table] as SealedTable;
  if (rows === 'own') return statement('own-rows', { table, columns });
  return statement('standing-rows', { table, columns, final: rows === 'standing' ? 'FINAL' : '' });
}

/** The statement that keeps beside the seals under which mapping lines were read; fails as those of `sealing` do. */
export const keepingMapping = (behind: string): string => statement('seal-mapping', { behind });

/**
 * Statements that seal a version when all its rows are written and proven, and before it is committed. They fail where the
 * table `behind` is not there.
 */
export function sealing(behind: string): { readonly name: string; readonly query: string }[] {
  return [
    { name: 'seal-facts', query: statement('seal-facts', { behind }) },
    ...Object.keys(SEALED).map((table) => ({
      name: `seal ${table}`,
      query: statement('seal', { table, behind, rows: rowsOf(table) }),
    })),
  ];
}
