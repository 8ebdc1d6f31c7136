/**
 * What officials get, and what they can make of it: months through the gate, kept, and answered over real HTTP by cookie and token. Two
 * officials put their answers together, and the auditor is asked what follows from both.
 */
import { loadSolver } from '@beltline/api/statistics/linear-programme.js';
import { audit } from '@beltline/api/disclosure-audit/audit.js';
import { type Belt as GateBelt, type Holding, Holdings } from '@beltline/api/disclosure/holdings.js';
import { LinkedTable } from '@beltline/api/disclosure/linked-table.js';
import { publish } from '@beltline/api/disclosure/publish.js';
import { type GatedArea, gateMonth } from '@beltline/api/releases/gated-month.js';
import { releasedArea } from '@beltline/api/releases/released-area.js';
import {
  type Problem,
  type ReleaseAnswer,
  type ReleasedArea,
  type ReleasedCell,
  type ReleasesAnswer,
  TRACK,
  TRACKS,
} from '@beltline/contract';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { insertLines, ownerOfShop, REGION_BELTS, regionLines } from '../fixtures/rollups/region-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const PASSWORD = 'brisk-otter-lamp-71';
const MONTHS = ['2023-02', '2023-03', '2024-02', '2024-03'];
const LATEST = '2024-03';
const RULES = { owners: 5, peers: 10, percent: 15, pooled: 1 };
const MEASURES = 3;
const BELTLESS = { id: '', city: '', province: '', category: '' };
const BELTS: GateBelt[] = [
  ...REGION_BELTS.map(({ id, city = '', province, category = '' }) => ({ id, city, province, category })),
  BELTLESS,
];
const lines = regionLines(11, MONTHS);

let api: RunningApi;
let headers: Record<'zhejiang' | 'guangdong' | 'hangzhou' | 'strategist' | 'merchant', { cookie: string }>;
beforeAll(async () => {
  api = await startApi({ signsIn: false, environment: { BELTLINE_RELEASE_MONTHS: '14' } });
  for (const [source, version] of [
    ['regions', 1],
    ['foreign', 2],
  ] as const) {
    await insertLines(api.loader, source, version, lines);
    await seedVersion(api.loader, {
      ...{ source, version, belts: REGION_BELTS, lines, dataThrough: '2024-03-31', ownerOf: ownerOfShop },
      months: MONTHS.map((month) => `${month}-01`),
    });
  }
  const add = async (name: string, role: 'official' | 'strategist' | 'merchant', regions: string[] = []) => {
    await api.addUser({ name, password: PASSWORD, roles: [role], sources: ['regions'], regions });
    return { cookie: await signIn(new URL(api.url).origin, { name, password: PASSWORD }) };
  };
  headers = {
    zhejiang: await add('zhejiang', 'official', ['33']),
    guangdong: await add('guangdong', 'official', ['44']),
    hangzhou: await add('hangzhou', 'official', ['330110']),
    strategist: await add('strategist', 'strategist'),
    merchant: await add('merchant', 'merchant'),
  };
  expect((await list()).progress).toEqual({ made: 0, refused: 0, of: 4 });
  expect((await api.get(`/releases/${LATEST}`, headers.zhejiang)).status).toBe(404);
  api.startReleases();
  for (let tries = 0; (await list()).progress.made < 4; tries++) {
    if (tries > 1_000) throw new Error(JSON.stringify((await list()).progress));
    await sleep(200);
  }
});
afterAll(() => api?.close());

const list = async (as = headers.zhejiang): Promise<ReleasesAnswer> =>
  (await api.get<ReleasesAnswer>('/releases', as)).body;
const released = async (month: string, as: Record<string, string>): Promise<ReleaseAnswer> => {
  const { status, body } = await api.get<ReleaseAnswer>(`/releases/${month}`, as);
  expect(status).toBe(200);
  return body;
};
const areasIn = ({ nation, provinces, cities, belts }: ReleaseAnswer): ReleasedArea[] => [
  nation,
  ...provinces,
  ...cities,
  ...belts,
];
const cellsIn = (answer: ReleaseAnswer): ReleasedCell[] => areasIn(answer).flatMap(({ cells }) => cells);

/** What an area sold on a track, by a loop over the lines. Money in cents. */
function sold(month: string, inArea: (belt: string) => boolean, track: keyof typeof TRACK) {
  const own = lines.filter(({ day, belt }) => day.startsWith(month) && inArea(belt));
  const bit = TRACK[track].bit;
  const isIn = (combination: number) => bit === 0 || (combination & bit) !== 0;
  const orders = new Map<string, number>();
  for (const { order, merchant, belt, combination } of own) {
    const key = `${belt}|${merchant}|${order}`;
    orders.set(key, (orders.get(key) ?? 0) | combination);
  }
  const on = own.filter(({ combination }) => isIn(combination));
  return {
    gmv: on.reduce((sum, { gmv }) => sum + gmv, 0),
    pieces: on.reduce((sum, { pieces }) => sum + pieces, 0),
    orders: [...orders.values()].filter(isIn).length,
  };
}
const beltsOf = ({ level, id }: ReleasedArea['area']): ((belt: string) => boolean) => {
  const names = BELTS.filter((belt) =>
    level === 'nation'
      ? true
      : level === 'province'
        ? belt.province === id
        : level === 'city'
          ? `${belt.province}/${belt.city}` === id
          : belt.id === id,
  ).map((belt) => belt.id);
  return (belt) => names.includes(belt);
};

test('every month is released once, the latest first in the list, and says what it was made of', async () => {
  const { releases, progress } = await list();
  expect(releases.map(({ month }) => month)).toEqual([...MONTHS].reverse());
  expect(releases.every(({ edition, dataVersion }) => edition === 1 && dataVersion === 1)).toBe(true);
  expect(progress).toEqual({ made: 4, refused: 0, of: 4 });
});

test('an official sees the region that is theirs, with its province and the nation, and nothing besides', async () => {
  const found = await Promise.all(
    (['zhejiang', 'guangdong', 'hangzhou'] as const).map((name) => released(LATEST, headers[name])),
  );
  const ids = found.map((answer) => areasIn(answer).map(({ area }) => `${area.level}:${area.id}`));
  expect(ids).toEqual([
    [
      ...['nation:', 'province:浙江省', 'city:浙江省/宁波市', 'city:浙江省/杭州市'],
      ...['belt:nil', 'belt:zj-1', 'belt:zj-2', 'belt:zj-3'],
    ],
    [
      ...['nation:', 'province:广东省', 'city:广东省/中山市', 'city:广东省/佛山市'],
      ...['belt:gd-1', 'belt:gd-2', 'belt:gd-3'],
    ],
    // A county: its city is not theirs whole.
    ['nation:', 'province:浙江省', 'belt:zj-1'],
  ]);
  const [zhejiang, , hangzhou] = found.map((answer) => JSON.stringify(answer));
  expect(zhejiang).not.toMatch(/gd-|fj-|广东|福建|泉州|佛山/);
  expect(hangzhou).not.toMatch(/zj-2|zj-3|宁波|杭州/);
});

test('what is shown is what the lines come to, and what is withheld has no number anywhere', async () => {
  const answers = [
    await released(LATEST, headers.zhejiang),
    await released(LATEST, headers.guangdong),
    await released('2024-02', headers.strategist),
  ];
  const states = new Map<string, number>();
  for (const answer of answers) {
    for (const { area, cells } of areasIn(answer)) {
      expect(cells.map(({ track }) => track)).toEqual(TRACKS);
      for (const cell of cells) {
        states.set(cell.state, (states.get(cell.state) ?? 0) + 1);
        const truth = sold(answer.release.month, beltsOf(area), cell.track);
        const told = [cell.gmv.value, cell.pieces.value, cell.orders.value];
        if (cell.state === 'suppressed') {
          expect(told).toEqual([null, null, null]);
          expect(cell.growth).toEqual({ value: null, flag: 'suppressed', reason: 'confidential' });
          expect(truth.orders).toBeGreaterThan(0);
        } else expect(told).toEqual([truth.gmv / 100, truth.pieces, truth.orders]);
        expect(cell.state === 'zero').toBe(truth.orders === 0);
      }
    }
  }
  expect([...states.keys()].sort()).toEqual(['shown', 'suppressed', 'zero']);
  expect(Math.min(...states.values())).toBeGreaterThan(10);
});

test('a rate is told where both of its months are shown, and nowhere else', async () => {
  const [now, before] = [
    await released(LATEST, headers.zhejiang),
    await released('2023-03', headers.zhejiang),
  ];
  expect([now.baselineMonth, before.baselineMonth]).toEqual(['2023-03', null]);
  const bases = cellsIn(before);
  let [rates, withheld] = [0, 0];
  for (const [index, cell] of cellsIn(now).entries()) {
    const base = bases[index];
    if (cell.state === 'suppressed' || base?.state === 'suppressed') {
      expect(cell.growth.value).toBeNull();
      withheld += 1;
    } else if (base?.gmv.value) {
      expect(cell.growth.value).toBeCloseTo((cell.gmv.value ?? 0) / base.gmv.value - 1, 12);
      rates += 1;
    }
  }
  expect(Math.min(rates, withheld)).toBeGreaterThan(5);
  expect(bases.every(({ growth }) => growth.value === null)).toBe(true);
});

test('by token it is the same, with that permission alone, and merchants and strangers get nothing', async () => {
  const token = async (permissions: string[]) => {
    const made = await api.send<{ secret: string }>(
      'POST',
      '/tokens',
      { name: 't', permissions, days: 1 },
      headers.guangdong,
    );
    return made.status === 201 ? { authorization: `Bearer ${made.body.secret}` } : null;
  };
  const own = await token(['read-releases']);
  expect(await released(LATEST, own ?? {})).toEqual(await released(LATEST, headers.guangdong));
  expect(await token(['read-figures'])).toBeNull();
  const statuses = [
    (await api.get('/releases', headers.merchant)).status,
    (await api.get(`/releases/${LATEST}`, headers.merchant)).status,
    (await api.get(`/releases/${LATEST}`)).status,
    (await api.get('/growth?from=2024-01&to=2024-02', headers.zhejiang)).status,
    (await api.get('/belts', headers.zhejiang)).status,
  ];
  expect(statuses).toEqual([403, 403, 401, 403, 403]);
});

test('a source that is not theirs is one that there is not, and neither is any other month', async () => {
  const asked = async (path: string) => {
    const { status, body } = await api.get<Problem>(path, headers.zhejiang);
    return { status, body: JSON.stringify({ ...body, requestId: '' }).replaceAll(/foreign|missing/g, '*') };
  };
  const [theirs, none] = [
    await asked(`/releases/${LATEST}?source=foreign`),
    await asked(`/releases/${LATEST}?source=missing`),
  ];
  expect(theirs).toEqual(none);
  expect(theirs.status).toBe(400);
  const months = ['2022-12', '2024-04', '2023-07'];
  for (const month of months) expect((await asked(`/releases/${month}`)).status).toBe(404);
  expect((await asked('/releases/2024-13')).status).toBe(400);
});

test('nothing of settings, owners or counts of them is told, and no browser keeps it', async () => {
  const { headers: sent, body } = await api.get(`/releases/${LATEST}`, headers.zhejiang);
  expect([sent.get('cache-control'), sent.get('etag')]).toEqual(['no-store', null]);
  const text = JSON.stringify(body) + JSON.stringify(await list());
  expect(text).not.toMatch(/owner|seller|buyer|percent|hash|audit|breach|o\d-\d|unsafe|dominated/i);
});

/** Who held what in a month, from the engine. */
async function holdingsOf(month: string): Promise<Holding[]> {
  const scope = { source: 'regions', belts: 'everything', isSystem: true } as const;
  const asked = { data_version: 1, month: `${month}-01` };
  const reader = api.engine.client('reader');
  try {
    const rows = await runQuery(reader, scope, queries.holdings, asked);
    return rows.flatMap((row) =>
      row.owners.map((owner, at) => ({
        ...{ belt: row.belt_id, combination: row.combination, side: row.side, owner },
        values: [row.gmv[at] ?? NaN, row.pieces[at] ?? NaN, row.orders[at] ?? NaN],
      })),
    );
  } finally {
    await reader.close();
  }
}

/** What follows from areas that somebody has before them: all else is withheld. */
async function auditOf(month: string, seen: readonly ReleasedArea[]) {
  const [highs, holdings] = [await loadSolver(), await holdingsOf(month)];
  const table = new LinkedTable(new Holdings(BELTS, holdings, MEASURES, RULES), RULES);
  const shown = new Map(
    seen.flatMap(({ area, cells }) =>
      cells.flatMap(({ track, gmv, pieces, orders }) =>
        gmv.value === null || pieces.value === null || orders.value === null
          ? []
          : [
              [
                `${area.level}|${area.id}|${track}`,
                [Math.round(gmv.value * 100), pieces.value, orders.value],
              ],
            ],
      ),
    ),
  );
  const rows = publish(table, {
    isShown: new Uint8Array(table.cells.length),
    isWhole: false,
    exposures: [],
  }).map((row) => ({
    ...row,
    values: row.by === 'track' ? (shown.get(`${row.level}|${row.area}|${row.key}`) ?? null) : null,
  }));
  const tracks = TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] }));
  const { breaches } = audit(highs, { belts: BELTS, tracks, measures: MEASURES, rows }, holdings, RULES);
  return { breaches, shown: shown.size };
}

test('two officials together find nobody; without complementary suppression they would', async () => {
  let [with_, without, shown] = [0, 0, 0];
  for (const month of MONTHS) {
    const answers = [
      await released(month, headers.zhejiang),
      await released(month, headers.guangdong),
      await released(month, headers.strategist),
    ];
    const together = await auditOf(month, answers.slice(0, 2).flatMap(areasIn));
    // And whoever has all of it.
    const all = await auditOf(month, answers.flatMap(areasIn));
    with_ += together.breaches.length + all.breaches.length;
    shown += together.shown;
    // The same month by the same way, from a gate that withholds what is unsafe and nothing to protect it.
    const weak = gateMonth(
      await loadSolver(),
      { belts: BELTS, rules: RULES, measures: MEASURES, before: [], without: 'complementary' },
      await holdingsOf(month),
    );
    const seen = new Set(
      answers
        .slice(0, 2)
        .flatMap(areasIn)
        .map(({ area }) => `${area.level}:${area.id}`),
    );
    const told = weak.areas.filter(({ level, area }: GatedArea) => seen.has(`${level}:${area}`));
    const unsafe = told.map((one) =>
      releasedArea({ ...one, about: { name: { zh: '', en: '' }, belts: 1 } }, null, 0),
    );
    without += (await auditOf(month, unsafe)).breaches.length;
  }
  process.stdout.write(
    `Two officials over ${MONTHS.length} months: ${shown} cells shown, ${with_} breaches; ${without} without complementary suppression.\n`,
  );
  expect(with_).toBe(0);
  expect(without).toBeGreaterThan(0);
  expect(shown).toBeGreaterThan(100);
});

test('a later load changes no month that is released', async () => {
  const before = await released(LATEST, headers.zhejiang);
  const later = lines.map((line) => (line.day.startsWith(LATEST) ? { ...line, gmv: line.gmv + 100 } : line));
  await insertLines(
    api.loader,
    'regions',
    3,
    later.filter(({ day }) => day.startsWith(LATEST)),
  );
  await seedVersion(api.loader, {
    ...{ source: 'regions', version: 3, belts: REGION_BELTS, ownerOf: ownerOfShop },
    ...{ lines: later.filter(({ day }) => day.startsWith(LATEST)), dataThrough: '2024-03-31' },
    months: [`${LATEST}-01`],
  });
  for (let tries = 0; ; tries++) {
    const { dataVersion } = (await api.get<{ meta: { dataVersion: number } }>('/belts', headers.strategist))
      .body.meta;
    if (dataVersion === 3) break;
    expect(tries).toBeLessThan(100);
    await sleep(100);
  }
  // It is looked for missing months every five seconds.
  await sleep(6_000);
  expect(await released(LATEST, headers.zhejiang)).toEqual(before);
  expect((await list()).releases.every(({ dataVersion }) => dataVersion === 1)).toBe(true);
});
