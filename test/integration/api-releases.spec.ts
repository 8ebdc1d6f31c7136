/**
 * What officials get, and what they can make of it: months through the gate, kept, and answered over real HTTP by cookie and token. Two
 * officials put their answers together, and the auditor is asked what follows from both.
 */
import { createHash } from 'node:crypto';
import {
  type Problem,
  type ReleaseAnswer,
  type ReleasedArea,
  type ReleasesAnswer,
  SERVICE_MEASURES,
  TRACKS,
} from '@beltline/contract';
import { extractText, getDocumentProxy } from 'unpdf';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import {
  addUser,
  areasIn,
  beltsOf,
  breachesOf,
  type Cookie,
  LATEST,
  LINES as lines,
  MONTHS,
  seedRegions,
  sold,
  startReleasing,
  untilMade,
} from './releases-kit.ts';
import { served, shareBreachesOf } from './release-shares-kit.ts';

let api: RunningApi;
let headers: Record<'zhejiang' | 'guangdong' | 'hangzhou' | 'strategist' | 'merchant', Cookie>;
beforeAll(async () => {
  api = await startReleasing();
  await seedRegions(api, 'regions', 1);
  await seedRegions(api, 'foreign', 2);
  headers = {
    zhejiang: await addUser(api, 'zhejiang', 'official', ['33']),
    guangdong: await addUser(api, 'guangdong', 'official', ['44']),
    hangzhou: await addUser(api, 'hangzhou', 'official', ['330110']),
    strategist: await addUser(api, 'strategist', 'strategist'),
    merchant: await addUser(api, 'merchant', 'merchant'),
  };
  expect((await list()).progress).toEqual({ made: 0, refused: 0, of: 3 });
  expect((await api.get(`/releases/${LATEST}`, headers.zhejiang)).status).toBe(404);
  api.startReleases();
  await untilMade(api, headers.zhejiang, 3);
  // The gate stands behind everything else that a busy machine does.
}, 900_000);
afterAll(() => api?.close());

const list = async (as = headers.zhejiang): Promise<ReleasesAnswer> =>
  (await api.get<ReleasesAnswer>('/releases', as)).body;
const released = async (month: string, as: Record<string, string>): Promise<ReleaseAnswer> => {
  const { status, body } = await api.get<ReleaseAnswer>(`/releases/${month}`, as);
  expect(status).toBe(200);
  return body;
};
test('every month is released once, the latest first in the list, and says what it was made of', async () => {
  const { releases, progress } = await list();
  expect(releases.map(({ month }) => month)).toEqual([...MONTHS].reverse());
  expect(releases.every(({ edition, dataVersion }) => edition === 1 && dataVersion === 1)).toBe(true);
  expect(progress).toEqual({ made: 3, refused: 0, of: 3 });
});

test('an official sees the region that is theirs, with its province and the nation, and nothing besides', async () => {
  const found = await Promise.all(
    (['zhejiang', 'guangdong', 'hangzhou'] as const).map((name) => released(LATEST, headers[name])),
  );
  const ids = found.map((answer) =>
    areasIn(answer)
      .map(({ area }) => `${area.level}:${area.id}`)
      .sort(),
  );
  for (const { belts } of found) {
    const shown = belts.flatMap(({ cells }) => cells[0]?.gmv.value ?? []);
    expect(shown).toEqual([...shown].sort((a, b) => b - a));
    // Those that are withheld stand behind, by name.
    const others = belts.filter(({ cells }) => cells[0]?.gmv.value === null).map(({ area }) => area.id);
    expect(belts.map(({ area }) => area.id).slice(shown.length)).toEqual([...others].sort());
  }
  expect(ids).toEqual([
    [
      ...['belt:nil', 'belt:zj-1', 'belt:zj-2', 'belt:zj-3', 'city:浙江省/宁波市', 'city:浙江省/杭州市'],
      ...['nation:', 'province:浙江省'],
    ],
    [
      ...['belt:gd-1', 'belt:gd-2', 'belt:gd-3', 'city:广东省/中山市', 'city:广东省/佛山市'],
      ...['nation:', 'province:广东省'],
    ],
    // A county: its city is not theirs whole.
    ['belt:zj-1', 'nation:', 'province:浙江省'],
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
        const truth = sold(lines, answer.release.month, beltsOf(area), cell.track);
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

test('a share of service is what the lines come to, and there is none where nothing else is told', async () => {
  const states = new Set<string>();
  for (const month of [LATEST, '2024-02'])
    for (const { area, cells, service = [] } of areasIn(await released(month, headers.strategist))) {
      expect(service.map(({ measure }) => measure)).toEqual(SERVICE_MEASURES);
      const truth = served(lines, month, beltsOf(area));
      for (const { measure, state, share } of service) {
        states.add(`${measure} ${state}`);
        const [part, whole] = truth[measure];
        if (cells[0]?.state !== 'shown') expect(state).toBe(cells[0]?.state);
        expect(share.value).toBe(state === 'shown' ? Math.round((1_000 * part) / whole) / 1_000 : null);
      }
    }
  for (const told of [...SERVICE_MEASURES.map((of) => `${of} shown`), 'refund-rate suppressed'])
    expect(states).toContain(told);
});

test('nothing follows from the shares of two officials together, or of all, who are told every whole', async () => {
  for (const month of [LATEST, '2024-02']) {
    const { zhejiang, guangdong, strategist } = headers;
    const answers = await Promise.all([zhejiang, guangdong, strategist].map((who) => released(month, who)));
    const { shown, ofOpenGate, ...found } = await shareBreachesOf(api, month, answers.map(areasIn));
    expect([month, found]).toEqual([month, { ofTwo: 0, ofAll: 0 }]);
    expect(Math.min(shown, ofOpenGate)).toBeGreaterThan(3);
  }
});

test('a rate is told where both of its months are shown, and nowhere else', async () => {
  const [now, before] = [
    await released(LATEST, headers.zhejiang),
    await released('2023-03', headers.zhejiang),
  ];
  expect([now.growthMonths, now.baselineMonths, before.baselineMonths]).toEqual([
    ['2024-03'],
    ['2023-03'],
    [],
  ]);
  const bases = new Map(areasIn(before).map(({ area, cells }) => [`${area.level}:${area.id}`, cells]));
  let [rates, withheld] = [0, 0];
  for (const { area, cells } of areasIn(now)) {
    for (const [index, cell] of cells.entries()) {
      const base = bases.get(`${area.level}:${area.id}`)?.[index];
      if (cell.state === 'suppressed' || base?.state === 'suppressed') {
        expect(cell.growth.value).toBeNull();
        withheld += 1;
      } else if (base?.gmv.value) {
        expect(cell.growth.value).toBeCloseTo((cell.gmv.value ?? 0) / base.gmv.value - 1, 12);
        rates += 1;
      }
    }
  }
  expect(Math.min(rates, withheld)).toBeGreaterThan(5);
  expect(areasIn(before).every(({ cells }) => cells.every(({ growth }) => growth.value === null))).toBe(true);
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
  const told = JSON.stringify([body, await list()]);
  const text = told.replaceAll(/"(repeat-buyers|largest-sellers)"/g, '');
  expect(text).not.toMatch(/owner|seller|buyer|percent|hash|audit|breach|o\d-\d|unsafe|dominated/i);
});

describe('as a report', () => {
  const report = async (query: string, as: Record<string, string>) => {
    const response = await fetch(`${api.url}/releases/${LATEST}/report${query}`, { headers: as });
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, bytes: Buffer.from(await response.arrayBuffer()), response };
  };
  const textOf = async (bytes: Buffer) => {
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    // The typesetter puts a little room between scripts, which reads as a blank.
    return text.replaceAll(/\s+/g, '');
  };

  test('the document names the digest of its data set, has its numbers in either language, and is the same each time', async () => {
    // What is told later of a month (leavers, once its base is released) makes its data set another one: all of them are to be of one.
    const read = async () => {
      const set = await report('?format=json', headers.zhejiang);
      const answer = await released(LATEST, headers.zhejiang);
      const told = (language: 'zh' | 'en') => report(`?language=${language}`, headers.zhejiang);
      const zh = { language: 'zh', made: await told('zh'), again: await told('zh') } as const;
      const en = { language: 'en', made: await told('en'), again: await told('en') } as const;
      const after = await report('?format=json', headers.zhejiang);
      return { set, answer, documents: [zh, en], isOne: after.bytes.equals(set.bytes) };
    };
    let one = await read();
    for (let tries = 0; !one.isOne && tries < 20; tries++) one = await read();
    const { set, answer, documents } = one;
    type Data = { province: ReleasedArea; nation: ReleasedArea; belts: ReleasedArea[] };
    const { province, belts, nation } = JSON.parse(set.bytes.toString('utf8')) as Data;
    expect([[province], belts, nation]).toEqual([answer.provinces, answer.belts, answer.nation]);
    const digest = createHash('sha256').update(set.bytes).digest('hex');
    for (const { language, made, again } of documents) {
      expect([made.status, made.type]).toEqual([200, 'application/pdf']);
      expect(made.response.headers.get('content-disposition')).toContain(
        encodeURIComponent(`regions-${LATEST}-浙江省-edition-1-${language}.pdf`),
      );
      const text = await textOf(made.bytes);
      expect(text).toContain(digest);
      for (const { area, cells } of [province, nation, ...belts]) {
        if (area.level === 'belt') expect(text).toContain(area.name[language].replaceAll(' ', ''));
        const [all] = cells;
        const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
        if (all?.state === 'shown') expect(text).toContain((all.gmv.value ?? 0).toLocaleString('en', digits));
      }
      expect(again.bytes.equals(made.bytes)).toBe(true);
    }
  });

  test('it has one province, which is the reader’s, and tells nothing of others', async () => {
    const text = await textOf((await report('', headers.hangzhou)).bytes);
    expect(text).toContain('zj-1带');
    expect(text).not.toMatch(/zj-[23]|gd-|fj-|杭州|宁波|广东|福建/);
    const foreign = await report(`?province=${encodeURIComponent('广东省')}`, headers.zhejiang);
    const none = await report(`?province=${encodeURIComponent('无此省')}`, headers.zhejiang);
    const told = (bytes: Buffer) => ({ ...(JSON.parse(bytes.toString('utf8')) as Problem), requestId: '' });
    expect([foreign.status, told(foreign.bytes)]).toEqual([404, told(none.bytes)]);
    expect((await report('', headers.strategist)).status).toBe(400);
    const chosen = await report(`?province=${encodeURIComponent('广东省')}&language=en`, headers.strategist);
    expect(await textOf(chosen.bytes)).toContain('MonthlyreportofthebeltsofGuangdong,March2024');
    expect((await report('', headers.merchant)).status).toBe(403);
    expect((await report('', {})).status).toBe(401);
  });

  test('a screen reader is told its title, language, headings and tables', async () => {
    const { bytes } = await report('?language=en', headers.guangdong);
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({
      Language: 'en',
      Title: 'Monthly report of the belts of Guangdong, March 2024',
    });
    const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
    for (const role of 'H1 H2 Figure Table TH Caption'.split(' ')) expect(tree).toContain(`"role":"${role}"`);
    expect((await pdf.getOutline())[0]?.items.length).toBeGreaterThan(3);
  });
});

test('two officials together find nobody; without complementary suppression they would', async () => {
  let [with_, without, shown] = [0, 0, 0];
  for (const month of MONTHS) {
    const answers = [
      await released(month, headers.zhejiang),
      await released(month, headers.guangdong),
      await released(month, headers.strategist),
    ];
    const found = await breachesOf(api, month, answers);
    with_ += found.breaches;
    without += found.withoutComplementary;
    shown += found.shown;
  }
  process.stdout.write(
    `Two officials over ${MONTHS.length} months: ${shown} cells shown, ${with_} breaches; ${without} without complementary suppression.\n`,
  );
  expect(with_).toBe(0);
  expect(without).toBeGreaterThan(0);
  expect(shown).toBeGreaterThan(100);
});
