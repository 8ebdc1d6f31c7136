/** What was begun while the machine's clock was ahead, once it was put right: on a real embedded PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AttemptEntity,
  bringForward,
  openPostgres,
  SecondFactorEntity,
  UserEntity,
} from '@beltline/sql/postgres';
import { TOTP } from 'otpauth';
import type { ApiConfig } from '../platform/config/config.ts';
import { startQueue } from '../platform/jobs.ts';
import { AccessCount } from './access-count.ts';
import { AuditService } from './audit.service.ts';
import { HalfSignIns } from './half-sign-ins.service.ts';
import { LinksService } from './links.service.ts';
import { makeLinks } from './new-links.ts';
import { newSecret } from './one-time-codes.ts';
import { SecondFactors } from './second-factors.service.ts';
import type { SecretKeys } from './secret-keys.ts';
import { SharedLimit } from './shared-limit.ts';
import { SignInLimits } from './sign-in-limits.ts';
import type { SignInFrom } from './sign-in.service.ts';
import { TokensService } from './tokens.service.ts';
import { NOBODY } from './viewer.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline ahead '));
const YEAR_MS = 365 * 24 * 3_600_000;
const NOW = new Date();
const after = (ms: number) => new Date(NOW.getTime() + ms);
let store: Awaited<ReturnType<typeof openPostgres>>;
beforeAll(async () => {
  store = await openPostgres({ dataDir: folder });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function user(): Promise<UserEntity> {
  const users = store.dataSource.getRepository(UserEntity);
  const id = randomUUID();
  await users.insert({ id, name: `user ${id}`, passwordHash: 'kept', createdAt: NOW });
  return users.findOneOrFail({ where: { id }, relations: { grants: true } });
}

test('a token of such a clock lets nobody in, and one of a clock that is a minute off does', async () => {
  const { dataSource } = store;
  const { id } = await user();
  const audit = new AuditService(dataSource);
  const tokens = new TokensService(dataSource, audit, new AccessCount(dataSource, {} as ApiConfig));
  const wanted = { name: 'night', permissions: [], days: 1 };
  const made = async (at: Date) => (await tokens.make(NOBODY, id, wanted, { actor: id }, at)).secret;
  expect(await tokens.find(await made(after(YEAR_MS)), NOW)).toBeNull();
  expect((await tokens.find(await made(after(60_000)), NOW))?.user?.id).toBe(id);
});

test('a link to a password of such a clock is none', async () => {
  const { dataSource } = store;
  const limits = { assertMayTry: async () => undefined, succeeded: async () => undefined } as never;
  const entered: string[] = [];
  const door = { enter: async ({ id }: UserEntity) => entered.push(id) } as never;
  const users = { setPassword: async () => 'set' } as never;
  const sessions = { endAll: async () => undefined } as never;
  const links = new LinksService(dataSource, users, sessions, limits, door, new AuditService(dataSource));
  const from = { address: '127.0.0.1', requestId: 'r', agent: 'a', before: null } satisfies SignInFrom;
  const tried = async (madeAt: Date) => {
    const { id } = await user();
    const [link] = await makeLinks(dataSource.manager, [id], madeAt);
    const use = { token: link?.token ?? '', password: 'correct horse battery staple' };
    return links.use(use, from, () => undefined);
  };
  await expect(tried(after(YEAR_MS))).rejects.toThrow('was used, is over, or there is none');
  expect(entered).toEqual([]);
  await tried(after(60_000));
  expect(entered).toHaveLength(1);
});

test('who was half signed in by such a clock begins again, and nothing of them is left', async () => {
  const { dataSource } = store;
  const halves = new HalfSignIns(dataSource);
  const factor = { id: randomUUID(), userId: (await user()).id } as SecondFactorEntity;
  const ahead = await halves.begin(factor, after(YEAR_MS));
  expect(await halves.find(ahead, NOW)).toBeNull();
  const soon = await halves.begin(factor, after(60_000));
  expect(await halves.find(soon, NOW)).not.toBeNull();
  expect(await dataSource.query('SELECT id_hash FROM half_sign_ins')).toHaveLength(1);
});

/** Keys that encrypt nothing. */
const plain = {
  isNoneThere: false,
  seal: async (secret: string) => secret,
  open: async (secret: string) => ({ secret, isStale: false }),
} as unknown as SecretKeys;

test('a second factor that such a clock began is not confirmed', async () => {
  const factors = new SecondFactors(store.dataSource, plain, {} as ApiConfig);
  const of = await user();
  await factors.begin(of, after(YEAR_MS));
  expect(await factors.begun(of.id, NOW)).toBeNull();
  await factors.begin(of, after(60_000));
  expect(await factors.begun(of.id, NOW)).not.toBeNull();
});

test('codes are taken by the right clock after one was by such a clock, each once', async () => {
  const factors = new SecondFactors(store.dataSource, plain, {} as ApiConfig);
  const { id: userId } = await user();
  const secret = newSecret();
  const row = { sealed: secret, begunAt: NOW, confirmedAt: NOW, lastStep: 0, failures: 0 };
  await store.dataSource.getRepository(SecondFactorEntity).insert({ id: randomUUID(), userId, ...row });
  const show = async (at: Date) => {
    const factor = await factors.of(userId);
    if (factor === null) throw new Error('there is none');
    const code = new TOTP({ secret, digits: 6, period: 30 }).generate({ timestamp: at.getTime() });
    const shown = await factors.check(factor, code, at);
    return shown !== null && factors.take(factor, shown, async () => true);
  };
  expect(await show(after(YEAR_MS))).toBe(true);
  expect(await show(NOW)).toBe(true);
  expect(await show(NOW)).toBe(false);
  // A clock that is put back a minute is not ahead, and takes none of the codes that it took.
  expect(await show(after(90_000))).toBe(true);
  expect(await show(after(60_000))).toBe(false);
});

test('who had to wait a minute by such a clock does not wait as long as it was ahead', async () => {
  const { dataSource } = store;
  const limits = new SignInLimits(dataSource, new AuditService(dataSource));
  const attempt = { name: 'Ada', address: '192.0.2.1' };
  const tried = async () => {
    let seconds = 0;
    await limits.assertMayTry(attempt, 'r', (wait) => (seconds = wait)).catch(() => undefined);
    return seconds;
  };
  for (let count = 0; count < 5; count++) expect(await tried()).toBe(0);
  expect(await tried()).toBeGreaterThan(0);
  const ahead = { expire: () => `expire + ${YEAR_MS}` };
  await dataSource.createQueryBuilder().update(AttemptEntity).set(ahead).execute();
  expect(await tried()).toBe(0);
  for (let count = 1; count < 5; count++) expect(await tried()).toBe(0);
  const again = await tried();
  expect([again > 0, again <= 60]).toEqual([true, true]);
});

test('nor is a caller who asked too much by such a clock shut out by another process', async () => {
  const { dataSource } = store;
  const process = () => new SharedLimit({ name: 'ahead', most: 20, seconds: 60, store: dataSource });
  const one = process();
  for (let asked = 0; asked < 30; asked++) await one.take('caller');
  const key = `starts_with(key, 'ahead-')`;
  const points = async () =>
    dataSource.query(`SELECT points FROM attempts WHERE ${key}`) as Promise<{ points: number }[]>;
  await expect.poll(async () => (await points())[0]?.points).toBe(20);
  await dataSource.query(`UPDATE attempts SET expire = expire + ${YEAR_MS} WHERE ${key}`);
  const other = process();
  expect(await other.take('caller')).toBe(0);
  await expect.poll(async () => (await points())[0]?.points).toBe(1);
  expect(await other.take('caller')).toBe(0);
});

test('jobs that such a clock put down are begun', async () => {
  const { dataSource } = store;
  const failures: Error[] = [];
  const boss = await startQueue(dataSource, 'mail', (error) => failures.push(error));
  const [ahead, soon] = [randomUUID(), randomUUID()];
  await boss.send('mail', {}, { id: ahead, startAfter: after(YEAR_MS) });
  await boss.send('mail', {}, { id: soon, startAfter: after(24 * 3_600_000) });
  expect(await boss.fetch('mail')).toEqual([]);
  await bringForward(dataSource, 'mail');
  expect((await boss.fetch('mail')).map(({ id }) => id)).toEqual([ahead]);
  await boss.stop({ graceful: false, close: false });
  expect(failures).toEqual([]);
});
