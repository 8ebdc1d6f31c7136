/** A PostgreSQL server with two accounts: the program does all it does as the one that owns nothing, and cannot touch what the audit tells. */
import type { Annotation, AuditAnswer, MadeToken, UsersAnswer } from '@beltline/contract';
import { JOB_SCHEMA, jobDatabase, openPostgres } from '@beltline/sql/postgres';
import PgBoss from 'pg-boss';
import { DataSource } from 'typeorm';
import { tmpdir } from 'node:os';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';
import { server, as, prepare } from './api-server-account-kit.ts';

const PASSWORD = 'brisk-otter-lamp-71';

test('before the tables are made the program says who makes them, and by what', async () => {
  const store = await openPostgres({ databaseUrl: server.urlOf('program'), dataDir: tmpdir() });
  try {
    expect(store.waiting()?.message).toMatch(
      /does not let its account make the tables, which their owner does .*store prepare/,
    );
  } finally {
    await store.close();
  }
});

test('the command makes the tables and gives the account its rights, also a second time', async () => {
  for (let turn = 0; turn < 2; turn++) {
    const { code, said } = await prepare();
    expect([code, said]).toEqual([0, expect.stringMatching(/^\d+ tables .* program may work with them\n$/)]);
  }
  const without = await as(
    'postgres',
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND NOT has_table_privilege('program', format('%I.%I', schemaname, tablename)::regclass, 'SELECT')`,
  );
  expect(without).toEqual([]);
});

test('as it the program does all that it does', async () => {
  const api: RunningApi = await startApi({
    signsIn: false,
    environment: { DATABASE_URL: server.urlOf('program'), BELTLINE_SECRETS_KEY: 'ab'.repeat(32) },
  });
  try {
    await seedVersion(api.loader, GOLDEN);
    await api.addUser({ name: 'Ada', password: PASSWORD, roles: ['administrator'] });
    await api.addUser({ name: 'Wei', password: PASSWORD, roles: ['strategist'], sources: ['*'] });
    const by = async (name: string) => ({
      cookie: await signIn(new URL(api.url).origin, { name, password: PASSWORD }),
    });
    const [ada, wei] = [await by('Ada'), await by('Wei')];
    const done: [string, number][] = [];
    const send = async <T>(method: string, path: string, body?: object, headers = ada) => {
      const answer = await api.send<T>(method, path, body, headers);
      done.push([`${method} ${path.replace(/[\da-f]{8}-[\da-f-]{27}/, '{id}')}`, answer.status]);
      return answer.body;
    };
    const wrong = { name: 'Ada', password: 'not-the-password' };
    await send('POST', '/session', wrong, { cookie: '' });
    const token = await send<MadeToken>(
      'POST',
      '/tokens',
      { name: 't', permissions: ['read-catalogue'], days: 1 },
      wei,
    );
    await send('DELETE', `/tokens/${token.token.id}`, undefined, wei);
    const { users } = await send<UsersAnswer>('GET', '/users');
    const id = users.find(({ name }) => name === 'Wei')?.id ?? '';
    const given = { roles: ['strategist'], sources: ['golden'], regions: [], owners: [], isDisabled: false };
    await send('PUT', `/users/${id}`, given, { ...ada, 'if-match': '*' } as typeof ada);
    await send('POST', `/users/${id}/link`);
    await send('POST', '/users', { ...given, isDisabled: undefined, name: 'Lan' });
    await send('PUT', '/session/password', { present: PASSWORD, password: 'quiet-heron-shed-42' });
    const again = {
      cookie: await signIn(new URL(api.url).origin, { name: 'Ada', password: 'quiet-heron-shed-42' }),
    };
    const begun = await send('POST', '/session/second-factor', { password: 'quiet-heron-shed-42' }, again);
    expect(begun).toBeDefined();
    const note = {
      ...{ source: 'golden', beltId: null, kind: 'policy', text: 'a fair' },
      ...{ day: '2024-02-29', lastDay: null },
    };
    const written = await send<Annotation>('POST', '/annotations', note, await by('Wei'));
    expect(written).toBeDefined();
    await send('DELETE', '/session', undefined, again);
    const audit = await api.get<AuditAnswer>('/audit', {
      cookie: await signIn(new URL(api.url).origin, { name: 'Ada', password: 'quiet-heron-shed-42' }),
    });
    expect(audit.body.records.length).toBeGreaterThan(8);
    expect(done.filter(([, status]) => status >= 500)).toEqual([]);
    expect(done.filter(([, status]) => status >= 400)).toEqual([['POST /session', 401]]);
  } finally {
    await api.close();
  }
});

test.each([
  `UPDATE audit SET actor = 'x'`,
  'DELETE FROM audit',
  'TRUNCATE audit',
  'ALTER TABLE audit DISABLE TRIGGER ALL',
  'DROP TRIGGER audit_append_only ON audit',
  'CREATE TRIGGER mine BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()',
  'DROP FUNCTION audit_is_append_only() CASCADE',
  `CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
  'CREATE RULE none AS ON INSERT TO audit DO INSTEAD NOTHING',
  'DROP TABLE audit',
  'ALTER TABLE audit OWNER TO program',
  'GRANT ALL ON audit TO program',
  `SET session_replication_role = 'replica'`,
  'DELETE FROM schema_migrations',
  'DROP TABLE users',
  'DELETE FROM releases',
  'UPDATE release_areas SET cells = NULL',
  `UPDATE publications SET data_set = ''`,
  'DELETE FROM publication_numbers',
  'DELETE FROM publication_withdrawals',
  'DROP VIEW publication_states',
  'DROP SCHEMA jobs CASCADE',
  'ALTER TABLE users DISABLE TRIGGER ALL',
])('as it nobody can %s', async (statement) => {
  const before = await as('postgres', 'SELECT count(*) AS n, max(actor) AS actor FROM audit');
  // GRANT of what one does not have is a warning and no error.
  await as('program', statement).catch((error: { code?: string }) => expect(error.code).toBe('42501'));
  expect(await as('postgres', 'SELECT count(*) AS n, max(actor) AS actor FROM audit')).toEqual(before);
  await expect(as('program', `UPDATE audit SET actor = 'x'`)).rejects.toMatchObject({ code: '42501' });
  expect(await as('postgres', `SELECT count(*) AS n FROM pg_trigger WHERE tgenabled = 'D'`)).toEqual([
    { n: '0' },
  ]);
});

test('as it jobs are sent, taken and done by the queue that the owner has made', async () => {
  const store = await new DataSource({
    type: 'postgres',
    url: server.urlOf('program'),
    poolSize: 2,
    installExtensions: false,
  }).initialize();
  const boss = new PgBoss({ db: jobDatabase(store), schema: JOB_SCHEMA, schedule: false });
  const faults: unknown[] = [];
  boss.on('error', (error) => faults.push(error));
  try {
    await boss.start();
    await boss.createQueue('releases', { name: 'releases', policy: 'singleton' });
    const id = await boss.send('releases', { month: '2024-05' });
    const [job] = await boss.fetch('releases');
    expect(job).toMatchObject({ id, data: { month: '2024-05' } });
    await boss.complete('releases', id ?? '');
    expect((await boss.getJobById('releases', id ?? ''))?.state).toBe('completed');
    await boss.maintain();
    expect(faults).toEqual([]);
  } finally {
    await boss.stop({ graceful: false, close: false });
    await store.destroy();
  }
});

test('as it a report is prepared, held, numbered and read, and its number is the next one', async () => {
  const id = '00000000-0000-4000-8000-000000000001';
  await as(
    'program',
    'BEGIN',
    'SELECT pg_advisory_xact_lock(1764000114)',
    `INSERT INTO publications (id, source, month, kind, region, about, data_set, digest, revised, prepared_at)
     VALUES ('${id}', 's', '2024-03-01', 'province', 'r', '{}', '{}', sha256('{}'), '[]', now())`,
    'COMMIT',
  );
  const other = id.replace(/1$/, '2');
  await as(
    'program',
    `INSERT INTO publications (id, source, month, kind, region, about, data_set, digest, revised, prepared_at)
     VALUES ('${other}', 's', '2024-03-01', 'belt', 'b', '{}', '{}', sha256('{}'), '[]', now())`,
    `INSERT INTO publication_withdrawals VALUES ('${other}', now())`,
  );
  const numbered = (no: number) => [
    'BEGIN',
    `INSERT INTO publication_numbers VALUES ('${id}', 2026, ${no}, now())`,
    `INSERT INTO publication_files VALUES ('${id}', 'zh', 'pdf', 'x', sha256('x'))`,
    'COMMIT',
  ];
  await expect(as('program', ...numbered(2))).rejects.toMatchObject({ code: 'BL001' });
  await as('program', ...numbered(1));
  expect(await as('program', 'SELECT state, no FROM publication_states')).toEqual([
    { state: 'released', no: 1 },
  ]);
});
