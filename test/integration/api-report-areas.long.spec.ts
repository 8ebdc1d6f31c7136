/**
 * Reports of the nation, provinces, cities and belts: made by themselves of what was released, each read by whoever sees all of it, and no figure in any of
 * them that the gate has not let out for its readers.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EditionsAnswer,
  type Problem,
  type Publication,
  type PublicationAnswer,
  type PublicationsAnswer,
  type ReleaseAnswer,
  type ReleasedArea,
} from '@beltline/contract';
import { chanceOf } from '@beltline/api/reports/region/report-service.js';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import { readCsv, readPage, readPdf } from '../fixtures/published/read-back.ts';
import {
  addUser,
  auditOf,
  beltsOf,
  type Cookie,
  LATEST,
  LINES,
  MONTHS,
  seedRegions,
  sold,
  startReleasing,
  untilMade,
} from './releases-kit.ts';
import { shareBreachesOf } from './release-shares-kit.ts';

interface DataSet {
  readonly kind: string;
  readonly release: { readonly month: string };
  readonly nation: ReleasedArea;
  readonly province: ReleasedArea | null;
  readonly cities: ReleasedArea[];
  readonly belts: ReleasedArea[];
  readonly history: (Pick<ReleasedArea['cells'][number], 'state' | 'gmv' | 'orders' | 'pieces'> & {
    readonly month: string;
    readonly service?: ReleasedArea['service'];
  })[];
}
let api: RunningApi;
let as: Record<'zhejiang' | 'guangdong' | 'hangzhou' | 'strategist', Cookie>;
/** The nation and three provinces twice, because growth came later; belts and whole cities of the officials once. */
const EDITIONS = { nation: 2, province: 6, city: 4, belt: 7 };
beforeAll(async () => {
  api = await startReleasing(undefined, { BELTLINE_REPORTS: 'release', BELTLINE_REPORT_MONTHS: '1' });
  await seedRegions(api, 'regions', 1);
  as = {
    zhejiang: await addUser(api, 'zhejiang', 'official', ['33']),
    guangdong: await addUser(api, 'guangdong', 'official', ['44']),
    hangzhou: await addUser(api, 'hangzhou', 'official', ['330110']),
    strategist: await addUser(api, 'strategist', 'strategist'),
  };
  api.startReleases();
  await untilMade(api, as.strategist, MONTHS.length);
  const all = Object.values(EDITIONS).reduce((sum, count) => sum + count, 0);
  for (
    let tries = 0;
    (await list(as.strategist)).filter(({ number }) => number !== null).length < all;
    tries++
  ) {
    if (tries > 900) throw new Error(JSON.stringify((await list(as.strategist)).map(keyOf)));
    await sleep(200);
  }
}, 900_000);
afterAll(() => api?.close());

const list = async (who: Cookie, query = ''): Promise<Publication[]> =>
  (await api.get<PublicationsAnswer>(`/reports?limit=200${query}`, who)).body.publications;
const keyOf = ({ region, state }: Publication) => `${region.kind} ${region.id} ${state}`;
const standing = async (who: Cookie) =>
  (await list(who, '&state=released')).map(({ region: { kind, id } }) => `${kind} ${id}`).sort();
const file = async (number: string | null, name: string): Promise<Buffer> => {
  const response = await fetch(`${api.url}/reports/${number}/files/${name}`, { headers: as.strategist });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};
const dataOf = async ({ number }: Publication) =>
  JSON.parse((await file(number, 'zh.json')).toString('utf8')) as DataSet;
const areasOf = ({ nation, province, cities, belts }: DataSet) => [
  nation,
  ...(province ? [province] : []),
  ...cities,
  ...belts,
];

test('each kind of area is published by itself once what it rests on is there, and numbered without a gap', async () => {
  const all = await list(as.strategist);
  const count = (kind: string) => all.filter(({ region }) => region.kind === kind).length;
  expect({
    nation: count('nation'),
    province: count('province'),
    city: count('city'),
    belt: count('belt'),
  }).toEqual(EDITIONS);
  expect(all.map(({ number }) => Number(number?.slice(-4)))).toEqual(all.map((_, at) => all.length - at));
  // Belts and cities waited for the month that their growth needs.
  for (const { region, revises } of all)
    if (region.kind === 'belt' || region.kind === 'city') expect(revises).toBeNull();
  expect(all.filter(({ revises }) => revises !== null).map(({ region }) => region.kind)).toHaveLength(4);
});

test('an official reads their own belts, whole cities, province and the nation; another’s is as one that there is not', async () => {
  expect(await standing(as.zhejiang)).toEqual([
    ...['belt nil', 'belt zj-1', 'belt zj-2', 'belt zj-3', 'city 浙江省/宁波市', 'city 浙江省/杭州市'],
    ...['nation ', 'province 浙江省'],
  ]);
  expect(await standing(as.guangdong)).toEqual([
    ...['belt gd-1', 'belt gd-2', 'belt gd-3', 'city 广东省/中山市', 'city 广东省/佛山市'],
    ...['nation ', 'province 广东省'],
  ]);
  // A county: neither its city nor its province is theirs whole.
  expect(await standing(as.hangzhou)).toEqual(['belt zj-1', 'nation ']);
  const told = async (number: string) => {
    const answers = await Promise.all(
      ['', '/files/zh.pdf', '/files/zh.json', '/changes?with=BL-2026-0001'].map((path) =>
        api.get<Problem>(`/reports/${number}${path}`, as.hangzhou),
      ),
    );
    return answers.map(({ status, body }) => ({ status, body: { ...body, requestId: '' } }));
  };
  const none = await told('BL-2001-0001');
  expect(none.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  for (const one of await list(as.strategist, '&state=released'))
    if (!['belt zj-1', 'nation '].includes(`${one.region.kind} ${one.region.id}`))
      expect(await told(one.number ?? '')).toEqual(none);
});

test('every figure of every report is one that its readers are answered by the release, and none besides', async () => {
  const answers = new Map<string, ReleaseAnswer>();
  for (const month of MONTHS)
    answers.set(month, (await api.get<ReleaseAnswer>(`/releases/${month}`, as.strategist)).body);
  const areaIn = (month: string, level: string, id: string) => {
    const answer = answers.get(month);
    const all = answer ? [answer.nation, ...answer.provinces, ...answer.cities, ...answer.belts] : [];
    return all.find(({ area }) => area.level === level && area.id === id);
  };
  let [suppressed, earlier] = [0, 0];
  for (const one of await list(as.strategist, '&state=released')) {
    const data = await dataOf(one);
    const { kind, id } = one.region;
    for (const area of areasOf(data)) {
      expect(area).toEqual(areaIn(LATEST, area.area.level, area.area.id));
      suppressed += area.cells.filter(({ state }) => state === 'suppressed').length;
    }
    // The area, what it lies in, and what lies in it.
    const within = (belt: string) => beltsOf({ level: kind, id } as ReleasedArea['area'])(belt);
    for (const { area } of data.belts) expect(within(area.id)).toBe(true);
    if (kind === 'nation') expect([data.province, data.cities, data.belts]).toEqual([null, [], []]);
    if (kind === 'belt') expect([data.cities, data.belts.map(({ area }) => area.id)]).toEqual([[], [id]]);
    if (kind === 'city') expect(data.cities.map(({ area }) => area.id)).toEqual([id]);
    expect(data.history).toHaveLength(13);
    for (const { month, ...told } of data.history) {
      const cell = areaIn(month, kind, id)?.cells[0];
      expect(told.state).toBe(cell?.state ?? 'no-data');
      expect([told.gmv.value, told.orders.value, told.pieces.value]).toEqual([
        cell?.gmv.value ?? null,
        cell?.orders.value ?? null,
        cell?.pieces.value ?? null,
      ]);
      expect(told.service).toEqual(areaIn(month, kind, id)?.service);
      if (cell && month !== LATEST) earlier += 1;
    }
  }
  expect(suppressed).toBeGreaterThan(20);
  expect(earlier).toBeGreaterThan(20);
});

const sharesOf = ({ service = [] }: Pick<ReleasedArea, 'service'>): number[] =>
  service.flatMap(({ share }) => share.value ?? []);
/** What is told of who carries growth: shares, and both parts of growth. */
const carriersOf = ({ carriers }: ReleasedArea): number[] =>
  [
    ...(carriers?.shares.map(({ share }) => share) ?? []),
    ...(carriers ? [carriers.fromNewcomers, carriers.fromOthers] : []),
  ].flatMap(({ value }) => value ?? []);
const STATES = ['published', 'withheld', 'no orders', 'not known'];

test('no file has a number where the gate has none, and the auditor finds nothing in all reports together', async () => {
  const reports = await list(as.strategist, '&state=released');
  const seen = new Map<string, ReleasedArea>();
  for (const one of reports) {
    const data = await dataOf(one);
    for (const area of areasOf(data)) seen.set(`${area.area.level}:${area.area.id}`, area);
    const allowed = new Set(
      areasOf(data)
        .flatMap(({ cells }) => cells)
        .concat(data.history.map((month) => ({ ...month, track: 'all', growth: month.gmv })))
        .flatMap(({ gmv, orders, pieces, growth }) => [gmv, orders, pieces, growth])
        .flatMap(({ value }) => value ?? [])
        .concat([...areasOf(data), ...data.history].flatMap(sharesOf))
        .concat(areasOf(data).flatMap(carriersOf)),
    );
    const own = areasOf(data).find(({ area }) => area.level === one.region.kind && area.id === one.region.id);
    /** What chance does is of a share and of orders that are told. */
    const chances = own
      ? sharesOf(own).map((share) => 100 * chanceOf(share, own.cells[0]?.orders.value ?? 0))
      : [];
    /** Tables have ten thousands too. */
    const isAllowed = (value: number) =>
      allowed.has(value) ||
      chances.some((chance) => Math.abs(chance - value) < 1e-9) ||
      [...allowed].some((one) => Math.abs(one / 10_000 - value) < 1e-6);
    const [, ...rows] = readCsv(await file(one.number, 'en.csv'));
    for (const value of rows.flatMap((row) => row.slice(10)))
      if (value !== null && !STATES.includes(String(value))) expect(allowed).toContain(value);
    for (const { value } of readPage(await file(one.number, 'en.html')).flat())
      if (value !== null) expect([value, isAllowed(value)]).toEqual([value, true]);
    // What was withheld, as it would be printed.
    const text = await readPdf(await file(one.number, 'en.pdf'));
    for (const { area, cells } of areasOf(data))
      for (const { track, state } of cells) {
        if (state !== 'suppressed') continue;
        const truth = sold(LINES, LATEST, beltsOf(area), track).gmv / 100;
        if (!allowed.has(truth))
          expect(text).not.toContain(
            truth.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
          );
      }
  }
  const { breaches, shown } = await auditOf(api, LATEST, [...seen.values()]);
  expect(breaches).toEqual([]);
  expect(shown).toBeGreaterThan(50);
  const all = [...seen.values()];
  expect(await shareBreachesOf(api, LATEST, [all, [], all])).toMatchObject({ ofTwo: 0, ofAll: 0 });
});

test('the archive is filtered by kind, and searched by name, pinyin and number', async () => {
  const kinds = async (query: string) =>
    [
      ...new Set((await list(as.strategist, query)).map(({ region }) => `${region.kind} ${region.id}`)),
    ].sort();
  expect(await kinds('&kind=nation')).toEqual(['nation ']);
  expect((await kinds('&kind=city')).length).toBe(4);
  expect(await kinds(`&kind=city&text=${encodeURIComponent('佛山')}`)).toEqual(['city 广东省/佛山市']);
  expect(await kinds('&text=foshan&kind=city')).toEqual(['city 广东省/佛山市']);
  expect(await kinds('&text=Zhejiang')).toEqual(['province 浙江省']);
  const [newest] = await list(as.strategist);
  expect((await list(as.strategist, `&text=${newest?.number}`)).map(({ number }) => number)).toEqual([
    newest?.number,
  ]);
  expect(await kinds('&text=nowhere')).toEqual([]);
  expect((await api.get('/reports?kind=county', as.strategist)).status).toBe(400);
  expect(
    (await api.send<Problem>('POST', '/reports', { kind: 'belt', month: LATEST }, as.strategist)).body.issues,
  ).toEqual([expect.objectContaining({ field: 'region' })]);
});

const prepare = (body: object) => api.send<Publication & Problem>('POST', '/reports', body, as.strategist);
const province = async (who: Cookie, kind = 'province') => {
  const [one] = await list(who, `&state=released&kind=${kind}`);
  if (!one?.number) throw new Error('nothing is published');
  return { ...one, number: one.number };
};

test('a draft is withdrawn by who may release it, in the state that they read, and for good', async () => {
  const asked = { kind: 'belt', region: 'fj-1', month: LATEST };
  const { body } = await prepare(asked);
  const path = `/reports/${body.id}/withdraw`;
  const withdraw = (who: Cookie, ifMatch?: string) =>
    api.send<Problem>('POST', path, undefined, { ...who, ...(ifMatch ? { 'if-match': ifMatch } : {}) });
  const refused = [
    (await withdraw(as.zhejiang, body.etag)).status,
    (await withdraw(as.strategist)).status,
    (await withdraw(as.strategist, '"other"')).status,
  ];
  expect(refused).toEqual([403, 428, 412]);
  expect((await withdraw(as.strategist, body.etag)).status).toBe(204);
  expect((await api.get(`/reports/${body.id}`, as.strategist)).status).toBe(404);
  const late = { ...as.strategist, 'if-match': body.etag };
  expect((await api.send('POST', `/reports/${body.id}/release`, undefined, late)).status).toBe(404);
  // The same again is another one; what has a number is not taken back.
  const again = await prepare(asked);
  expect([again.status, again.body.id === body.id]).toEqual([201, false]);
  const standing = await province(as.zhejiang);
  const taken = await api.send<Problem>('POST', `/reports/${standing.number}/withdraw`, undefined, {
    ...as.strategist,
    'if-match': standing.etag,
  });
  expect(taken.status).toBe(412);
});

test('two editions are compared figure by figure, and no others', async () => {
  const after = await province(as.zhejiang);
  const compare = (number: string, other: string, who = as.zhejiang) =>
    api.get<EditionsAnswer & Problem>(`/reports/${number}/changes?with=${other}`, who);
  const { body } = await compare(after.number, after.revises ?? '');
  expect([body.before.number, body.after.number]).toEqual([after.revises, after.number]);
  const { revised } = (await api.get<PublicationAnswer>(`/reports/${after.number}`, as.zhejiang)).body;
  expect(revised.length).toBeGreaterThan(20);
  expect(body.differing).toEqual(revised);
  expect(body.changes).toEqual(after.changes);
  expect((await compare(after.number, after.number)).body.differing).toEqual([]);
  const other = await province(as.zhejiang, 'nation');
  expect((await compare(after.number, other.number)).status).toBe(400);
  const foreign = await province(as.guangdong);
  expect((await compare(after.number, foreign.number)).status).toBe(404);
  expect((await compare(after.number, after.revises ?? '', as.guangdong)).status).toBe(404);
});
