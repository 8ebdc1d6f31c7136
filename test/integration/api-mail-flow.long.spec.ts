/** From a release and a merchant's quarter to the mailbox, as an official and a merchant go through it, and as it is where no mail server is set. */
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  MailAnswer,
  MailAreasAnswer,
  Problem,
  Publication,
  PublicationsAnswer,
} from '@beltline/contract';
import ICAL from 'ical.js';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { headOf, readMail, SmtpProcess } from '../fixtures/mail/smtp.ts';
import { mailEnvironment } from '../fixtures/mail/subscribed.ts';
import { addMerchant, LINES, OWNERS, seedPeers, toldOf } from './benchmark-kit.ts';
import { addUser, type Cookie, LATEST, seedRegions, untilMade } from './releases-kit.ts';

let smtp: SmtpProcess;
let api: RunningApi;
let as: Record<'zhejiang' | 'strategist' | 'merchant', Cookie>;
const MINE = ['sock-1/4', 'sock-1/5'];
beforeAll(async () => {
  smtp = await SmtpProcess.start();
  api = await startApi({
    signsIn: false,
    environment: {
      ...mailEnvironment(smtp.url),
      ...{
        BELTLINE_RELEASE_MONTHS: '1',
        BELTLINE_REPORTS: 'prepare',
        BELTLINE_REPORT_AREAS: 'nation,province',
      },
      ...{ BELTLINE_REPORT_DAY: '5', BELTLINE_MAIL_DOMAINS: 'z.example,y.example' },
    },
  });
  await seedRegions(api, 'regions', 1);
  await seedPeers(api, 'peers', 1, LINES);
  as = {
    zhejiang: await addUser(api, 'zhejiang', 'official', ['33']),
    strategist: await addUser(api, 'strategist', 'strategist'),
    merchant: await addMerchant(api, MINE),
  };
  api.startReleases();
  await untilMade(api, as.strategist, 1);
}, 300_000);
afterAll(async () => {
  await api?.close();
  await smtp?.end();
});

const own = async (who: Cookie): Promise<MailAnswer> => (await api.get<MailAnswer>('/mail', who)).body;
const subscribe = (who: Cookie, body: object) =>
  api.send<MailAnswer & Problem>('PUT', '/mail/subscriptions', body, who);
/** As somebody does who opens the mail. */
async function confirmed(who: Cookie, address: string): Promise<void> {
  expect((await api.send('PUT', '/mail/address', { address, language: 'zh' }, who)).status).toBe(200);
  const { text = '', html = '' } = await readMail((await smtp.until(1, address))[0]);
  const token = /mail\/confirm\?lang=[\w-]+#([\w.-]+)/.exec(text)?.[1] ?? '';
  expect(html).toContain(token);
  expect((await api.send('POST', '/mail/confirm', { token }, who)).status).toBe(204);
}
const report = (region: string, kind = 'province') => ({
  ...{ topic: 'report', source: 'regions', kind, region, language: 'zh', delivery: 'attached' },
});

test('an official is sent what is released, as it is published, and chooses among what is theirs', async () => {
  expect(
    await api.send('PUT', '/mail/address', { address: 'a@elsewhere.example', language: 'zh' }, as.zhejiang),
  ).toMatchObject({ status: 400, body: { issues: [{ field: 'address' }] } });
  await confirmed(as.zhejiang, 'li@z.example');
  const { areas } = (await api.get<MailAreasAnswer>('/mail/areas', as.zhejiang)).body;
  expect(areas.filter(({ source }) => source === 'regions').map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['nation', 'province', 'city', 'belt']),
  );
  expect(areas.filter(({ kind }) => kind === 'province').map(({ region }) => region)).toEqual(['浙江省']);
  for (const [body, status] of [
    [report('广东省'), 404],
    [report('没有'), 404],
    [{ ...report('浙江省'), source: 'peers' }, 404],
    [{ topic: 'standing', language: 'zh' }, 404],
    [{ ...report('浙江省'), language: 'fr' }, 400],
    [report('浙江省'), 200],
    [{ ...report('浙江省'), language: 'en' }, 200],
    [report('', 'nation'), 200],
  ] as const)
    expect([body, (await subscribe(as.zhejiang, body)).status]).toEqual([body, status]);
  const told = await own(as.zhejiang);
  expect(told.subscriptions.map(({ area, language }) => [area?.region, language])).toEqual([
    ['浙江省', 'en'],
    ['', 'zh'],
  ]);
  const { publications } = (await api.get<PublicationsAnswer>('/reports', as.strategist)).body;
  const draft = publications.find(
    ({ source, region, month }) => source === 'regions' && region.id === '浙江省' && month === LATEST,
  );
  if (!draft) throw new Error('nothing was prepared');
  expect(smtp.to('li@z.example')).toHaveLength(1);
  const released = await api.send<Publication>('POST', `/reports/${draft.id}/release`, undefined, {
    ...as.strategist,
    'if-match': draft.etag,
  });
  const { number } = released.body;
  const [, mail] = await smtp.until(2, 'li@z.example');
  const { attachments, subject } = await readMail(mail);
  expect(subject).toContain(String(number));
  for (const format of ['pdf', 'xlsx']) {
    const published = await fetch(`${api.url}/reports/${number}/files/en.${format}`, {
      headers: { ...as.zhejiang, 'accept-encoding': 'identity' },
    });
    const bytes = Buffer.from(await published.arrayBuffer());
    const attached = attachments.find(({ filename }) => filename === `${number}-en.${format}`);
    expect([format, Buffer.from(attached?.content as ArrayBuffer).equals(bytes)]).toEqual([format, true]);
  }
  const { deliveries } = await own(as.zhejiang);
  expect(deliveries.map(({ topic, state, number: no }) => [topic, state, no])).toEqual([
    ['report', 'sent', number],
    ['confirm', 'sent', null],
  ]);
  const [first] = told.subscriptions;
  const end = (who: Cookie) => api.send('DELETE', `/mail/subscriptions/${first?.id}`, undefined, who);
  expect([(await end(as.strategist)).status, (await end(as.zhejiang)).status]).toEqual([404, 204]);
  expect((await end(as.zhejiang)).status).toBe(404);
}, 240_000);

test('a merchant is sent their bands once a month, when they have switched it on, and no amount', async () => {
  await confirmed(as.merchant, 'chang@y.example');
  await sleep(6_000);
  expect(smtp.to('chang@y.example')).toHaveLength(1);
  expect((await subscribe(as.merchant, report('浙江省'))).status).toBe(404);
  expect((await subscribe(as.merchant, { topic: 'standing', language: 'zh' })).status).toBe(200);
  const [, mail] = await smtp.until(2, 'chang@y.example');
  const { text = '', html = '', subject } = await readMail(mail);
  expect(subject).toContain('2024年3月');
  for (const owner of MINE) {
    const answer = await toldOf(api, as.merchant, owner);
    const part = text
      .slice(text.indexOf(`法人主体 ${owner}`))
      .split('法人主体')
      .slice(0, 2)
      .join('');
    for (const { band, value, unit, quartiles } of answer.measures) {
      if (band) expect(part).toContain(`：${band.place}/${band.of}`);
      // Of what is counted or paid nothing is in it, nor of the group.
      for (const figure of [value, quartiles.lower, quartiles.median, quartiles.upper]) {
        if (figure.value === null || unit === 'ratio' || figure.value < 1_000) continue;
        const written = [
          String(figure.value),
          figure.value.toLocaleString('en'),
          Math.round(figure.value).toLocaleString('en'),
        ];
        for (const amount of written) for (const said of [text, html]) expect(said).not.toContain(amount);
      }
    }
  }
  // Nobody else's.
  for (const other of OWNERS.filter((owner) => !MINE.includes(owner)))
    expect(text.includes(`法人主体 ${other}\n`)).toBe(false);
  await sleep(6_000);
  expect(smtp.to('chang@y.example')).toHaveLength(2);
  // Off and on again in the same month is no second mail, and the link of the first still ends it.
  const id = (await own(as.merchant)).subscriptions[0]?.id;
  expect((await api.send('DELETE', `/mail/subscriptions/${id}`, undefined, as.merchant)).status).toBe(204);
  await subscribe(as.merchant, { topic: 'standing', language: 'en' });
  await sleep(6_000);
  expect(smtp.to('chang@y.example')).toHaveLength(2);
  const link = /\/api\/v1(\/mail\/unsubscribe\?token=[\w.-]+)/.exec(
    new Map(headOf(mail)).get('list-unsubscribe') ?? '',
  );
  expect((await api.send('POST', link?.[1] ?? '')).status).toBe(204);
  expect((await own(as.merchant)).subscriptions).toEqual([]);
}, 120_000);

test('the calendar is a file by the token of the feed', async () => {
  const made = await api.send<{ secret: string }>(
    'POST',
    '/tokens',
    { name: 'calendar', permissions: ['read-releases'], days: 7 },
    as.zhejiang,
  );
  const file = await fetch(`${api.url}/reports/calendar.ics?source=regions&language=en`, {
    headers: { authorization: `Bearer ${made.body.secret}` },
  });
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  const events = new ICAL.Component(ICAL.parse(await file.text()) as unknown[]).getAllSubcomponents('vevent');
  expect(events.map((event) => String(event.getFirstPropertyValue('dtstart')))).toEqual([
    '2024-05-05',
    '2024-06-05',
    '2024-07-05',
  ]);
  expect((await fetch(`${api.url}/reports/calendar.ics`)).status).toBe(401);
  expect((await api.get('/reports/calendar.ics', as.merchant)).status).toBe(403);
});

test('without a mail server nothing is kept to be sent, and that is said', async () => {
  const silent = await startApi({ signsIn: false }, api);
  try {
    const who = await addUser(silent, 'official', 'official', ['33']);
    silent.startReleases();
    expect((await silent.get<MailAnswer>('/mail', who)).body).toEqual({
      ...{ isSetUp: false, from: null, domains: null, address: null, subscriptions: [], deliveries: [] },
    });
    for (const [path, body] of [
      ['/mail/address', { address: 'a@z.example', language: 'zh' }],
      ['/mail/subscriptions', report('浙江省')],
    ] as const)
      expect([path, (await silent.send('PUT', path, body, who)).status]).toEqual([path, 404]);
    expect((await silent.get<MailAnswer>('/mail', who)).body.deliveries).toEqual([]);
  } finally {
    await silent.close();
  }
}, 60_000);
