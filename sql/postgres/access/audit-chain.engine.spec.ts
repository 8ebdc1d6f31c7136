/** The audit on the real embedded PostgreSQL: what is written stays, and whoever lifts the lock is found out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  appendAudit,
  type AuditRecord,
  openPostgres,
  type PostgresStore,
  verifyAudit,
} from '@beltline/sql/postgres';

const folder = mkdtempSync(join(tmpdir(), 'beltline audit '));
let store: PostgresStore;
beforeAll(async () => {
  store = await openPostgres({ dataDir: folder });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const event = (subject: string): AuditRecord => ({
  at: new Date('2026-01-31T08:00:00.123Z'),
  event: 'signed-in',
  actor: null,
  subject,
  address: '127.0.0.1',
  requestId: null,
  detail: 'with "quotes" and 汉字',
});
const run = (sql: string) => store.dataSource.query(sql);
/** As somebody who owns the table can. */
const unlocked = async (sql: string) => {
  await run('ALTER TABLE audit DISABLE TRIGGER audit_append_only');
  await run(sql);
  await run('ALTER TABLE audit ENABLE TRIGGER audit_append_only');
};

test('an empty chain is whole', async () => {
  expect(await verifyAudit(store.dataSource)).toEqual({ records: 0, head: null, broken: null });
});

test('records of several writers at once make one chain', async () => {
  await Promise.all(
    ['a', 'b', 'c'].map((name) => appendAudit(store.dataSource, [event(name), event(`${name}2`)])),
  );
  const state = await verifyAudit(store.dataSource);
  expect([state.records, state.broken]).toEqual([6, null]);
  expect(state.head).toMatch(/^[0-9a-f]{64}$/);
});

test.each(["UPDATE audit SET actor = 'x'", 'DELETE FROM audit', 'TRUNCATE audit'])(
  '%s is refused',
  async (sql) => {
    await expect(run(sql)).rejects.toThrow('append-only');
    expect((await verifyAudit(store.dataSource)).records).toBe(6);
  },
);

test('who lifts the lock and changes, slips in or removes a record breaks the chain there', async () => {
  await unlocked("UPDATE audit SET subject = 'nobody' WHERE position = 3");
  const changed = await verifyAudit(store.dataSource);
  expect(changed.broken).toEqual({ position: '3', reason: 'it was changed after it was written' });
  await unlocked('DELETE FROM audit WHERE position = 3');
  const removed = await verifyAudit(store.dataSource);
  expect([removed.records, removed.broken]).toEqual([2, { position: '4', reason: 'record 3 is missing' }]);
  await unlocked('UPDATE audit SET position = position - 1 WHERE position > 3');
  expect((await verifyAudit(store.dataSource)).broken).toEqual({
    position: '3',
    reason: 'it does not follow the record before',
  });
});
