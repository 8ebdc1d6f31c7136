/** Merchants, memberships and belts of a drafted source, all of them read from the orders, because an export has no more. */
import { draftedSelect } from '@beltline/sql/clickhouse';
import type { Columns } from './order-lines.ts';
import { columnOf, type Drafted, draftId, quoted } from './written.ts';

/** The belt of merchants that nobody has put into one. */
const UNASSIGNED = 'unassigned';

export interface DraftedLookups {
  /** The id of the merchant, for the order lines too. */
  readonly merchant: Drafted;
  readonly selects: Readonly<Record<'merchants' | 'memberships' | 'belts', string>>;
  /** Files beside the SELECTs: base name, columns, rows. */
  readonly files: readonly LookupFile[];
  readonly notes: readonly string[];
}

export interface LookupFile {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function draftLookups(columns: Columns, id: string): DraftedLookups {
  const shop = columns.draft('merchant_id', draftId, {
    sql: quoted(id),
    note: 'MISSING: no column was recognised; all orders count as those of one merchant.',
    isOpen: true,
  });
  const name = columns.has('merchant_name') ? columnOf(columns.name('merchant_name')) : shop.sql;
  return columns.has('belt') ? byBelt(columns, shop, name) : withoutBelt(columns, shop, name);
}

/** A belt is a column of the orders. Where merchants sell in several, a merchant in a belt is a merchant, as in `olist`. */
function byBelt(columns: Columns, shop: Drafted, name: string): DraftedLookups {
  const belt = columns.draft('belt', draftId, { sql: "''", note: null }).sql;
  const isInSeveral = columns.has('merchant_id') && sellsInSeveral(columns);
  const merchant = isInSeveral
    ? {
        sql: `concat(${shop.sql}, ':', ${belt})`,
        note: 'merchants sell in several belts: each of them in one belt counts as a merchant, and the merchant as its owner.',
      }
    : shop;
  return {
    merchant,
    selects: {
      merchants: draftedSelect('merchants', { merchant: merchant.sql, name, owner: shop.sql }),
      memberships: draftedSelect('memberships-by-column', { merchant: merchant.sql, belt }),
      belts: draftedSelect('belts-by-column', { belt }),
    },
    files: [],
    notes: [],
  };
}

function sellsInSeveral(columns: Columns): boolean {
  const belts = columns.values('belt');
  const pairs = new Set(
    columns.values('merchant_id').map((merchant, index) => JSON.stringify([merchant, belts[index]])),
  );
  return pairs.size > new Set(columns.values('merchant_id')).size;
}

function withoutBelt(columns: Columns, shop: Drafted, name: string): DraftedLookups {
  const seen = columns.has('merchant_id') ? [...new Set(columns.values('merchant_id'))] : [];
  const strip = (value: string) => value.replaceAll(/^[="\t ]+|[="\t ]+$/g, '');
  const merchants = seen
    .map(strip)
    .filter((value) => value !== '' && !/["\r\n]/.test(value))
    .sort();
  return {
    merchant: shop,
    selects: {
      merchants: draftedSelect('merchants', { merchant: shop.sql, name, owner: shop.sql }),
      memberships: draftedSelect('memberships-by-file', {
        merchant: shop.sql,
        unassigned: quoted(UNASSIGNED),
      }),
      belts: draftedSelect('belts-by-file'),
    },
    files: [
      {
        table: 'belts',
        columns: ['belt_id', 'name_zh', 'name_en', 'province', 'city', 'category_zh', 'category_en'],
        rows: [[UNASSIGNED, '未归属', 'Unassigned', '', '', '', '']],
      },
      {
        table: 'merchant_belts',
        columns: ['merchant_id', 'belt_id'],
        rows: (merchants.length > 0 ? merchants : ['-']).map((merchant) => [merchant, UNASSIGNED]),
      },
    ],
    notes: [
      'MISSING: no column names a belt; every merchant is in "unassigned" until belts.csv and merchant_belts.csv say more.',
    ],
  };
}
