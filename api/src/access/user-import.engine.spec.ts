/** Carrying out a file on a real embedded PostgreSQL that fails in the middle: nothing of it is left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AuditEntity,
  OneTimeLinkEntity,
  openPostgres,
  UserEntity,
  UserGrantEntity,
  verifyAudit,
} from '@beltline/sql/postgres';
import { AuditService } from './audit.service.ts';
import { carryOut, planOf } from './user-import.service.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline import '));
let store: Awaited<ReturnType<typeof openPostgres>>;
beforeAll(async () => {
  store = await openPostgres({ dataDir: folder });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const bytes = Buffer.from('name,roles\nLin,official\nMei,merchant\n');
const counts = () =>
  Promise.all(
    [UserEntity, UserGrantEntity, OneTimeLinkEntity, AuditEntity].map((entity) =>
      store.dataSource.getRepository<object>(entity).count(),
    ),
  );

test.each([
  ['users', "NEW.name = 'Mei'"],
  ['user_grants', "NEW.value = 'merchant'"],
  ['one_time_links', 'true'],
  ['audit', "NEW.event = 'link-made'"],
])('where %s cannot be written, nobody was added and nothing told', async (table, when) => {
  const { dataSource } = store;
  await dataSource.query(
    `CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$`,
  );
  await dataSource.query(
    `CREATE TRIGGER refuse BEFORE INSERT ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION refuse()`,
  );
  const { etag } = await planOf(dataSource.manager, bytes, null);
  const work = carryOut(dataSource, new AuditService(dataSource), { bytes, etag: etag ?? '', by: {} });
  await expect(work).rejects.toThrow('full');
  await dataSource.query(`DROP TRIGGER refuse ON ${table}`);
  expect(await counts()).toEqual([0, 0, 0, 0]);
});

test('the same plan is carried out once it can be, and told in one chain', async () => {
  const { dataSource } = store;
  const { etag } = await planOf(dataSource.manager, bytes, null);
  const audit = new AuditService(dataSource);
  const done = await carryOut(dataSource, audit, { bytes, etag: etag ?? '', by: {} });
  await audit.tell({ event: 'signed-in' });
  expect(done.added.map(({ name }) => name)).toEqual(['Lin', 'Mei']);
  expect(await counts()).toEqual([2, 2, 2, 6]);
  expect(await verifyAudit(dataSource)).toMatchObject({ records: 6, broken: null });
});
