/** The command line for users, on a real embedded PostgreSQL. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AttemptEntity,
  AuditEntity,
  openPostgres,
  type PostgresStore,
  RecoveryCodeEntity,
  SecondFactorEntity,
  UserEntity,
} from '@beltline/sql/postgres';
import type { DataSource } from 'typeorm';
import { runUsersCommand } from './users-command.ts';
import { keepLinks } from './users-import.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline users '));
/**
 * Kept open over the commands: an embedded PostgreSQL takes two seconds to start. Null: each opens and closes it by itself, as it
 * does on the command line.
 */
let kept: PostgresStore | null = null;
const keepOpen = async () => (kept ??= await openPostgres({ dataDir: folder }));
async function letGo(): Promise<void> {
  const store = kept;
  kept = null;
  await store?.close();
}
const openKept = async () => ({ ...(await keepOpen()), close: async () => undefined });

afterAll(async () => {
  await letGo();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: string[]) {
  let [said, complained] = ['', ''];
  const code = await runUsersCommand(
    args,
    { BELTLINE_DATA: folder, DATABASE_URL: undefined },
    { print: (text) => void (said += text), complain: (text) => void (complained += text) },
    ...(kept ? [openKept] : []),
  );
  return { code, said, complained };
}

test.each(['', '  ', '\u200b', '\u3164', 'An\u202ena', 'demo-official', 'x'.repeat(65)])(
  'takes no name that the page would not take: %j',
  async (name) => {
    const refused = await run('users', 'add', name, '--role', 'strategist');
    expect(refused).toMatchObject({ code: 2, said: '' });
    expect(refused.complained).toMatch(/The name of a user must/);
    expect((await run('users', 'list')).said).toBe('');
  },
);

test('adds, lists, disables and lets in again, and all of it is in the audit', async () => {
  const added = await run('users', 'add', 'Wei', '--role', 'strategist', 'engineer', '--source', 'demo');
  expect([added.code, added.complained]).toEqual([0, '']);
  expect(added.said).toMatch(/^Wei was added; password [\w-]{20}\n$/);
  const given = 'role:engineer\trole:strategist\tsource:demo\n';
  expect((await run('users', 'list')).said).toBe(`Wei\tenabled\t${given}`);
  await keepOpen();
  expect((await run('users', 'disable', 'wei')).code).toBe(0);
  expect((await run('users', 'list')).said).toBe(`Wei\tdisabled\t${given}`);
  const reset = await run('users', 'reset', 'Wei');
  expect(reset.said).toMatch(/password: [\w-]{20}\n$/);
  expect(reset.said.slice(-21)).not.toBe(added.said.slice(-21));
  expect((await run('users', 'list')).said).toBe(`Wei\tenabled\t${given}`);
  expect((await run('audit', 'verify')).said).toMatch(/^3 records, the newest digest is [0-9a-f]{64}\n$/);
});

test('says what it cannot do, and what there is not', async () => {
  const unknown = await run('users', 'disable', 'nobody');
  expect([unknown.code, unknown.complained]).toEqual([1, 'name: there is no such user\n']);
  const taken = await run('users', 'add', 'WEI', '--role', 'official');
  expect([taken.code, taken.complained]).toEqual([1, 'name: is taken\n']);
  const emperor = await run('users', 'add', 'x', '--role', 'emperor');
  expect([emperor.code, emperor.complained]).toEqual([2, expect.stringContaining('Allowed choices')]);
  expect((await run('user')).code).toBe(2);
  expect((await run('--help')).code).toBe(0);
});

test('a reset ends the delays after failures', async () => {
  const attempts = (await keepOpen()).dataSource.getRepository(AttemptEntity);
  await attempts.insert({ key: 'pair-60:x', points: 9, expire: '4102444800000' });
  expect((await run('users', 'reset', 'Wei')).code).toBe(0);
  expect(await attempts.count()).toBe(0);
});

test('a reset takes a second factor off with its recovery codes, which being disabled does not; the audit tells of it', async () => {
  const inStore = async <T>(work: (store: DataSource) => Promise<T>): Promise<T> =>
    work((await keepOpen()).dataSource);
  const left = () =>
    inStore(async (store) => [
      await store.getRepository(SecondFactorEntity).count(),
      await store.getRepository(RecoveryCodeEntity).count(),
    ]);
  await inStore(async (store) => {
    const { id: userId } = await store.getRepository(UserEntity).findOneByOrFail({ name: 'Wei' });
    const [begunAt, id] = [new Date(), '00000000-0000-4000-8000-000000000001'];
    const factor = { userId, id, sealed: 'x', begunAt, confirmedAt: begunAt, lastStep: 1, failures: 0 };
    await store.getRepository(SecondFactorEntity).insert(factor);
    await store.getRepository(RecoveryCodeEntity).insert({ userId, digest: Buffer.alloc(32) });
  });
  expect((await run('users', 'disable', 'Wei')).code).toBe(0);
  expect(await left()).toEqual([1, 1]);
  expect((await run('users', 'reset', 'Wei')).code).toBe(0);
  expect(await left()).toEqual([0, 0]);
  expect((await run('users', 'reset', 'Wei')).code).toBe(0);
  const events = await inStore((store) =>
    store.getRepository(AuditEntity).find({ order: { position: 'ASC' } }),
  );
  expect(events.map(({ event }) => event).slice(-4)).toEqual([
    'user-disabled',
    'password-reset',
    'second-factor-off',
    'password-reset',
  ]);
});

test('while the product has the store open it says to stop it', async () => {
  await letGo();
  const store = await openPostgres({ dataDir: folder });
  try {
    const { code, complained } = await run('users', 'list');
    expect([code, complained]).toEqual([1, expect.stringContaining('Stop it first')]);
  } finally {
    await store.close();
  }
  await keepOpen();
});

const file = join(folder, 'users.csv');
const links = join(folder, 'links');

test('a dry run says line by line what a file would do and what not, and does nothing', async () => {
  writeFileSync(file, 'action,name,roles\nadd,Lin,official\nadd,\u001b[2J,official\nchange,Wei,emperor\n');
  const refused = await run('users', 'import', file, '--dry-run');
  expect([refused.code, refused.said]).toEqual([1, '']);
  expect(refused.complained.split('\n')).toEqual([
    'line 3, name: “\uFFFD[2J” is no name: at most 64 characters, all of which can be seen',
    'line 4, roles: “emperor” is no role',
    'line 2: add Lin: roles official',
    'read as utf-8: 1 to add, 0 to change, 0 as they are, 2 refused; nothing can be done',
    '',
  ]);
  expect((await run('users', 'import', file)).code).toBe(1);
  expect((await run('users', 'list')).said).not.toContain('Lin');
  const away = await run('users', 'import', join(folder, 'none.csv'));
  expect([away.code, away.complained]).toEqual([1, expect.stringContaining('ENOENT')]);
});

test('the plan of a dry run is what is carried out, and its links are in a file that only this account can read', async () => {
  writeFileSync(file, '\uFEFF操作,用户名,角色,停用\n添加,林,地方官员,\n修改,wei,,是\n');
  const dry = await run('users', 'import', file, '--dry-run');
  expect([dry.code, dry.complained]).toEqual([0, '']);
  const plan = /plan (p[\w-]{43})\n$/.exec(dry.said)?.[1] ?? '';
  writeFileSync(file, '操作,用户名,角色,停用\n添加,林,管理员,\n');
  const other = await run('users', 'import', file, '--plan', plan, '--links', links);
  expect([other.code, other.complained]).toEqual([1, expect.stringContaining('not the plan of that name')]);
  expect([existsSync(links), (await run('users', 'list')).said]).toEqual([
    false,
    expect.not.stringContaining('林'),
  ]);
  writeFileSync(file, '\uFEFF操作,用户名,角色,停用\n添加,林,地方官员,\n修改,wei,,是\n');
  const done = await run('users', 'import', file, '--plan', plan, '--links', links);
  expect([done.code, done.complained]).toEqual([0, '']);
  expect(done.said).toContain('1 added, 1 changed\n');
  expect(done.said).not.toContain('welcome#');
  expect(statSync(links).mode & 0o777).toBe(0o600);
  expect(readFileSync(links, 'utf8')).toMatch(
    /^林\thttp:\/\/127\.0\.0\.1:4680\/welcome#[\w-]{43}\t\d{4}-\d\d-\d\dT[\d:.]+Z\n$/,
  );
  const listed = (await run('users', 'list')).said;
  expect([/^林\tenabled\trole:official$/m.test(listed), /^Wei\tdisabled\t/m.test(listed)]).toEqual([
    true,
    true,
  ]);
});

test('links never go over a file that is there, and without a file they are shown', async () => {
  writeFileSync(file, 'name,roles\nMei,merchant\n');
  const over = await run('users', 'import', file, '--links', links);
  expect([over.code, over.complained]).toEqual([1, expect.stringContaining('EEXIST')]);
  expect((await run('users', 'list')).said).not.toContain('Mei');
  const shown = await run('users', 'import', file);
  expect([shown.code, shown.said]).toEqual([0, expect.stringMatching(/^Mei\thttp:.*\/welcome#[\w-]{43}\t/m)]);
});

test('until users are added there is no file of links, so one that is killed leaves none; links that cannot be kept are shown', () => {
  const path = join(folder, 'links of who is killed');
  const added = [
    { id: 'u', name: 'Mei', link: { token: 't'.repeat(43), endsAt: '2025-01-01T00:00:00.000Z' } },
  ] as const;
  let said = '';
  const keeper = () => keepLinks(path, {}, (text) => void (said += text));
  const keep = keeper();
  expect(existsSync(path)).toBe(false);
  keep([...added]);
  expect([statSync(path).mode & 0o777, readFileSync(path, 'utf8')]).toEqual([
    0o600,
    expect.stringContaining('welcome#'),
  ]);
  rmSync(path);
  const late = keeper();
  writeFileSync(path, 'of somebody else');
  said = '';
  late([...added]);
  expect(readFileSync(path, 'utf8')).toBe('of somebody else');
  expect(said).toMatch(/could not be kept in .*EEXIST.*\nMei\thttp:.*\/welcome#t{43}\t/);
});

test('a file takes the last administrator who can sign in from nobody', async () => {
  await run('users', 'add', 'Ada', '--role', 'administrator');
  writeFileSync(file, 'action,name,disabled\nchange,Ada,yes\n');
  expect(await run('users', 'import', file)).toMatchObject({
    code: 1,
    complained: expect.stringContaining('line 2, roles: “Ada” would be no administrator any more'),
  });
});

test('all of it is in the audit, and a broken chain ends with 1', async () => {
  await letGo();
  expect((await run('audit', 'verify')).code).toBe(0);
  const { dataSource } = await keepOpen();
  await dataSource.query('ALTER TABLE audit DISABLE TRIGGER audit_append_only');
  await dataSource.query('DELETE FROM audit WHERE position = 2');
  await letGo();
  expect(await run('audit', 'verify')).toMatchObject({
    code: 1,
    said: expect.stringContaining('record 2 is missing'),
  });
});
