/**
 * Whether the tables of the embedded PostgreSQL still hold what was written to them. Its pages have checksums, but a page that is all
 * zeros is a new one to it, and a file that is cut short one with fewer rows: users, notes or the audit would be fewer without a word.
 * Each key names the place of each row, and is kept in a file of its own, so both are compared.
 */
import type { DataSource } from 'typeorm';

/** Where the functions are that look into pages; they come with PGlite. */
const INSPECTION = `
  CREATE SCHEMA IF NOT EXISTS inspection;
  CREATE EXTENSION IF NOT EXISTS pageinspect SCHEMA inspection`;

/**
 * Tables of the program, with where their long values are; a key without its first page was cut to nothing, one that has no other names
 * no row. Not the list of migrations: where it has lost some, they are made once more, and that fails.
 */
const KEYS = `
  WITH tables AS (
    SELECT oid AS named, unnest(ARRAY[oid, nullif(reltoastrelid, 0)]) AS stored
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'schema_migrations'
  )
  SELECT
    named::regclass::text AS "table", stored::regclass::text AS stored, indexrelid::regclass::text AS key,
    pg_relation_size(stored) / 8192 AS pages, pg_relation_size(indexrelid) / 8192 AS "keyPages", indisprimary AS "isPrimary"
  FROM tables JOIN pg_index ON indrelid = stored
  ORDER BY 1, 3`;

/**
 * The last place that a key names on each page of its table, beside how many places that page has: 4 bytes each after a head of 24. The
 * first item of a page that is not the last one bounds it and names no row.
 */
const LOST_PAGES = `
  WITH named AS (
    SELECT (place::text::point)[0]::bigint AS page, max((place::text::point)[1]) AS item
    FROM
      generate_series(1, $3::bigint - 1) AS key_page,
      inspection.bt_page_stats($1::text, key_page) AS stats,
      inspection.bt_page_items($1::text, key_page) AS items,
      unnest(coalesce(items.tids, ARRAY[items.htid])) AS place
    WHERE stats.type = 'l' AND (stats.btpo_next = 0 OR items.itemoffset > 1)
    GROUP BY page
  )
  SELECT count(*)::int AS lost FROM named
  WHERE CASE
    WHEN page >= $4::bigint THEN true
    ELSE item > ((inspection.page_header(inspection.get_raw_page($2::text, page::int))).lower - 24) / 4
  END`;

interface Key {
  readonly table: string;
  readonly stored: string;
  readonly key: string;
  readonly pages: string;
  readonly keyPages: string;
  readonly isPrimary: boolean;
}

/**
 * Takes some 4 s for a million rows. Writes nothing where something is lost.
 * @throws Error, as the end of a sentence, where a table has lost pages, or a page or a key cannot be read.
 */
export async function assertWholeTables(dataSource: DataSource): Promise<void> {
  await dataSource.transaction(async (session) => {
    const keys = (await session.query(KEYS)) as Key[];
    const cut = keys.find(({ keyPages }) => Number(keyPages) === 0);
    if (cut) throw new Error(`the key ${cut.key} of the table ${cut.table} is gone`);
    const named = keys.filter(({ isPrimary, keyPages }) => isPrimary && Number(keyPages) > 1);
    if (named.length > 0) await session.query(INSPECTION);
    for (const { table, stored, key, pages, keyPages } of named) {
      const [row] = (await session.query(LOST_PAGES, [key, stored, keyPages, pages])) as [{ lost: number }];
      if (row.lost > 0)
        throw new Error(
          `the table ${table} has lost rows on ${row.lost} ${row.lost === 1 ? 'page' : 'pages'}, which its key still names`,
        );
    }
  });
}
