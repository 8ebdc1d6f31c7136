/** What is released stays as it is, whoever asks the database to change it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activeJobs, jobDatabase, openPostgres, type PostgresStore } from '@beltline/sql/postgres';

const folder = mkdtempSync(join(tmpdir(), 'beltline releases '));
let store: PostgresStore;
beforeAll(async () => {
  store = await openPostgres({ dataDir: folder });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (sql: string): Promise<Record<string, unknown>[]> => store.dataSource.query(sql);
const idOf = (no: number) => `00000000-0000-4000-8000-00000000000${no}`;
interface Row {
  readonly month?: string;
  readonly published?: boolean;
  readonly version?: number;
  readonly edition?: number;
}
const release = (
  no: number,
  { month = '2024-03-01', published = true, version = 7, edition = 1 }: Row = {},
) =>
  `INSERT INTO releases VALUES ('${idOf(no)}', 's', '${month}', 'officials', ${edition}, ${version}, '2025-01-01T00:00:00Z',
    '2025-01-02T00:00:00Z', ${published}, 1, decode(repeat('01', 32), 'hex'), '{}')`;
const area = (no: number, name: string) =>
  `INSERT INTO release_areas VALUES ('${idOf(no)}', 'belt', '${name}', '{}', '[]')`;
const together = (...statements: string[]) => run(['BEGIN', ...statements, 'COMMIT'].join(';'));

test('a release comes with its areas, and neither is changed, removed or added to', async () => {
  await together(release(1), area(1, 'a'), area(1, 'b'));
  for (const change of [
    `UPDATE releases SET edition = 2`,
    `UPDATE release_areas SET cells = '[1]'`,
    `DELETE FROM release_areas`,
    `DELETE FROM releases`,
    `TRUNCATE releases CASCADE`,
    `TRUNCATE release_areas`,
  ])
    await expect(run(change)).rejects.toThrow('what is released stays as it is');
  await expect(run(area(1, 'c'))).rejects.toThrow('areas come with their release');
  expect(await run('SELECT area FROM release_areas ORDER BY area')).toEqual([{ area: 'a' }, { area: 'b' }]);
});

test('of a month there is one, and a second edition would be another', async () => {
  await expect(run(release(2))).rejects.toThrow(/releases_(published|tried)/);
  await expect(run(release(2, { version: 8 }))).rejects.toThrow('releases_published');
  await run(release(3, { edition: 2 }));
});

test('what the auditor refused is no release: it has no areas, and the month can still be published', async () => {
  await run(release(4, { month: '2024-02-01', published: false }));
  await expect(run(area(4, 'a'))).rejects.toThrow('areas come with their release');
  await expect(run(release(5, { month: '2024-02-01', published: false }))).rejects.toThrow('releases_tried');
  await expect(run(release(5, { month: '2024-02-03', version: 9 }))).rejects.toThrow('check');
  await run(release(5, { month: '2024-02-01', version: 8 }));
});

test('leavers are told of a release once, and a refusal is no answer', async () => {
  const leavers = (no: number, version: number, shares: string) =>
    `INSERT INTO release_leavers VALUES ('${idOf(no)}', ${version}, '2025-01-01T00:00:00Z', '2025-01-02T00:00:00Z', 1,
      decode(repeat('01', 32), 'hex'), '{}', ${shares})`;
  await run(leavers(1, 7, 'NULL'));
  await expect(run(leavers(1, 7, `'[]'`))).rejects.toThrow('release_leavers_pkey');
  await run(leavers(1, 8, `'[]'`));
  await expect(run(leavers(1, 9, `'[]'`))).rejects.toThrow('release_leavers_told');
  await expect(run(leavers(9, 7, `'[]'`))).rejects.toThrow('foreign key');
  for (const change of [`UPDATE release_leavers SET shares = '[1]'`, 'DELETE FROM release_leavers'])
    await expect(run(change)).rejects.toThrow('what is released stays as it is');
});

test('the queue asks through the same session, several statements at once too', async () => {
  const { executeSql } = jobDatabase(store.dataSource);
  await executeSql('CREATE SCHEMA jobs; CREATE TABLE jobs.job (id uuid, name text, state text)');
  await executeSql('INSERT INTO jobs.job VALUES ($1, $2, $3), ($4, $2, $5)', [
    idOf(1),
    'q',
    'active',
    idOf(2),
    'done',
  ]);
  expect(await activeJobs(store.dataSource, 'q')).toEqual([idOf(1)]);
  expect((await executeSql('UPDATE jobs.job SET state = $1 RETURNING id', ['x'])).rows).toHaveLength(2);
});
