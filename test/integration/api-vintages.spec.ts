import type {
  BeltsAnswer,
  DefinitionsAnswer,
  FestivalAnswer,
  LineageAnswer,
  Problem,
  RecoveryAnswer,
} from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { PLACED_BELTS, SELLING_BELTS } from '../fixtures/rollups/areas.ts';
import { monthDay } from '../fixtures/rollups/naive.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/**
 * Two versions of one source, the second published on 13 February in Shanghai while it was still the 12th in London.
 * It corrects months, reaches further, and brings a belt, a province and merchants along.
 */
const shape = { orders: 400, belts: SELLING_BELTS, firstDay: '2022-01-01' };
const FIRST = {
  ...{ source: 'demo', version: 3, belts: PLACED_BELTS, publishedAt: '2025-02-10 03:00:00.000' },
  ...{ lines: randomLines({ ...shape, seed: 1, days: 805 }), dataThrough: '2024-03-15' },
};
const newcomer = { id: 'new', zh: '新', en: 'New', province: '江苏省', city: '苏州市', category: '面料' };
const corrected = randomLines({ ...shape, seed: 2, belts: [...SELLING_BELTS, 'new'], days: 850 });
const SECOND = {
  ...{
    source: 'demo',
    version: 4,
    belts: [...PLACED_BELTS, newcomer],
    publishedAt: '2025-02-12 17:30:00.000',
  },
  ...{ lines: corrected.filter(({ day }) => monthDay(day) >= '2023-11-01'), dataThrough: '2024-04-29' },
};

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  // What was answered before the second version: a source of its own, so that nothing kept for one serves the other.
  await seedVersion(api.loader, { ...FIRST, source: 'then', version: 5 });
  await seedVersion(api.loader, FIRST);
  await seedVersion(api.loader, SECOND);
});
afterAll(() => api?.close());

const ENDS = 'from=2023-11&to=2024-02';
const QUESTIONS = [
  ...['', 'belt=a', 'province=浙江省', 'category=面料', 'belt=c&track=custom&measure=net-gmv'].map(
    (q) => `/recovery?${q}`,
  ),
  ...['', 'province=浙江省&city=绍兴市'].map((query) => `/recovery/festival?${query}`),
  ...['nation', 'province', 'city', 'category', 'belt'].map((level) => `/recovery/states?level=${level}`),
  '/recovery/states?month=2023-12&track=wholesale',
  '/recovery/clock?level=category',
  '/nowcast/backtest?belt=a',
  ...['/breadth?', '/breadth?belt=a', '/breadth?category=面料'],
  ...['margins', 'turnover', 'prices', 'concentration'].flatMap((path) =>
    ['', 'belt=b', 'category=面料'].map((query) => `/${path}?${ENDS}&${query}`),
  ),
  ...['', 'belt=b', 'province=浙江省'].map((query) => `/growth?${ENDS}&${query}`),
  `/growth/by-belt?${ENDS}&measure=merchants`,
  ...['by=belt', 'by=combination&belt=a'].map((query) => `/contributions?${ENDS}&${query}`),
  ...['grain=month', 'grain=day&belt=b'].map((query) => `/series?${ENDS}&${query}`),
];

interface Answered {
  readonly meta: { readonly dataVersion: number };
}
/** Owners are drawn by a hash of source and owner: two sources draw them otherwise, and add them up in another order. */
const DRAWN = new Set(['probability', 'mostProbable']);
const ENDS_OF_INTERVALS = new Set(['low', 'high']);
/** Everything but what names source and version, or hangs on the source's name, byte for byte. */
const bytes = ({ meta, ...answer }: Answered) =>
  JSON.stringify([answer, { ...meta, source: '', dataVersion: 0 }], (key, value: unknown) => {
    if (DRAWN.has(key)) return undefined;
    return ENDS_OF_INTERVALS.has(key) && typeof value === 'number' ? value.toPrecision(9) : value;
  });
const at = (question: string, source: string, asOf?: string) =>
  asked<Answered>(api, `${question}&source=${source}${asOf ? `&asOf=${asOf}` : ''}`);

test.each(QUESTIONS)('as of the day before, %s answers as it did then', async (question) => {
  const then = await at(question, 'then');
  const again = await at(question, 'demo', '2025-02-12');
  expect(again.meta.dataVersion).toBe(3);
  expect(bytes(again)).toBe(bytes(then));
  const now = await at(question, 'demo');
  expect(now.meta).toMatchObject({
    dataVersion: 4,
    dataThrough: '2024-04-29',
    publishedAt: '2025-02-12T17:30:00.000Z',
  });
  expect(bytes(now)).not.toBe(bytes(then));
});

test.each(['/recovery?belt=a', '/breadth?', `/prices?${ENDS}`, '/recovery/states?level=city'])(
  'the day of publication and any later one read the newest version: %s',
  async (question) => {
    const now = JSON.stringify(await at(question, 'demo'));
    for (const asOf of ['2025-02-13', '2099-12-31', '2149-06-06', '9999-12-31']) {
      expect([asOf, JSON.stringify(await at(question, 'demo', asOf))]).toEqual([asOf, now]);
    }
  },
);

test('lineage names the loads behind the figures in view, and none that came after them', async () => {
  const batches = async (asOf = '') =>
    (await asked<LineageAnswer>(api, `/lineage?source=demo&${ENDS}${asOf}`)).batches.map(
      ({ batchId }) => batchId,
    );
  expect(await batches()).toEqual([4]);
  expect(await batches('&asOf=2025-02-12')).toEqual([3]);
  expect((await api.get(`/lineage?source=demo&${ENDS}&asOf=2024-12-31`)).status).toBe(400);
});

test('every figure of every answer names a definition that there is', async () => {
  const { definitions } = await asked<DefinitionsAnswer>(api, '/definitions');
  const answers = await Promise.all(QUESTIONS.map((question) => at(question, 'demo')));
  const named = [...JSON.stringify(answers).matchAll(/"definition":"([^"]*)"/g)].map(([, id]) => id);
  const known = new Set(definitions.map(({ id }) => id));
  expect(named.length).toBeGreaterThan(100);
  expect([...new Set(named)].filter((id) => !known.has(id ?? ''))).toEqual([]);
});

test('growth over a festival with few orders in the one before is marked', async () => {
  const { years } = await asked<FestivalAnswer>(api, '/recovery/festival?source=then&belt=a');
  const { years: ofOrders } = await asked<FestivalAnswer>(
    api,
    '/recovery/festival?source=then&belt=a&measure=orders',
  );
  const before = ofOrders[1]?.values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  expect(before).toBeLessThan(30);
  expect(years.map(({ growth }) => growth.flag)).toEqual([
    'not-available',
    'base-too-small',
    'base-too-small',
  ]);
});

test('what the second version changed is seen as of its day, and a newcomer is unknown before', async () => {
  const [then, now] = [
    await asked<RecoveryAnswer>(api, '/recovery?asOf=2025-02-12'),
    await asked<RecoveryAnswer>(api, '/recovery'),
  ];
  expect(then.points.at(-1)?.month).toBe('2024-03');
  expect(now.points.at(-1)?.month).toBe('2024-04');
  expect((await asked<BeltsAnswer>(api, '/belts')).belts.map(({ beltId }) => beltId)).toContain('new');
  for (const [query, field] of [
    ['belt=new', 'belt'],
    ['province=江苏省', 'province'],
    ['province=江苏省&city=苏州市', 'city'],
  ]) {
    expect((await api.get(`/recovery?${query}`)).status).toBe(200);
    await expectRefusal(`/recovery?${query}&asOf=2025-02-12`, field ?? '');
  }
});

async function expectRefusal(path: string, field: string): Promise<void> {
  const { status, body, headers } = await api.get<Problem>(path);
  expect([path, status, body.code, body.issues?.map((issue) => issue.field)]).toEqual([
    path,
    400,
    'invalid-request',
    [field],
  ]);
  expect(headers.get('content-type')).toContain('application/problem+json');
}

const AREA_PATHS = [
  ...['/recovery?', '/recovery/festival?', '/breadth?', '/nowcast/backtest?'],
  ...['/margins?', '/turnover?', '/prices?', '/concentration?'].map((path) => `${path}${ENDS}&`),
];
describe.each([...AREA_PATHS, '/recovery/states?', '/recovery/clock?'])('%s refuses', (path) => {
  test.each([
    ['asOf=2025-02-09', 'asOf'], // before the first publication
    ['asOf=1970-01-01', 'asOf'],
    ['asOf=0001-01-01', 'asOf'],
    ['asOf=2025-02-30', 'asOf'],
    ['asOf=yesterday', 'asOf'],
    ['source=nowhere', 'source'],
    ['track=livestream', 'track'],
    ['colour=red', 'colour'],
  ])('%s', (query, field) => expectRefusal(`${path}${query}`, field));
});

describe.each(AREA_PATHS)('%s refuses the area', (path) => {
  test.each([
    ['belt=nowhere', 'belt'],
    ['belt=', 'belt'],
    ['province=nowhere', 'province'],
    ['province=浙江省&city=nowhere', 'city'],
    ['city=绍兴市', 'city'], // its province is missing
    ['province=河北省&city=绍兴市', 'city'], // a city of another province
    ['category=nothing', 'category'],
    ['belt=a&province=浙江省', 'province'],
    ['belt=a&category=面料', 'category'],
  ])('%s', (query, field) => expectRefusal(`${path}${query}`, field));
});

test.each([
  ['/recovery?measure=merchants', 'measure'],
  ['/recovery?reference=2021', 'reference'],
  ['/recovery?reference=2024', 'reference'], // not over yet
  ['/recovery?reference=2022.5', 'reference'],
  ['/recovery?reference=', 'reference'],
  ['/recovery/states?level=planet', 'level'],
  ['/recovery/states?month=2024-04', 'month'], // still running
  ['/recovery/states?month=2031-01', 'month'],
  ['/recovery/states?month=2021-12', 'month'],
  ['/recovery/states?month=2024-13', 'month'],
  ['/recovery?month=2024-04', 'month'],
  ['/recovery?month=2031-01', 'month'],
  ['/recovery?month=2024-13', 'month'],
  ['/recovery?asOf=2025-02-12&month=2024-03', 'month'],
  ['/recovery/states?reference=2030', 'reference'],
  ['/recovery/states?asOf=2025-02-12&month=2024-03', 'month'], // complete in the second version only
  ['/recovery/states?belt=a', 'belt'],
  ['/recovery/clock?months=0', 'months'],
  ['/recovery/clock?months=61', 'months'],
  ['/recovery/clock?months=two', 'months'],
  ['/recovery/clock?level=', 'level'],
  [`/prices?${ENDS}&measure=orders`, 'measure'],
  [`/prices?${ENDS}&track=custom`, 'track'],
  [`/turnover?${ENDS}&measure=pieces`, 'measure'],
  ['/turnover?from=2024-02&to=2023-11', 'from'],
  ['/margins?from=2031-01&to=2031-02', 'from,to'],
  ['/margins?from=2024-02', 'to'],
  [`/margins?${ENDS}&comparison=decade-ago`, 'comparison'],
  ['/breadth?measure=merchants', 'measure'],
  ['/breadth?from=2024-01', 'from'],
])('%s is refused by the name of %s', async (path, fields) => {
  const { status, body } = await api.get<Problem>(path);
  expect([status, body.issues?.map((issue) => issue.field).join(',')]).toEqual([400, fields]);
});
