/** Areas side by side: what each is told by itself, what is planted found, and where nothing happens nothing said. */
import type {
  DifferencesAnswer,
  PriceDifferencesAnswer,
  Problem,
  RecoveryAnswer,
  RecoveryVolumeAnswer,
} from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { PLANTED } from '../fixtures/rollups/planted-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await seedVersion(api.loader, PLANTED);
});
afterAll(() => api?.close());

const tell = (areas: string, more = '') =>
  asked<DifferencesAnswer>(api, `/recovery/differences?areas=${encodeURIComponent(areas)}${more}`);
const idOf = ({ level, id }: { level: string; id: string }) => `${level}:${id}`;
const NAMED = ['null', 'surge', 'fall', 'thin'].map((belt) => `belt:${belt}`);

test('each area has the state and the figures of its own page, in the order asked for', async () => {
  const areas = ['belt:surge', 'nation', 'belt:null'];
  for (const month of ['2024-08', '2024-02']) {
    const answer = await tell(areas.join(), `&month=${month}`);
    expect(answer.areas.map(({ area }) => (area.level === 'nation' ? 'nation' : idOf(area)))).toEqual(areas);
    expect(answer.month).toBe(month);
    for (const { area, against: _, ...state } of answer.areas) {
      const query = area.level === 'nation' ? '' : `belt=${area.id}&`;
      const own = await asked<RecoveryAnswer>(api, `/recovery?${query}month=${month}`);
      expect(state).toEqual(own.state);
    }
  }
});

test('a difference is the figures less one another, told both ways, within its interval', async () => {
  const { areas } = await tell(NAMED.join());
  let told = 0;
  for (const one of areas)
    for (const other of areas.filter((area) => area !== one)) {
      const row = one.against.find(({ area }) => area.id === other.area.id);
      const back = other.against.find(({ area }) => area.id === one.area.id);
      for (const key of ['level', 'growth', 'breadth'] as const) {
        const [own, others] = [one[key], other[key]];
        if (own.value === null || others.value === null) expect(row?.[key].value).toBeNull();
        else expect(row?.[key].value).toBeCloseTo(own.value - others.value, 9);
        if (row?.[key].uncertainty == null) {
          expect([row?.[`${key}Finding`], row?.[key].uncertaintyReason ?? row?.[key].reason]).toEqual([
            null,
            expect.any(String),
          ]);
          continue;
        }
        told++;
        const { low, high } = row[key].uncertainty;
        expect(low).toBeLessThan(row[key].value as number);
        expect(high).toBeGreaterThan(row[key].value as number);
        expect(back?.[key].uncertainty?.low).toBeCloseTo(-high, 9);
        // A finding is never one that the interval holds to be nothing.
        if (row[`${key}Finding`] === 'more') expect(low).toBeGreaterThan(0);
        if (row[`${key}Finding`] === 'less') expect(high).toBeLessThan(0);
      }
    }
  expect(told).toBeGreaterThan(8);
});

test('planted growth and fall are found; of owners too few nothing is', async () => {
  const { areas, falseDiscoveryRate } = await tell(NAMED.join());
  const against = (id: string, other: string) =>
    areas.find(({ area }) => area.id === id)?.against.find(({ area }) => area.id === other);
  expect(falseDiscoveryRate).toBe(0.1);
  expect(against('surge', 'null')).toMatchObject({ growthFinding: 'more', levelFinding: 'more' });
  expect(against('fall', 'null')).toMatchObject({ growthFinding: 'less', levelFinding: 'less' });
  expect(against('fall', 'surge')?.growthFinding).toBe('less');
  expect(against('thin', 'surge')).toMatchObject({
    growthFinding: null,
    growth: { uncertainty: null, uncertaintyReason: 'too-few-owners' },
  });
});

test('a province that holds all there is is no different from the nation, although both have intervals', async () => {
  const { areas } = await tell('nation,province:浙江省');
  expect(areas.map(({ growth }) => growth.uncertainty === null)).toEqual([false, false]);
  const row = areas[0]?.against[0];
  expect(row).toMatchObject({ growth: { value: 0 }, growthFinding: null, levelFinding: null });
  // The same owners move both: what is left is that growth reaches further up than down, far less than either interval.
  const { value, uncertainty } = areas[0]?.growth ?? {};
  const reach = (uncertainty?.high ?? NaN) - (value ?? NaN);
  expect(row?.growth.uncertainty?.high ?? NaN).toBeLessThan(0.25 * reach);
});

test('prices are those of the state by volume, and differ by as much', async () => {
  const prices = await asked<PriceDifferencesAnswer>(
    api,
    `/recovery/differences/prices?areas=belt:null,belt:surge`,
  );
  expect(prices.areas).toHaveLength(2);
  for (const { area, price } of prices.areas) {
    const { volume } = await asked<RecoveryVolumeAnswer>(api, `/recovery/volume?belt=${area.id}`);
    expect(price).toEqual(volume?.priceOfYear);
  }
  const byOrders = '/recovery/differences/prices?areas=belt:null,belt:surge&measure=orders';
  expect((await asked<PriceDifferencesAnswer>(api, byOrders)).areas).toEqual([]);
});

test.each([
  ['none', '', /is a level, a colon and an id/],
  ['no level', 'surge', /is a level, a colon and an id/],
  ['a belt that is not there', 'belt:surge,belt:nowhere', /there is no area belt:nowhere/],
  ['a city that is not there', 'city:浙江省/nowhere', /there is no area city/],
  ['one of them twice', 'belt:surge,belt:surge', /twice/],
  [
    'too many',
    ['nation', ...['null', 'surge', 'fall', 'few', 'thin', 'joined'].map((id) => `belt:${id}`)].join(),
    /6/,
  ],
  ['a name that is no writing', 'category:%25E0%25A4%25A', /there is no area/],
])('what cannot be compared is refused by name: %s', async (_, areas, says) => {
  const { status, body } = await api.get<Problem>(
    `/recovery/differences?areas=${areas.includes('%25') ? areas : encodeURIComponent(areas)}`,
  );
  expect(status).toBe(400);
  expect(body.issues?.[0]?.field).toMatch(/^areas/);
  expect(body.issues?.map(({ message }) => message).join()).toMatch(says);
});
