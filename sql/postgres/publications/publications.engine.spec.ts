/** What is published stays as it is, and its numbers have neither gap nor double, whoever asks the database otherwise. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOT_NEXT, openPostgres, OVERTAKEN, type PostgresStore } from '@beltline/sql/postgres';

const folder = mkdtempSync(join(tmpdir(), 'beltline publications '));
let store: PostgresStore;
beforeAll(async () => {
  store = await openPostgres({ dataDir: folder });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (sql: string): Promise<Record<string, unknown>[]> => store.dataSource.query(sql);
const idOf = (no: number) => `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`;
const prepared = (no: number, region = 'r', revises: number | null = null, kind = 'province') =>
  `INSERT INTO publications (id, source, month, kind, region, about, data_set, digest, revises, revised, prepared_at)
   VALUES ('${idOf(no)}', 's', '2024-03-01', '${kind}', '${region}', '{}', '{}', sha256('{}'), ${revises === null ? 'null' : `'${idOf(revises)}'`}, '[]', now())`;
const numbered = (no: number, number: number, year = 2026) =>
  `INSERT INTO publication_numbers VALUES ('${idOf(no)}', ${year}, ${number}, now())`;
const file = (no: number, bytes = 'x', digest = bytes) =>
  `INSERT INTO publication_files VALUES ('${idOf(no)}', 'zh', 'pdf', '${bytes}', sha256('${digest}'))`;
const together = (...statements: string[]) => run(['BEGIN', ...statements, 'COMMIT'].join(';'));
const states = async () =>
  (await run('SELECT id, state, no, later_no FROM publication_states ORDER BY id')).map(
    ({ id, state, no, later_no: later }) => [Number(String(id).slice(-4)), state, no, later],
  );
/** The SQLSTATE that something is refused with. */
const refusal = async (asked: Promise<unknown>): Promise<unknown> => {
  const error = await asked.then(
    () => null,
    (thrown: { driverError?: { code?: unknown } }) => thrown,
  );
  await run('ROLLBACK').catch(() => undefined);
  return error?.driverError?.code;
};

test('a number is the next of its year, and nothing else', async () => {
  for (const no of [1, 2, 3]) await run(prepared(no, `r${no}`));
  expect(await refusal(run(numbered(1, 2)))).toBe(NOT_NEXT);
  await together(numbered(1, 1), file(1));
  expect(await refusal(run(numbered(2, 1)))).toBe(NOT_NEXT);
  expect(await refusal(run(numbered(2, 3)))).toBe(NOT_NEXT);
  // What is undone leaves no gap.
  expect(await refusal(together(numbered(2, 2), file(2, 'x', 'y')))).toBe('23514');
  await together(numbered(3, 2), file(3));
  await together(numbered(2, 1, 2027), file(2));
  expect(await run('SELECT year, no FROM publication_numbers ORDER BY year, no')).toEqual([
    { year: 2026, no: 1 },
    { year: 2026, no: 2 },
    { year: 2027, no: 1 },
  ]);
});

test('a revision takes the place of what stands, and what another one overtook is not released', async () => {
  for (const [no, revises] of [
    [11, null],
    [12, null],
  ] as const)
    await run(prepared(no, 'revised', revises));
  // The later of two that are prepared is the one that can be released.
  expect(await refusal(run(numbered(11, 3)))).toBe(OVERTAKEN);
  await together(numbered(12, 3), file(12));
  await run(prepared(13, 'revised', null));
  expect(await refusal(run(numbered(13, 4)))).toBe(OVERTAKEN);
  await run(prepared(14, 'revised', 12));
  await together(numbered(14, 4), file(14));
  expect(await refusal(run(numbered(14, 5)))).toBe(OVERTAKEN);
  const found = (await states()).filter(([id]) => Number(id) > 10);
  expect(found).toEqual([
    [12, 'superseded', 3, 4],
    [14, 'released', 4, null],
  ]);
});

test('areas of one name and two kinds are two, and the nation alone has no name', async () => {
  await run(prepared(31, 'same'));
  await run(prepared(32, 'same', null, 'belt'));
  await together(numbered(31, 5), file(31));
  await together(numbered(32, 6), file(32));
  expect((await states()).filter(([id]) => Number(id) > 30)).toEqual([
    [31, 'released', 5, null],
    [32, 'released', 6, null],
  ]);
  await run(prepared(33, '', null, 'nation'));
  for (const wrong of [
    prepared(34, ''),
    prepared(34, 'x', null, 'nation'),
    prepared(34, 'x', null, 'county'),
  ])
    expect(await refusal(run(wrong))).toBe('23514');
});

test('what is withdrawn gets no number and is seen no more, and what has a number is not withdrawn', async () => {
  const withdrawn = (no: number) => `INSERT INTO publication_withdrawals VALUES ('${idOf(no)}', now())`;
  await run(prepared(41, 'back'));
  await run(prepared(42, 'back'));
  await run(withdrawn(42));
  // What was prepared before it does not come back in its place.
  expect((await states()).filter(([id]) => Number(id) > 40)).toEqual([]);
  expect(await refusal(run(numbered(42, 7)))).toBe(OVERTAKEN);
  expect(await refusal(run(numbered(41, 7)))).toBe(OVERTAKEN);
  expect(await refusal(run(withdrawn(42)))).toBe('23505');
  await run(prepared(43, 'back'));
  await together(numbered(43, 7), file(43));
  expect(await refusal(run(withdrawn(43)))).toBe(OVERTAKEN);
});

test('rows are neither changed nor removed, and files come with their number alone', async () => {
  for (const table of ['publications', 'publication_numbers', 'publication_files', 'publication_withdrawals'])
    for (const change of [
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
      `UPDATE ${table} SET ${table === 'publications' ? 'id = id' : 'publication_id = publication_id'}`,
    ])
      await expect(run(change)).rejects.toThrow('what is published stays as it is');
  await expect(run(file(1, 'y'))).rejects.toThrow('files come with their number');
  expect(await refusal(run(prepared(21).replace("sha256('{}')", "sha256('[]')")))).toBe('23514');
});
