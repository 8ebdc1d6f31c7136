/** Reports together and those to come: as one archive, as a feed by token, on their set day; and one that cannot be made, told with its reason and tried again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import type {
  CalendarAnswer,
  MadeToken,
  Problem,
  PublicationAnswer,
  PublicationsAnswer,
  ReleaseAnswer,
  ReportWorkAnswer,
} from '@beltline/contract';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { unzipSync } from 'fflate';
import { DataSource } from 'typeorm';
import { startPostgresServer } from '../fixtures/api/postgres-server.ts';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import { addUser, type Cookie, LATEST, seedRegions, startReleasing, untilMade } from './releases-kit.ts';

let server: Awaited<ReturnType<typeof startPostgresServer>>;
let api: RunningApi;
let store: DataSource;
let as: Record<'zhejiang' | 'strategist', Cookie>;
const FULL = 'could not extend file: no space left on device';
beforeAll(async () => {
  server = await startPostgresServer();
  api = await startReleasing(undefined, {
    ...{ BELTLINE_REPORTS: 'release', BELTLINE_REPORT_MONTHS: '1', DATABASE_URL: server.url },
    ...{ BELTLINE_REPORT_AREAS: 'nation,province', BELTLINE_REPORT_DAY: '5' },
  });
  store = await new DataSource({
    ...{ type: 'postgres', url: server.url, poolSize: 1, installExtensions: false },
  }).initialize();
  await store.query(
    `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${FULL}'; END $$`,
  );
  await store.query(
    `CREATE TRIGGER full_disk BEFORE INSERT ON publications FOR EACH ROW WHEN (NEW.region = '广东省') EXECUTE FUNCTION full_disk()`,
  );
  await seedRegions(api, 'regions', 1);
  as = {
    zhejiang: await addUser(api, 'zhejiang', 'official', ['33']),
    strategist: await addUser(api, 'strategist', 'strategist'),
  };
  api.startReleases();
  await untilMade(api, as.strategist, 3);
  await until(async () => (await list(as.strategist)).length >= 6);
}, 900_000);
afterAll(async () => {
  await api?.close();
  await store?.destroy();
  await server?.close();
});

async function until(is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await is()); tries++) {
    if (tries > 600) throw new Error(JSON.stringify(await work()));
    await sleep(200);
  }
}
const list = async (who: Cookie) => (await api.get<PublicationsAnswer>('/reports', who)).body.publications;
const work = async () => (await api.get<ReportWorkAnswer>('/reports/jobs', as.strategist)).body;
const raw = async (path: string, headers: Record<string, string>) => {
  const response = await fetch(`${api.url}${path}`, { headers });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
};

test('a report that cannot be made is told with its reason, and made when it is tried again', async () => {
  await until(async () => (await work()).troubled.length > 0);
  const [before] = (await work()).troubled;
  expect(before).toMatchObject({ state: 'again', month: LATEST, region: { kind: 'province', id: '广东省' } });
  expect(before?.reason).toContain(FULL);
  // While it is tried by itself, nobody needs to ask for it.
  const retry = (id: string, who = as.strategist) =>
    api.send<Problem>('POST', `/reports/jobs/${id}/retry`, undefined, who);
  expect((await retry(before?.id ?? '')).status).toBe(404);
  // As after the last of its tries.
  await store.query(
    `UPDATE jobs.job SET state = 'failed', completed_on = now() WHERE data->>'kind' = 'report' AND state = 'retry'`,
  );
  const failed = (await work()).troubled.find(({ state }) => state === 'failed');
  expect(failed?.reason).toContain(FULL);
  expect((await api.get('/reports/jobs', as.zhejiang)).status).toBe(403);
  expect((await retry(failed?.id ?? '', as.zhejiang)).status).toBe(403);
  expect((await retry('00000000-0000-4000-8000-000000000000')).status).toBe(404);
  await store.query('DROP TRIGGER full_disk ON publications');
  for (const one of (await work()).troubled)
    if (one.state === 'failed') expect((await retry(one.id)).status).toBe(204);
  await until(async () => (await list(as.strategist)).some(({ region }) => region.id === '广东省'));
  await until(async () => (await work()).troubled.length === 0);
  const numbers = (await list(as.strategist)).map(({ number }) => Number(number?.slice(-4)));
  expect(numbers).toEqual(numbers.map((_, at) => numbers.length - at));
});

test('several reports are one archive, of files as they were released', async () => {
  const reports = (await list(as.zhejiang)).slice(0, 3);
  const numbers = reports.map(({ number }) => number).join(',');
  const asked = `/reports/archive?numbers=${numbers}&languages=zh,en&formats=pdf,csv,json`;
  const { status, type, bytes } = await raw(asked, as.zhejiang);
  expect([status, type]).toEqual([200, 'application/zip']);
  expect((await raw(asked, as.strategist)).bytes.equals(bytes)).toBe(true);
  const files = unzipSync(bytes);
  expect(Object.keys(files)).toHaveLength(3 * 5);
  for (const { number } of reports) {
    const { body } = await api.get<PublicationAnswer>(`/reports/${number}`, as.zhejiang);
    for (const { language, format, sha256 } of body.files) {
      const name = format === 'json' ? `${number}.json` : `${number}-${language}.${format}`;
      if (['pdf', 'csv', 'json'].includes(format))
        expect(
          createHash('sha256')
            .update(files[name] ?? '')
            .digest('hex'),
        ).toBe(sha256);
    }
  }
  // One of them is another's: nothing at all.
  const foreign = (await list(as.strategist)).find(({ region }) => region.id === '福建省')?.number;
  const refused = async (number?: string | null) =>
    (
      await api.get<Problem>(
        `/reports/archive?numbers=${numbers},${number}&languages=zh&formats=pdf`,
        as.zhejiang,
      )
    ).status;
  expect([await refused(foreign), await refused('BL-2001-0001')]).toEqual([404, 404]);
  expect((await api.get('/reports/archive?numbers=&languages=zh&formats=pdf', as.zhejiang)).status).toBe(400);
  const many = Array.from({ length: 51 }, (_, at) => `BL-2026-${String(at + 1).padStart(4, '0')}`).join(',');
  expect(
    (await api.get(`/reports/archive?numbers=${many}&languages=zh&formats=pdf`, as.zhejiang)).status,
  ).toBe(400);
});

test('a program reads the feed of its owner by a token, and of nobody else', async () => {
  const made = await api.send<{ secret: string }>(
    'POST',
    '/tokens',
    { name: 'feed', permissions: ['read-releases'], days: 7 },
    as.zhejiang,
  );
  expect(made.status).toBe(201);
  const feed = await raw('/reports/feed?language=en', { authorization: `Bearer ${made.body.secret}` });
  expect([feed.status, feed.type]).toEqual([200, 'application/atom+xml; charset=utf-8']);
  const written = feed.bytes.toString('utf8');
  expect(XMLValidator.validate(written)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => name === 'entry',
  });
  const { entry } = (
    parser.parse(written) as {
      feed: { entry: { id: string; title: string; link: { rel: string; href: string }[] }[] };
    }
  ).feed;
  const own = (await list(as.zhejiang)).filter(({ number }) => number !== null);
  expect(entry.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => `urn:uuid:${id}`).sort());
  expect(written).not.toMatch(/Guangdong|Fujian|广东|福建/);
  // Addresses lead where the file is.
  const pdf = entry[0]?.link.find(({ rel }) => rel === 'enclosure')?.href ?? '';
  const response = await fetch(pdf, { headers: { authorization: `Bearer ${made.body.secret}` } });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  await response.arrayBuffer();
  expect((await raw('/reports/feed', {})).status).toBe(401);
  // A source that is not theirs is one that there is not, as in the calendar.
  expect((await raw('/reports/feed?source=other', as.zhejiang)).status).toBe(400);
  expect((await raw('/reports/feed?source=regions', as.zhejiang)).status).toBe(200);
});

test('a program that knows a name and a password alone subscribes to feed and calendar by a token, and asks nothing else by it', async () => {
  const made = await api.send<MadeToken>(
    'POST',
    '/tokens',
    { name: 'calendar', permissions: ['read-releases'], days: 7 },
    as.zhejiang,
  );
  const basic = (password: string, name = 'anybody') => ({
    authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
  });
  const mine = basic(made.body.secret);
  const calendar = await raw('/reports/calendar.ics?language=en', mine);
  expect([calendar.status, calendar.type]).toEqual([200, 'text/calendar; charset=utf-8']);
  const written = calendar.bytes.toString('utf8');
  expect(written.match(/DTSTART;VALUE=DATE:\d+/g)).toEqual([
    'DTSTART;VALUE=DATE:20240505',
    'DTSTART;VALUE=DATE:20240605',
    'DTSTART;VALUE=DATE:20240705',
  ]);
  const feed = (await raw('/reports/feed', mine)).bytes.toString('utf8');
  expect(feed).toContain('浙江省');
  expect(feed).not.toMatch(/广东|福建/);
  // Nothing else by a password, and nothing by one that is none.
  expect((await raw('/reports', mine)).status).toBe(401);
  for (const none of [
    basic('belt_none'),
    basic(''),
    { authorization: 'Basic' },
    { authorization: 'Basic ÿ' },
  ])
    expect((await raw('/reports/calendar.ics', none)).status).toBe(401);
  // A program is told to ask its owner; a page of a browser whose session is over is not.
  const asks = async (headers: Record<string, string>) => {
    const response = await fetch(`${api.url}/reports/calendar.ics`, { headers });
    await response.arrayBuffer();
    return [response.status, response.headers.get('www-authenticate')];
  };
  expect(await asks({})).toEqual([401, 'Basic realm="Beltline", charset="UTF-8"']);
  expect(await asks({ 'sec-fetch-site': 'same-origin' })).toEqual([401, null]);
  expect((await api.send('DELETE', `/tokens/${made.body.token.id}`, undefined, as.zhejiang)).status).toBe(
    204,
  );
  expect((await raw('/reports/calendar.ics', mine)).status).toBe(401);
});

test('what is to come is told with its day, for sources that one sees', async () => {
  const { coming } = (await api.get<CalendarAnswer>('/reports/calendar', as.zhejiang)).body;
  expect(coming.map(({ source, month, day, isLetOut }) => [source, month, day, isLetOut])).toEqual([
    ['regions', '2024-04', '2024-05-05', false],
    ['regions', '2024-05', '2024-06-05', false],
    ['regions', '2024-06', '2024-07-05', false],
  ]);
  expect((await api.get('/reports/calendar?source=other', as.zhejiang)).status).toBe(400);
});

test('belts in trouble are those whose rate is told and below zero, the largest fall first', async () => {
  let told = 0;
  for (const who of [as.zhejiang, as.strategist]) {
    const { belts, troubled } = (await api.get<ReleaseAnswer>(`/releases/${LATEST}`, who)).body;
    const rateOf = (id: string) => belts.find(({ area }) => area.id === id)?.cells[0]?.growth;
    const rates = troubled.map((id) => rateOf(id)?.value ?? NaN);
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    const falling = belts.filter(({ cells }) => {
      const { value = null, flag } = cells[0]?.growth ?? {};
      return flag === 'final' && value !== null && value < 0;
    });
    expect(new Set(troubled)).toEqual(new Set(falling.map(({ area }) => area.id)));
    told += troubled.length;
  }
  expect(told).toBeGreaterThan(0);
});
