/** Mail over a real mail server: what is attached, what is tried again, what is given up, and whom nothing is sent to. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MailTroublesAnswer } from '@beltline/contract';
import { readMail } from '../fixtures/mail/smtp.ts';
import { addSubscriber, releaseReport } from '../fixtures/mail/subscribed.ts';
import { LINES, seedPeers } from './benchmark-kit.ts';
import { deliveryOf as keptOf, endedOf, type Mailing, signedIn, startMailing, until } from './mail-kit.ts';

let mailing: Mailing;
let { smtp, api, store } = {} as Mailing;
beforeAll(async () => {
  mailing = await startMailing();
  ({ smtp, api, store } = mailing);
}, 120_000);
afterAll(() => mailing?.close());
afterEach(() => smtp.tell({ rules: [], holdMs: 0 }));
const ended = (userId: string, item: string) => endedOf(store, userId, item);
const deliveryOf = (userId: string, item: string) => keptOf(store, userId, item);

test('what is attached is what was published, byte for byte, once to each subscriber', async () => {
  const attached = await addSubscriber(store, { address: 'attached@z.example' });
  const linked = await addSubscriber(store, {
    address: 'linked@z.example',
    delivery: 'linked',
    language: 'en',
  });
  const report = await releaseReport(store);
  const [mail] = await smtp.until(1, attached.address);
  const read = await readMail(mail);
  expect(read.subject).toBe(`浙江省产业带月报\u30002024年3月 · ${report.number}`);
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
  for (const { html } of [read, other])
    expect(html).not.toMatch(/<(img|script|link|iframe|object)|url\(|@import/i);
  await ended(attached.id, report.id);
  await sleep(6_000); // it is looked once more
  expect([smtp.to(attached.address).length, smtp.to(linked.address).length]).toEqual([1, 1]);
  const revision = await releaseReport(store, { revises: report.id });
  const again = await readMail((await smtp.until(2, attached.address))[1]);
  expect(again.subject).toContain(revision.number);
  expect(again.text).toContain(report.number);
  expect(await ended(attached.id, revision.id)).toMatchObject({ state: 'sent', reason: null, tries: 1 });
  const told = await store.query(`SELECT detail FROM audit WHERE event = 'mailed' AND subject = $1`, [
    attached.id,
  ]);
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
  const administrator = await signedIn(api, 'administrator');
  const engineer = await signedIn(api, 'engineer');
  for (const who of [administrator, engineer]) {
    const { body } = await api.get<MailTroublesAnswer>('/mail/troubles', { cookie: who.cookie });
    expect(body.troubles).toContainEqual(
      expect.objectContaining({
        ...{ reason: 'refused', number: report.number },
        user: { id: gone.id, name: `of ${gone.address}` },
      }),
    );
  }
  const official = await signedIn(api, 'official', ['33']);
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
  await store.query(
    `UPDATE mail_subscriptions SET created_at = now() - interval '1 year' WHERE user_id = $1`,
    [old.id],
  );
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
  const planned = await store.query(`SELECT item FROM mail_deliveries WHERE user_id = ANY($1)`, [
    [old.id, late.id],
  ]);
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
    (await Promise.all(people.map(({ id }) => deliveryOf(id, report.id)))).some(
      (found) => found?.reason === 'unreachable',
    ),
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

test('of two processes each mail is sent by one', async () => {
  const addresses = Array.from({ length: 30 }, (_, at) => `p${at}@two.example`);
  const people = await Promise.all(
    addresses.map((address) => addSubscriber(store, { address, region: '双' })),
  );
  const other = await mailing.beside();
  try {
    await smtp.tell({ holdMs: 30 });
    const report = await releaseReport(store, { region: '双' });
    other.startReleases();
    for (const { id } of people)
      expect(await ended(id, report.id)).toMatchObject({ state: 'sent', tries: 1 });
    await sleep(6_000);
    for (const address of addresses) expect(smtp.to(address)).toHaveLength(1);
  } finally {
    await other.close();
  }
}, 120_000);

test('a merchant who might not read the page when the mail was to be sent gets it once they may, in the same month', async () => {
  await seedPeers(api, 'peers', 1, LINES);
  const subscriber = async (address: string) => {
    const { id } = await addSubscriber(store, { address, region: '无' });
    await store.query(
      `INSERT INTO user_grants (user_id, kind, value) VALUES ($1, 'source', 'peers'), ($1, 'owner', 'peers:sock-1/4')`,
      [id],
    );
    await store.query(
      `INSERT INTO mail_subscriptions (id, user_id, topic, source, kind, region, language, delivery, created_at)
       VALUES (gen_random_uuid(), $1, 'standing', '', '', '', 'zh', 'linked', now())`,
      [id],
    );
    return { id, address };
  };
  // Officials read no merchant's page.
  const [one, other] = [await subscriber('again@z.example'), await subscriber('never@z.example')];
  const month = 'peers 2024-03';
  for (const { id } of [one, other])
    expect(await ended(id, month)).toMatchObject({ state: 'dropped', reason: 'not-allowed' });
  await store.query(`UPDATE user_grants SET value = 'merchant' WHERE kind = 'role' AND user_id = $1`, [
    one.id,
  ]);
  // It is not tried again at once, for who may not would be asked about for ever.
  await sleep(11_000);
  expect(await deliveryOf(one.id, month)).toMatchObject({ state: 'dropped' });
  await store.query(`UPDATE mail_deliveries SET done_at = now() - interval '61 minutes' WHERE item = $1`, [
    month,
  ]);
  expect((await smtp.until(1, one.address)).length).toBe(1);
  expect(await ended(one.id, month)).toMatchObject({ state: 'sent' });
  await until(async () => (await deliveryOf(other.id, month))?.reason === 'not-allowed');
  expect(smtp.to(other.address)).toEqual([]);
  // What was sent is sent once, however long ago.
  await store.query(`UPDATE mail_deliveries SET done_at = now() - interval '61 minutes' WHERE item = $1`, [
    month,
  ]);
  await sleep(11_000);
  expect(smtp.to(one.address)).toHaveLength(1);
}, 120_000);
