import type { DataSource } from 'typeorm';

/** What other builds and settings made is of use only while one of them runs beside this one. */
const PRUNE = `
  DELETE FROM kept_series
  WHERE source = $1 AND name = $2 AND (
    (maker <> $3 AND made_at < now() - interval '1 day')
    OR (data_version, published_at) NOT IN (
      SELECT data_version, published_at FROM kept_series
      WHERE source = $1 AND name = $2 AND maker = $3
      GROUP BY data_version, published_at
      ORDER BY max(made_at) DESC LIMIT $4
    )
  )`;

/**
 * Removes of a kind what is of use no more: all but the versions that were made last. An embedded database has nobody who gives the room of removed rows
 * back, so it is done here; on a server it is the server's, and the program's account may not.
 */
export async function pruneKeptSeries(
  store: DataSource,
  kept: { readonly source: string; readonly name: string; readonly maker: string; readonly versions: number },
): Promise<void> {
  const { source, name, maker, versions } = kept;
  const [, removed] = (await store.query(PRUNE, [source, name, maker, versions])) as [unknown, number];
  if (removed > 0 && !('url' in store.options && store.options.url)) await store.query('VACUUM kept_series');
}
