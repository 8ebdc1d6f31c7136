/** Whatever changes what somebody may changes the number, once a transaction, and nothing else does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessChanges, openPostgres, type PostgresStore } from '@beltline/sql/postgres';

const folder = mkdtempSync(join(tmpdir(), 'beltline changes '));
let store: PostgresStore;
beforeAll(async () => {
  store = await openPostgres({ dataDir: folder });
  for (const id of [1, 2])
    await run(`INSERT INTO users (id, name, created_at) VALUES ('${user(id)}', 'u${id}', now())`);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (sql: string) => store.dataSource.query(sql);
const user = (no: number) => `00000000-0000-4000-8000-00000000000${no}`;
const bytes = (no: number) => `decode(repeat('0${no}', 32), 'hex')`;
const raisedBy = async (change: () => Promise<unknown>): Promise<bigint> => {
  const before = BigInt(await accessChanges(store.dataSource));
  await change();
  return BigInt(await accessChanges(store.dataSource)) - before;
};

test.each([
  [
    'a role is given',
    `INSERT INTO user_grants VALUES ('${user(1)}', 'role', 'official'), ('${user(1)}', 'region', '33')`,
    1n,
  ],
  ['a region is changed', `UPDATE user_grants SET value = '44' WHERE kind = 'region'`, 1n],
  ['a role is taken', `DELETE FROM user_grants WHERE kind = 'role'`, 1n],
  ['nothing is taken', `DELETE FROM user_grants WHERE kind = 'owner'`, 0n],
  ['a password is set', `UPDATE users SET password_hash = 'x' WHERE name = 'u1'`, 1n],
  ['somebody is disabled', `UPDATE users SET disabled_at = now() WHERE name = 'u1'`, 1n],
  ['a session begins', `INSERT INTO sessions VALUES (${bytes(1)}, '${user(1)}', now(), now(), '', '')`, 0n],
  ['a session is used', `UPDATE sessions SET last_used_at = now()`, 0n],
  ['a session ends', `DELETE FROM sessions`, 1n],
  [
    'a token is made',
    `INSERT INTO api_tokens (id, user_id, name, digest, permissions, created_at, ends_at)
       VALUES ('${user(9)}', '${user(2)}', 't', ${bytes(2)}, '{}', now(), now())`,
    0n,
  ],
  ['a token is used', `UPDATE api_tokens SET last_used_at = now()`, 0n],
  ['a token ends sooner', `UPDATE api_tokens SET ends_at = created_at`, 1n],
  ['a user is removed, with all that hangs on them', `DELETE FROM users WHERE name = 'u2'`, 1n],
  ['a table is emptied', `TRUNCATE sessions`, 1n],
] as const)('%s', async (_, sql, raised) => {
  expect(await raisedBy(() => run(sql))).toBe(raised);
});

test('a transaction counts once, when it is committed, and not where it is not', async () => {
  const grant = (value: string) => `INSERT INTO user_grants VALUES ('${user(1)}', 'owner', '${value}')`;
  expect(
    await raisedBy(() =>
      store.dataSource.transaction(async (manager) => {
        await manager.query(grant('a:1'));
        await manager.query(grant('a:2'));
        await manager.query(`DELETE FROM user_grants WHERE value = 'a:1'`);
      }),
    ),
  ).toBe(1n);
  expect(
    await raisedBy(() =>
      store.dataSource
        .transaction(async (manager) => {
          await manager.query(grant('a:3'));
          throw new Error('no');
        })
        .catch(() => undefined),
    ),
  ).toBe(0n);
  // Of two that follow each other in one connection, each counts.
  expect(await raisedBy(async () => [await run(grant('a:4')), await run(grant('a:5'))])).toBe(2n);
});
