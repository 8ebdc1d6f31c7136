/** What links of mails do, and forged ones do not; whose address is asked; and what names in a mail cannot do. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MailAnswer, Problem } from '@beltline/contract';
import { headOf, readMail } from '../fixtures/mail/smtp.ts';
import { addSubscriber, releaseReport, SECRETS_KEY } from '../fixtures/mail/subscribed.ts';
import { type Mailing, signedIn, startMailing } from './mail-kit.ts';

let mailing: Mailing;
let { smtp, api, store } = {} as Mailing;
beforeAll(async () => {
  mailing = await startMailing();
  ({ smtp, api, store } = mailing);
}, 120_000);
afterAll(() => mailing?.close());
afterEach(() => smtp.tell({ rules: [], holdMs: 0 }));

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
  const { id, cookie } = await signedIn(api, 'official', ['33']);
  const put = (address: string) =>
    api.send<MailAnswer & Problem>('PUT', '/mail/address', { address, language: 'en' }, { cookie });
  expect((await put('no address')).status).toBe(400);
  expect((await put('a@z.example\r\nBcc: b@z.example')).status).toBe(400);
  expect((await put('new@z.example')).body).toMatchObject({
    isSetUp: true,
    address: { address: 'new@z.example', isConfirmed: false, stoppedAt: null },
  });
  const tokenOf = (text = '') => /\/mail\/confirm\?lang=[\w-]+#([\w.-]+)/.exec(text)?.[1] ?? '';
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
  // Who removes it has not entered it less often.
  expect((await put('anew@z.example')).status).toBe(429);
  expect(smtp.to('anew@z.example')).toEqual([]);
}, 60_000);

test('of addresses that are entered at once no more are asked than one after the other', async () => {
  const { cookie } = await signedIn(api, 'official', ['33']);
  const put = (address: string) =>
    api.send('PUT', '/mail/address', { address, language: 'en' }, { cookie }).then(({ status }) => status);
  const all = await Promise.all(Array.from({ length: 12 }, (_, at) => put(`at-once-${at}@z.example`)));
  expect([...all].sort()).toEqual([...Array(5).fill(200), ...Array(7).fill(429)]);
}, 60_000);

test('neither the password nor an address is in a job, and a token sets no address', async () => {
  const jobs = (await store.query(
    `SELECT data::text AS data, output::text AS output FROM jobs.job`,
  )) as object[];
  expect(jobs.length).toBeGreaterThan(5);
  expect(JSON.stringify(jobs)).not.toMatch(/@|smtp|password/);
  expect(JSON.stringify(jobs)).not.toContain(SECRETS_KEY);
  const { cookie } = await signedIn(api, 'official', ['33']);
  const made = await api.send<Problem>(
    'POST',
    '/tokens',
    { name: 't', permissions: ['own-mail'], days: 1 },
    { cookie },
  );
  expect(made.status).toBe(400);
});
