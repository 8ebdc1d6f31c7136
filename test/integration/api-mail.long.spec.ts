/** Mail over a real mail server: what is attached, what is tried again, what is given up, and whom nothing is sent to. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MailAnswer, MailTroublesAnswer, Problem } from '@beltline/contract';
import { DataSource } from 'typeorm';
import { startPostgresServer } from '../fixtures/api/postgres-server.ts';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { headOf, readMail, SmtpProcess } from '../fixtures/mail/smtp.ts';
import { addSubscriber, mailEnvironment, releaseReport, SECRETS_KEY } from '../fixtures/mail/subscribed.ts';

const PASSWORD = 'brisk-otter-lamp-71';
let smtp: SmtpProcess;
let server: Awaited<ReturnType<typeof startPostgresServer>>;
let api: RunningApi;
let store: DataSource;
beforeAll(async () => {
  smtp = await SmtpProcess.start();
  server = await startPostgresServer();
  api = await startApi({
    signsIn: false,
    environment: { ...mailEnvironment(smtp.url), DATABASE_URL: server.url },
  });
  store = await new DataSource({
    ...{ type: 'postgres', url: server.url, poolSize: 1, installExtensions: false },
  }).initialize();
  api.startReleases();
}, 120_000);
afterAll(async () => {
  await store?.destroy();
  await api?.close();
  await server?.close();
  await smtp?.end();
});
afterEach(() => smtp.tell({ rules: [], holdMs: 0 }));

const deliveryOf = async (userId: string, item: string) =>
  (
    (await store.query(
      `SELECT state, reason, answer, tries, topic FROM mail_deliveries WHERE user_id = $1 AND item = $2`,
      [userId, item],
    )) as { state: string; reason: string | null; answer: string | null; tries: number }[]
  )[0];
async function until<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (let tries = 0; ; tries++) {
    const found = await look();
    if (found) return found;
    if (tries > 400) throw new Error('it did not come to be');
    await sleep(100);
  }
}
const ended = (userId: string, item: string) =>
  until(async () => {
    const found = await deliveryOf(userId, item);
    return found && found.state !== 'waiting' ? found : null;
  });
let people = 0;
async function signedIn(role: 'official' | 'merchant' | 'administrator' | 'engineer', regions: string[] = []) {
  const name = `${role} ${people++}`;
  const id = await api.addUser({ name, password: PASSWORD, roles: [role], sources: ['s'], regions });
  return { id, name, cookie: await signIn(new URL(api.url).origin, { name, password: PASSWORD }) };
}

test('what is attached is what was published, byte for byte, once to each subscriber', async () => {
  const attached = await addSubscriber(store, { address: 'attached@z.example' });
  const linked = await addSubscriber(store, { address: 'linked@z.example', delivery: 'linked', language: 'en' });
  const report = await releaseReport(store);
  const [mail] = await smtp.until(1, attached.address);
  const read = await readMail(mail);
  expect(read.subject).toBe(`浙江省产业带月报　2024年3月 · ${report.number}`);
  expect(read.from).toMatchObject({ name: '产业带', address: 'reports@belts.example' });
  expect(mail?.from).toBe('reports@belts.example');
  const files = read.attachments.map(({ filename, mimeType, content }) => ({
    ...{ filename, mimeType, bytes: Buffer.from(content as ArrayBuffer) },
  }));
  expect(files.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
    [`${report.number}-zh.pdf`, 'application/pdf'],
    [`${report.number}-zh.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ]);
  expect(files[0]?.bytes.equals(report.pdf)).toBe(true);
  expect(files[1]?.bytes.equals(report.xlsx)).toBe(true);
  const other = await readMail((await smtp.until(1, linked.address))[0]);
  expect(other.attachments).toEqual([]);
  for (const said of [other.text, other.html])
    expect(said).toContain(`http://belts.example/api/v1/reports/${report.number}/files/en.pdf`);
  // Nothing is fetched when it is opened.
  for (const { html } of [read, other]) expect(html).not.toMatch(/<(img|script|link|iframe|object)|url\(|@import/i);
  await ended(attached.id, report.id);
  await sleep(6_000); // it is looked once more
  expect([smtp.to(attached.address).length, smtp.to(linked.address).length]).toEqual([1, 1]);
  const revision = await releaseReport(store, { revises: report.id });
  const again = await readMail((await smtp.until(2, attached.address))[1]);
  expect(again.subject).toContain(revision.number);
  expect(again.text).toContain(report.number);
  expect(await ended(attached.id, revision.id)).toMatchObject({ state: 'sent', reason: null, tries: 1 });
  const told = await store.query(`SELECT detail FROM audit WHERE event = 'mailed' AND subject = $1`, [attached.id]);
  expect(told).toEqual([
    { detail: `report: ${report.number}, attached, zh` },
    { detail: `report: ${revision.number}, attached, zh` },
  ]);
}, 120_000);

test('who is put off is tried again, and who is refused is not', async () => {
  const late = await addSubscriber(store, { address: 'late@z.example', region: '晚' });
  const gone = await addSubscriber(store, { address: 'gone@z.example', region: '晚' });
  const full = await addSubscriber(store, { address: 'full@z.example', region: '晚' });
  await smtp.tell({
    rules: [
      { at: 'rcpt', address: late.address, code: 450, text: 'greylisted, come later', times: 1 },
      { at: 'data', address: late.address, code: 451, text: 'once more', times: 1 },
      { at: 'rcpt', address: gone.address, code: 550, text: `no such user: <${gone.address}>` },
      { at: 'data', address: full.address, code: 552, text: 'too large' },
    ],
  });
  const report = await releaseReport(store, { region: '晚' });
  expect(await ended(late.id, report.id)).toMatchObject({ state: 'sent', tries: 3 });
  expect(smtp.to(late.address)).toHaveLength(1);
  const refused = await ended(gone.id, report.id);
  expect(refused).toMatchObject({ state: 'failed', reason: 'refused', tries: 1 });
  expect(refused.answer).toContain('550');
  // Whoever reads of it later need not learn the address.
  expect(refused.answer).not.toContain(gone.address);
  expect(await ended(full.id, report.id)).toMatchObject({ state: 'failed', reason: 'refused' });
  const bounces = await store.query(
    `SELECT address, bounces FROM mail_addresses WHERE user_id = ANY($1) ORDER BY address`,
    [[late.id, gone.id, full.id]],
  );
  expect(bounces).toEqual([
    { address: full.address, bounces: 0 },
    { address: gone.address, bounces: 1 },
    { address: late.address, bounces: 0 },
  ]);
  const administrator = await signedIn('administrator');
  const engineer = await signedIn('engineer');
  for (const who of [administrator, engineer]) {
    const { body } = await api.get<MailTroublesAnswer>('/mail/troubles', { cookie: who.cookie });
    expect(body.troubles).toContainEqual(
      expect.objectContaining({
        ...{ reason: 'refused', number: report.number },
        user: { id: gone.id, name: `of ${gone.address}` },
      }),
    );
  }
  const official = await signedIn('official', ['33']);
  expect((await api.get('/mail/troubles', { cookie: official.cookie })).status).toBe(403);
}, 120_000);

test('an address that refuses three mails in a row is sent nothing more', async () => {
  const dead = await addSubscriber(store, { address: 'dead@z.example', region: '死' });
  await smtp.tell({ rules: [{ at: 'rcpt', address: dead.address, code: 550, text: 'unknown' }] });
  for (const month of ['2023-01', '2023-02', '2023-03']) {
    const { id } = await releaseReport(store, { region: '死', month });
    expect(await ended(dead.id, id)).toMatchObject({ state: 'failed' });
  }
  await smtp.tell({ rules: [] });
  const [address] = await store.query(
    `SELECT bounces, stopped_at IS NOT NULL AS stopped FROM mail_addresses WHERE user_id = $1`,
    [dead.id],
  );
  expect(address).toEqual({ bounces: 3, stopped: true });
  await releaseReport(store, { region: '死', month: '2023-04' });
  await sleep(6_000);
  expect(smtp.to(dead.address)).toEqual([]);
}, 120_000);

test('whether somebody may read it is asked when it is sent, and not when it came out', async () => {
  const moved = await addSubscriber(store, { address: 'moved@z.example', region: '搬' });
  const locked = await addSubscriber(store, { address: 'locked@z.example', region: '搬' });
  const left = await addSubscriber(store, { address: 'left@z.example', region: '搬' });
  const stays = await addSubscriber(store, { address: 'stays@z.example', region: '搬' });
  // Nobody is reached while rights change.
  await smtp.tell({ rules: [{ at: 'rcpt', address: '*', code: 450, text: 'later', times: 4 }] });
  const report = await releaseReport(store, { region: '搬' });
  for (const { id } of [moved, locked, left, stays])
    await until(async () => (await deliveryOf(id, report.id))?.reason === 'put-off');
  await store.query(`UPDATE user_grants SET value = '44' WHERE kind = 'region' AND user_id = $1`, [moved.id]);
  await store.query(`UPDATE users SET disabled_at = now() WHERE id = $1`, [locked.id]);
  await store.query(`DELETE FROM mail_subscriptions WHERE user_id = $1`, [left.id]);
  expect(await ended(moved.id, report.id)).toMatchObject({ state: 'dropped', reason: 'not-allowed' });
  expect(await ended(locked.id, report.id)).toMatchObject({ state: 'dropped', reason: 'not-allowed' });
  expect(await ended(left.id, report.id)).toMatchObject({ state: 'dropped', reason: 'ended' });
  expect(await ended(stays.id, report.id)).toMatchObject({ state: 'sent' });
  for (const { address } of [moved, locked, left]) expect(smtp.to(address)).toEqual([]);
}, 120_000);

test('what came out before somebody subscribed, or long ago, or is not released, is not sent', async () => {
  const old = await addSubscriber(store, { address: 'old@z.example', region: '旧' });
  await store.query(`UPDATE mail_subscriptions SET created_at = now() - interval '1 year' WHERE user_id = $1`, [
    old.id,
  ]);
  await releaseReport(store, { region: '旧', daysAgo: 4 });
  const late = await addSubscriber(store, { address: 'since@z.example', region: '先' });
  await releaseReport(store, { region: '先', daysAgo: 1 });
  // A draft has no number.
  await store.query(
    `INSERT INTO publications (id, source, month, kind, region, about, data_set, digest, revises, revised, prepared_at)
     SELECT gen_random_uuid(), source, '2022-01-01', kind, region, about, data_set, digest, null, revised, now()
     FROM publications WHERE region = '旧'`,
  );
  await sleep(6_000);
  const planned = await store.query(`SELECT item FROM mail_deliveries WHERE user_id = ANY($1)`, [[old.id, late.id]]);
  expect(planned).toEqual([]);
}, 60_000);

test('a server that is away costs no mail a try, and all is sent when it is back', async () => {
  const people = await Promise.all(
    ['a', 'b', 'c'].map((name) => addSubscriber(store, { address: `${name}@away.example`, region: '远' })),
  );
  await smtp.tell({ stop: true });
  const report = await releaseReport(store, { region: '远' });
  const [first] = people;
  await until(async () =>
    (
      await Promise.all(people.map(({ id }) => deliveryOf(id, report.id)))
    ).some((found) => found?.reason === 'unreachable'),
  );
  await sleep(3_000);
  await smtp.tell({ start: true });
  for (const { id } of people)
    expect(await ended(id, report.id)).toMatchObject({ state: 'sent', tries: 1, reason: null });
  for (const { address } of people) expect(smtp.to(address)).toHaveLength(1);
  expect(first).toBeDefined();
}, 120_000);

test('a sender that is refused is our matter, and no bounce of whoever was to get it', async () => {
  const one = await addSubscriber(store, { address: 'fine@z.example', region: '我' });
  await smtp.tell({ rules: [{ at: 'from', address: '*', code: 550, text: 'sender refused', times: 1 }] });
  const report = await releaseReport(store, { region: '我' });
  expect(await ended(one.id, report.id)).toMatchObject({ state: 'sent' });
  expect(await store.query(`SELECT bounces FROM mail_addresses WHERE user_id = $1`, [one.id])).toEqual([
    { bounces: 0 },
  ]);
}, 60_000);

test('names make no field of a mail, and no markup', async () => {
  const one = await addSubscriber(store, { address: 'names@z.example', region: '名', language: 'en' });
  const evil = 'Belt\r\nBcc: thief@evil.example\r\n\r\n<img src=x onerror=alert(1)> "\u2028';
  await releaseReport(store, { region: '名', kind: 'province', name: { zh: evil, en: evil } });
  const [mail] = await smtp.until(1, one.address);
  expect(mail?.to).toEqual([one.address]);
  const names = headOf(mail).map(([name]) => name);
  expect(names).not.toContain('bcc');
  expect(new Set(names).size).toBe(names.length);
  const read = await readMail(mail);
  expect(read.subject).toMatch(/^Monthly report of the belts of Belt Bcc: thief@evil\.example <img src=x/);
  expect(read.html).not.toContain('<img');
  expect(read.html).toContain('&lt;img');
  expect(smtp.to('thief@evil.example')).toEqual([]);
}, 60_000);

test('one request of a mail program ends a subscription, again does nothing more, and a forged one nothing', async () => {
  const one = await addSubscriber(store, { address: 'click@z.example', region: '点' });
  const other = await addSubscriber(store, { address: 'other@z.example', region: '点' });
  await releaseReport(store, { region: '点', month: '2023-05' });
  const head = new Map(headOf((await smtp.until(1, one.address))[0]));
  expect(head.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  const link = /^<(http:\/\/belts\.example(\/api\/v1\/mail\/unsubscribe\?token=[\w.-]+))>$/.exec(
    head.get('list-unsubscribe') ?? '',
  );
  const path = link?.[2] ?? '';
  const post = (to: string, headers: Record<string, string> = {}, body = 'List-Unsubscribe=One-Click') =>
    fetch(new URL(to, api.url), {
      ...{ method: 'POST', body },
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  const count = async () =>
    ((await store.query(`SELECT user_id FROM mail_subscriptions WHERE region = '点'`)) as object[]).length;
  // Whatever looks at links of mails ends nothing.
  const looked = await fetch(new URL(path, api.url), { redirect: 'manual' });
  expect([looked.status, looked.headers.get('location')]).toEqual([
    303,
    `/mail/unsubscribe#${new URL(link?.[1] ?? '').searchParams.get('token')}`,
  ]);
  expect(await count()).toBe(2);
  // One that somebody made, or that is another's.
  const token = path.slice(path.indexOf('=') + 1);
  const [id = '', mac = ''] = token.split('.');
  const [{ id: foreign }] = (await store.query(`SELECT id FROM mail_subscriptions WHERE user_id = $1`, [
    other.id,
  ])) as [{ id: string }];
  for (const forged of [
    `${foreign}.${mac}`,
    `${id}.${mac.slice(0, -2)}AA`,
    `${id}.`,
    id,
    `${id}.${mac}.`,
    `${id}.${mac}=`,
    'x',
  ]) {
    const { status } = await post(`/api/v1/mail/unsubscribe?token=${encodeURIComponent(forged)}`);
    expect([forged, status]).toEqual([forged, 404]);
  }
  expect(await count()).toBe(2);
  expect((await post(path)).status).toBe(204);
  expect(await count()).toBe(1);
  expect((await post(path)).status).toBe(204);
  const multipart = 'multipart/form-data; boundary=x';
  const form = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  expect((await post(path, { 'content-type': multipart }, form)).status).toBe(204);
  expect(await count()).toBe(1);
  // Forms go nowhere else.
  const elsewhere = await post('/api/v1/session', {}, 'name=a');
  expect(elsewhere.status).toBe(415);
  await releaseReport(store, { region: '点', month: '2023-06' });
  await smtp.until(2, other.address);
  expect(smtp.to(one.address)).toHaveLength(1);
}, 60_000);

test('nothing but the question goes to an address before it is confirmed, by its own link alone', async () => {
  const { id, cookie } = await signedIn('official', ['33']);
  const put = (address: string) =>
    api.send<MailAnswer & Problem>('PUT', '/mail/address', { address, language: 'en' }, { cookie });
  expect((await put('no address')).status).toBe(400);
  expect((await put('a@z.example\r\nBcc: b@z.example')).status).toBe(400);
  expect((await put('new@z.example')).body).toMatchObject({
    isSetUp: true,
    address: { address: 'new@z.example', isConfirmed: false, stoppedAt: null },
  });
  const tokenOf = (text = '') => /\/mail\/confirm#([\w.-]+)/.exec(text)?.[1] ?? '';
  const first = tokenOf((await readMail((await smtp.until(1, 'new@z.example'))[0])).text);
  await store.query(
    `INSERT INTO mail_subscriptions (id, user_id, topic, source, kind, region, name, language, delivery, created_at)
     VALUES (gen_random_uuid(), $1, 'report', 's', 'province', '确', '{"zh":"","en":""}', 'zh', 'linked', now())`,
    [id],
  );
  await releaseReport(store, { region: '确' });
  await sleep(6_000);
  expect(smtp.to('new@z.example')).toHaveLength(1);
  // Another address: the link of the first says nothing of it.
  await put('newer@z.example');
  const second = tokenOf((await readMail((await smtp.until(1, 'newer@z.example'))[0])).text);
  const confirm = (token: string) => api.send('POST', '/mail/confirm', { token });
  for (const wrong of [first, `${id}.${second.split('.')[1]?.slice(1)}`, second.replace(/^./, '0'), 'x'])
    expect([wrong, (await confirm(wrong)).status]).toEqual([wrong, 404]);
  expect([(await confirm(second)).status, (await confirm(second)).status]).toEqual([204, 204]);
  // What came out meanwhile is theirs.
  await smtp.until(2, 'newer@z.example');
  expect(smtp.to('new@z.example')).toHaveLength(1);
  for (let times = 0; times < 3; times++) expect((await put(`t${times}@z.example`)).status).toBe(200);
  const refused = await put('once@z.example');
  expect([refused.status, refused.body.code]).toEqual([429, 'too-many-attempts']);
  const removed = await api.send('DELETE', '/mail/address', undefined, { cookie });
  expect(removed.status).toBe(204);
  const after = (await api.get<MailAnswer>('/mail', { cookie })).body;
  expect([after.address, after.subscriptions]).toEqual([null, []]);
}, 60_000);

test('neither the password nor an address is in a job, and a token sets no address', async () => {
  const jobs = (await store.query(`SELECT data::text AS data, output::text AS output FROM jobs.job`)) as object[];
  expect(jobs.length).toBeGreaterThan(5);
  expect(JSON.stringify(jobs)).not.toMatch(/@|smtp|password/);
  expect(JSON.stringify(jobs)).not.toContain(SECRETS_KEY);
  const { cookie } = await signedIn('official', ['33']);
  const made = await api.send<Problem>(
    'POST',
    '/tokens',
    { name: 't', permissions: ['own-mail'], days: 1 },
    { cookie },
  );
  expect(made.status).toBe(400);
});
