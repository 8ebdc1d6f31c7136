/** Mail that was asked for while the machine's clock was ahead, once it was put right: on a real embedded PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MailAddressEntity, openPostgres, planReports, UserEntity } from '@beltline/sql/postgres';
import type { SecretKeys } from '../access/secret-keys.ts';
import { confirmed } from './letters.service.ts';
import { MailLinks } from './mail-links.service.ts';
import { MailStore } from './mail-store.service.ts';
import { MailService } from './mail.service.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline mail ahead '));
const NOW = new Date();
const after = (ms: number) => new Date(NOW.getTime() + ms);
const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 24 * 60 * MINUTE_MS;
let store: Awaited<ReturnType<typeof openPostgres>>;
beforeAll(async () => {
  store = await openPostgres({ dataDir: folder });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (sql: string, values?: unknown[]): Promise<Record<string, unknown>[]> =>
  store.dataSource.query(sql, values);
async function user(): Promise<string> {
  const id = randomUUID();
  await store.dataSource
    .getRepository(UserEntity)
    .insert({ id, name: `user ${id}`, passwordHash: null, createdAt: NOW });
  return id;
}
const keys = { sign: () => 'signed', isSigned: () => true } as unknown as SecretKeys;
const nothing = {} as never;
const service = () => {
  const [mail, told] = [new MailStore(store.dataSource), { tellWithin: async () => undefined } as never];
  const [transport, queue] = [{ settings: {} } as never, { look: () => undefined } as never];
  return new MailService(mail, transport, new MailLinks(keys), queue, nothing, nothing, told);
};

test('an address that such a clock asked for is not confirmed by its link, which would be good for as long', async () => {
  const links = new MailLinks(keys);
  const confirm = async (askedAt: Date) => {
    const userId = await user();
    const of = { address: 'ada@example.org', language: 'en', askedAt, confirmedAt: null } as const;
    await store.dataSource
      .getRepository(MailAddressEntity)
      .insert({ ...of, userId, bounces: 0, stoppedAt: null });
    const token = links.token('confirm', userId, confirmed(of.address, askedAt));
    await service().confirmBy(token, {});
    return (await new MailStore(store.dataSource).address(userId))?.confirmedAt;
  };
  await expect(confirm(after(YEAR_MS))).rejects.toThrow('not one of ours');
  expect(await confirm(after(MINUTE_MS))).toBeInstanceOf(Date);
});

test('five addresses that such a clock asked for keep nobody from another one', async () => {
  const userId = await user();
  const enter = () =>
    service().setAddress(userId, { address: 'ada@example.org', language: 'en' }, { actor: userId });
  for (let asked = 0; asked < 5; asked++) await enter();
  await expect(enter()).rejects.toThrow('five times a day');
  await run(`UPDATE mail_deliveries SET planned_at = planned_at + interval '1 year'`);
  await enter();
});

test('who subscribed by such a clock gets the reports that come out', async () => {
  const [early, late, ahead] = [await user(), await user(), await user()];
  const begun = { [early]: after(-MINUTE_MS), [late]: after(MINUTE_MS), [ahead]: after(YEAR_MS) };
  for (const [id, at] of Object.entries(begun)) {
    await run(
      `INSERT INTO mail_addresses (user_id, address, language, asked_at, confirmed_at)
       VALUES ($1, 'ada@example.org', 'en', now(), now())`,
      [id],
    );
    await run(
      `INSERT INTO mail_subscriptions (id, user_id, topic, source, kind, region, language, delivery, created_at)
       VALUES (gen_random_uuid(), $1, 'report', 's', 'province', 'r', 'en', 'linked', $2)`,
      [id, at],
    );
  }
  const id = randomUUID();
  await run(
    `INSERT INTO publications (id, source, month, kind, region, about, data_set, digest, revised, prepared_at)
     VALUES ($1, 's', '2024-03-01', 'province', 'r', '{}', '{}', sha256('{}'), '[]', now())`,
    [id],
  );
  await run(
    `WITH number AS (INSERT INTO publication_numbers VALUES ($1, 2026, 1, $2) RETURNING 1)
     INSERT INTO publication_files SELECT $1, 'zh', 'pdf', 'x', sha256('x') FROM number`,
    [id, NOW],
  );
  await planReports(store.dataSource, NOW, after(-YEAR_MS));
  const planned = await run(`SELECT user_id FROM mail_deliveries WHERE topic = 'report'`);
  expect(planned.map(({ user_id: whose }) => whose).sort()).toEqual([early, ahead].sort());
});
