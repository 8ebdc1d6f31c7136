/**
 * Reports that are published: by themselves as months are released, by hand in two steps, under numbers without a gap, as the same bytes for ever
 * and in formats that say the same.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BriefFigure,
  type Problem,
  type Publication,
  type PublicationAnswer,
  type PublicationsAnswer,
  type ReleasedArea,
  TRACKS,
  type VerifyAnswer,
} from '@beltline/contract';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import { readCsv, readPage, readPdf, type ReadRow, readSheets } from '../fixtures/published/read-back.ts';
import { addUser, type Cookie, LATEST, seedRegions, startReleasing, untilMade } from './releases-kit.ts';

const FORMATS = ['pdf', 'xlsx', 'csv', 'html', 'json'] as const;
const LANGUAGES = ['zh', 'en'] as const;
let api: RunningApi;
let as: Record<'zhejiang' | 'guangdong' | 'hangzhou' | 'strategist' | 'merchant', Cookie>;
beforeAll(async () => {
  api = await startReleasing(undefined, {
    ...{ BELTLINE_REPORTS: 'release', BELTLINE_REPORT_MONTHS: '2', BELTLINE_REPORT_AREAS: 'province' },
  });
  await seedRegions(api, 'regions', 1);
  as = {
    zhejiang: await addUser(api, 'zhejiang', 'official', ['33']),
    guangdong: await addUser(api, 'guangdong', 'official', ['44']),
    hangzhou: await addUser(api, 'hangzhou', 'official', ['330110']),
    strategist: await addUser(api, 'strategist', 'strategist'),
    merchant: await addUser(api, 'merchant', 'merchant'),
  };
  api.startReleases();
  await untilMade(api, as.strategist, 3);
  const numbered = async () =>
    (await list(as.strategist)).publications.filter(({ number }) => number !== null).length;
  for (let tries = 0; (await numbered()) < 9; tries++) {
    if (tries > 600) throw new Error(JSON.stringify(await list(as.strategist)));
    await sleep(200);
  }
}, 900_000);
afterAll(() => api?.close());

const list = async (who: Cookie, query = ''): Promise<PublicationsAnswer> =>
  (await api.get<PublicationsAnswer>(`/reports${query}`, who)).body;
const one = async (who: Cookie, number: string): Promise<PublicationAnswer> => {
  const { status, body } = await api.get<PublicationAnswer>(`/reports/${number}`, who);
  expect(status).toBe(200);
  return body;
};
const prepare = (body: object, who: Cookie = as.strategist) =>
  api.send<Publication & Problem>('POST', '/reports', body, who);
const release = ({ id, etag }: Publication, who: Cookie = as.strategist) =>
  api.send<Publication & Problem>('POST', `/reports/${id}/release`, undefined, { ...who, 'if-match': etag });
const file = async (who: Cookie, number: string, name: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${api.url}/reports/${number}/files/${name}`, {
    headers: { 'accept-encoding': 'identity', ...who, ...headers },
  });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
};
const newest = async (who: Cookie, query = `?month=${LATEST}`): Promise<Publication & { number: string }> => {
  const [first] = (await list(who, query)).publications;
  if (!first?.number) throw new Error('nothing is published');
  return { ...first, number: first.number };
};

test('of the last months each province is published, and again when its base is released', async () => {
  const { publications } = await list(as.strategist);
  const numbers = publications.map(({ number }) => Number(number?.split('-')[2]));
  expect(numbers).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(new Set(publications.map(({ month, region }) => `${month} ${region.id}`))).toEqual(
    new Set(
      ['2024-03', '2024-02'].flatMap((month) => ['浙江', '广东', '福建'].map((name) => `${month} ${name}省`)),
    ),
  );
  const revision = await newest(as.zhejiang);
  const [, before] = (await list(as.zhejiang, `?month=${LATEST}`)).publications;
  expect([before?.state, before?.supersededBy]).toEqual(['superseded', revision.number]);
  expect(revision).toMatchObject({ state: 'released', revises: before?.number });
  expect([revision.monthsSince, revision.leaversSince]).toEqual([['2023-03'], true]);
  // The month's figures stay: what came is their growth, and nothing moved.
  const { revised } = await one(as.zhejiang, revision.number);
  expect(revised.length).toBeGreaterThan(20);
  // Its growth with what is made of it, and the month that came since.
  const measuresOf = (isEarlier: boolean) =>
    new Set(revised.flatMap(({ month, measure }) => ((month !== undefined) === isEarlier ? [measure] : [])));
  expect(measuresOf(false)).toEqual(new Set(['growth', 'leavers', 'same-store']));
  expect([...measuresOf(true)]).toEqual(expect.arrayContaining(['gmv', 'orders', 'pieces', 'on-time']));
  expect(revision.changes.appeared).toBe(revised.filter(({ after }) => after.flag === 'final').length);
  expect(revision.changes.moved).toBe(0);
  const text = await readPdf((await file(as.zhejiang, revision.number, 'en.pdf')).bytes);
  expect(text).toContain(`Thiseditiontakestheplaceof${before?.number}`);
  expect(text).toContain('Sincethen' + 'March2023cameout');
  expect(text).toContain('Sincethentheshareofleaverscameout');
});

test('a reader finds what is theirs whole, and another’s is as one that there is not', async () => {
  const told = async (number: string) => {
    const answers = await Promise.all(
      [`/reports/${number}`, `/reports/${number}/files/zh.pdf`, `/reports/${number}/files/zh.json`].map(
        (path) => api.get<Problem>(path, as.zhejiang),
      ),
    );
    return answers.map(({ status, body }) => ({ status, body: { ...body, requestId: '' } }));
  };
  const theirs = (await list(as.zhejiang)).publications;
  expect(new Set(theirs.map(({ region }) => region.id))).toEqual(new Set(['浙江省']));
  const foreign = (await newest(as.guangdong)).number;
  const none = await told('BL-2001-0001');
  expect(none.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect(await told(foreign)).toEqual(none);
  // A county is not the whole province.
  expect((await list(as.hangzhou)).publications).toEqual([]);
  expect((await api.get('/reports', as.merchant)).status).toBe(403);
  expect((await list(as.zhejiang, '?region=广东省')).publications).toEqual([]);
  const { sha256 } = (await one(as.guangdong, foreign)).files[0] ?? {};
  const verify = async (who: Cookie) =>
    (await api.send<VerifyAnswer>('POST', '/reports/verify', { sha256 }, who)).body.found;
  expect([(await verify(as.guangdong))?.number, await verify(as.zhejiang)]).toEqual([foreign, null]);
});

test('pages of the archive have each publication once, by whichever filter', async () => {
  const seen: (string | null)[] = [];
  for (let next: string | null = ''; next !== null;) {
    const page = await list(as.strategist, `?limit=2${next === '' ? '' : `&before=${next}`}`);
    seen.push(...page.publications.map(({ number }) => number));
    next = page.next;
  }
  const all = (await list(as.strategist)).publications;
  expect(seen).toEqual(all.map(({ number }) => number));
  const superseded = (await list(as.strategist, '?state=superseded')).publications;
  expect(superseded).toEqual(all.filter(({ state }) => state === 'superseded'));
  const year = all[0]?.number?.slice(3, 7);
  expect((await list(as.strategist, `?year=${year}&region=浙江省`)).publications).toHaveLength(3);
  expect((await list(as.strategist, '?year=2001')).publications).toEqual([]);
  expect((await api.get('/reports?state=gone', as.strategist)).status).toBe(400);
  expect(await api.get('/reports/BL-1', as.strategist)).toMatchObject({
    status: 400,
    body: { issues: [{ field: 'number', message: expect.stringContaining('BL-2026-0001') }] },
  });
});

test('by hand it takes two steps, and the second names what it releases', async () => {
  const asked = { region: '浙江省', month: '2023-03' };
  expect((await prepare(asked, as.zhejiang)).status).toBe(403);
  expect((await prepare({ ...asked, region: '无此省' })).status).toBe(404);
  expect((await prepare({ ...asked, month: '2022-03' })).status).toBe(404);
  const made = await prepare(asked);
  expect([made.status, made.body.state, made.body.number]).toEqual([201, 'prepared', null]);
  const again = await prepare(asked);
  expect([again.status, again.body.id]).toEqual([200, made.body.id]);
  // Nobody else knows of it; who may release it can read it, and it says what it is.
  expect((await api.get(`/reports/${made.body.id}`, as.zhejiang)).status).toBe(404);
  expect((await list(as.zhejiang, '?month=2023-03')).publications).toEqual([]);
  const draft = await file(as.strategist, made.body.id, 'en.pdf');
  expect(draft.headers.get('etag')).toBeNull();
  expect(await readPdf(draft.bytes)).toContain('prepared,notreleased');
  const path = `/reports/${made.body.id}/release`;
  const statuses = [
    (await api.send('POST', path, undefined, as.strategist)).status,
    (await api.send('POST', path, undefined, { ...as.strategist, 'if-match': '"other"' })).status,
    (await release(made.body, as.zhejiang)).status,
  ];
  expect(statuses).toEqual([428, 412, 403]);
  const done = await release(made.body);
  expect([done.status, done.body.state, done.body.number?.slice(-4)]).toEqual([200, 'released', '0010']);
  expect((await release(made.body)).status).toBe(412);
  const same = await prepare(asked);
  expect([same.status, same.body.code]).toEqual([409, 'report-unchanged']);
  expect((await one(as.zhejiang, done.body.number ?? '')).files).toHaveLength(10);
});

test('many that are released at once get numbers without a gap or a double', async () => {
  const wanted = [
    { kind: 'city', region: '广东省/佛山市', month: LATEST },
    { kind: 'belt', region: 'gd-1', month: LATEST },
    { kind: 'nation', month: '2023-03' },
    { region: '广东省', month: '2023-03' },
  ];
  const drafts = await Promise.all(wanted.map((body) => prepare(body)));
  // Each of them twice: one of the two is first.
  const released = await Promise.all([...drafts, ...drafts].map(({ body }) => release(body)));
  expect(released.map(({ status }) => status).sort()).toEqual([...Array(4).fill(200), ...Array(4).fill(412)]);
  const numbers = (await list(as.strategist)).publications.map(({ number }) => Number(number?.slice(-4)));
  expect(numbers).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

test('a file is the same bytes each time, and is known again', async () => {
  const { number } = await newest(as.zhejiang);
  const { files } = await one(as.zhejiang, number);
  expect(files.map(({ language, format }) => `${language}.${format}`).sort()).toEqual(
    LANGUAGES.flatMap((language) => FORMATS.map((format) => `${language}.${format}`)).sort(),
  );
  for (const { language, format, bytes, sha256 } of files) {
    const name = `${language}.${format}`;
    const first = await file(as.zhejiang, number, name);
    const again = await file(as.strategist, number, name);
    expect([first.status, first.bytes.length, again.bytes.equals(first.bytes)]).toEqual([200, bytes, true]);
    expect(createHash('sha256').update(first.bytes).digest('hex')).toBe(sha256);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toBe(`"${sha256}"`);
    expect((await file(as.zhejiang, number, name, { 'if-none-match': tag })).status).toBe(304);
    expect((await file(as.guangdong, number, name, { 'if-none-match': tag })).status).toBe(404);
    const content = first.bytes.toString('base64');
    const { found } = (await api.send<VerifyAnswer>('POST', '/reports/verify', { content }, as.zhejiang))
      .body;
    expect(found).toMatchObject({ number, state: 'released', supersededBy: null, format });
  }
  const [, before] = (await list(as.zhejiang, `?month=${LATEST}`)).publications;
  const old = await file(as.zhejiang, before?.number ?? '', 'zh.xlsx');
  const verify = async (body: object) =>
    (await api.send<VerifyAnswer>('POST', '/reports/verify', body, as.zhejiang)).body.found;
  expect(await verify({ content: old.bytes.toString('base64') })).toMatchObject({
    state: 'superseded',
    supersededBy: number,
  });
  old.bytes[40] = (old.bytes[40] ?? 0) ^ 1;
  expect(await verify({ content: old.bytes.toString('base64') })).toBeNull();
  expect((await api.send('POST', '/reports/verify', {}, as.zhejiang)).status).toBe(400);
  expect((await api.send('POST', '/reports/verify', { content: 'no base64!' }, as.zhejiang)).status).toBe(
    400,
  );
});

test.each(LANGUAGES)('every format says what the data set says (%s)', async (language) => {
  const { number } = await newest(as.zhejiang);
  const of = async (format: string) => (await file(as.zhejiang, number, `${language}.${format}`)).bytes;
  const set = await of('json');
  const data = JSON.parse(set.toString('utf8')) as Record<'province' | 'nation', ReleasedArea> &
    Record<'cities' | 'belts', ReleasedArea[]> & {
      readonly history: { month: string; gmv: BriefFigure; orders: BriefFigure; pieces: BriefFigure }[];
    };
  const areas = [data.province, data.nation, ...data.cities, ...data.belts];
  const figures: { key: string; values: (number | null)[] }[] = areas.flatMap(({ area, cells }) =>
    cells.map(({ gmv, growth, orders, pieces }, index) => ({
      key: `${area.id} ${index}`,
      values: [gmv.value, growth.flag === 'base-too-small' ? null : growth.value, orders.value, pieces.value],
    })),
  );
  expect(figures.flatMap(({ values }) => values).filter((value) => value !== null).length).toBeGreaterThan(
    100,
  );
  for (const { month, gmv, orders, pieces } of data.history.slice(0, -1))
    figures.push({ key: month, values: [gmv.value, null, orders.value, pieces.value] });
  // Lists: every figure of every area and track.
  const sheets = readSheets(await of('xlsx'));
  const lists: ReadRow[][] = [readCsv(await of('csv')), [...sheets.values()].at(-1) ?? []];
  for (const [, ...rows] of lists) {
    expect(rows.length).toBe(areas.length * TRACKS.length + 12);
    rows.forEach((row, index) => {
      expect(row[0]).toBe(number);
      const [own = { values: [] }] = [figures[index]];
      expect(Array.from({ length: 4 }, (_, at) => row[10 + at] ?? null)).toEqual(own.values);
    });
  }
  // Tables: what they print is the number, written once more here.
  const text = await readPdf(await of('pdf'));
  const page = readPage(await of('html'));
  const inTables = [...sheets.values()].slice(0, -1).flat();
  const written = (value: number, digits: number) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  let checked = 0;
  for (const { cells } of areas) {
    const [all] = cells;
    if (all?.state !== 'shown' || all.growth.flag !== 'final') continue;
    const [gmv = 0, rate = 0] = [all.gmv.value ?? 0, all.growth.value ?? 0];
    const [orders, pieces] = [all.orders.value ?? 0, all.pieces.value ?? 0];
    const sign = Math.abs(rate) < 0.0005 ? '' : rate > 0 ? '+' : '−';
    const printed = [
      written(gmv, 2),
      `${sign}${written(Math.abs(rate) * 100, 1)}%`,
      written(orders, 0),
      written(pieces, 0),
    ];
    expect(text).toContain(printed.join(''));
    const row = page.find((cells_) => cells_.slice(-4).every(({ text: cell }, at) => cell === printed[at]));
    expect(row?.slice(-4).map(({ value }) => value)).toEqual([gmv, rate, orders, pieces]);
    expect(inTables.map((cells_) => cells_.slice(-4))).toContainEqual([gmv, rate, orders, pieces]);
    checked += 1;
  }
  expect(checked).toBeGreaterThan(3);
  const digest = createHash('sha256').update(set).digest('hex');
  for (const said of [text, (await of('html')).toString('utf8'), JSON.stringify([...sheets.values()])]) {
    expect(said).toContain(digest);
    expect(said).toContain(number);
  }
});

test('who prepared, released and took a file is in the audit', async () => {
  await api.addUser({ name: 'admin', password: 'brisk-otter-lamp-71', roles: ['administrator'] });
  const session = await fetch(`${api.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'admin', password: 'brisk-otter-lamp-71' }),
  });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const records = async (event: string) =>
    (
      await api.get<{ records: { actor: { name: string } | null; detail: string }[] }>(
        `/audit?limit=500&event=${event}`,
        { cookie },
      )
    ).body.records;
  const released = await records('report-released');
  expect(released).toHaveLength(14);
  expect(released.filter(({ actor }) => actor === null)).toHaveLength(9);
  expect(released.filter(({ actor }) => actor?.name === 'strategist')).toHaveLength(5);
  expect(released.at(-1)?.detail).toMatch(/^BL-\d{4}-0001: regions 2024-03 /);
  expect(await records('report-prepared')).toHaveLength(14);
  expect((await records('exported')).length).toBeGreaterThan(20);
});
