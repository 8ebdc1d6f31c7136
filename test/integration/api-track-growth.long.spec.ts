/** Belts by their growth on several tracks: each figure is that of the ranking of its track, and what is asked for is what is shown. */
import type {
  GrowthByBeltAnswer,
  Problem,
  RankingUncertaintyAnswer,
  TrackGrowthAnswer,
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

const PERIOD = 'from=2023-09&to=2024-08';
const TRACKS = ['all', 'distribution', 'cross-border', 'custom', 'wholesale'];
const tell = (query = '') =>
  asked<TrackGrowthAnswer>(api, `/growth/by-track?${PERIOD}&tracks=${TRACKS.join()}${query}`);

test.each(['gmv', 'orders'])(
  'values, growth and intervals are those of the rankings, by %s',
  async (measure) => {
    const { rows, tracks, count } = await tell(`&measure=${measure}`);
    expect([tracks, count]).toEqual([TRACKS, Object.keys(PLANTED.belts).length]);
    let [found, foundAlone] = [0, 0];
    for (const [place, track] of TRACKS.entries()) {
      const query = `${PERIOD}&track=${track}&measure=${measure}`;
      const ranking = await asked<GrowthByBeltAnswer>(api, `/growth/by-belt?${query}`);
      const sure = await asked<RankingUncertaintyAnswer>(api, `/growth/by-belt/uncertainty?${query}`);
      for (const { belt, tracks: cells } of rows) {
        const row = ranking.rows.find((one) => one.belt.beltId === belt.beltId);
        const certainty = sure.rows.find((one) => one.belt.beltId === belt.beltId);
        expect(cells[place]?.value).toEqual(row?.compared.value);
        expect(cells[place]?.growth).toEqual(certainty?.growth);
        found += cells[place]?.finding ? 1 : 0;
        foundAlone += certainty?.finding ? 1 : 0;
      }
    }
    // Five lists are tested as one.
    expect(found).toBeGreaterThan(0);
    expect(foundAlone).toBeGreaterThan(0);
  },
);

test('rows are those of which every condition holds, in the order that is asked for', async () => {
  const whole = await tell();
  for (const [track, is] of [
    ['all', 'rises'],
    ['all', 'not-falls'],
    ['custom', 'not-rises'],
  ] as const) {
    const place = TRACKS.indexOf(track);
    const { rows, count } = await tell(`&where=${track}:${is}`);
    const wanted = whole.rows.filter(({ tracks }) => {
      const finding = tracks[place]?.finding ?? null;
      return is === 'rises' ? finding === 'rises' : finding !== is.slice(4);
    });
    expect(rows).toEqual(wanted);
    expect(count).toBe(whole.count);
  }
  expect((await tell('&where=all:rises,all:not-rises')).rows).toEqual([]);
  const { rows: byGrowth } = await tell('&sort=all&order=asc');
  const rates = byGrowth.flatMap(({ tracks }) => tracks[0]?.growth.value ?? []);
  expect(rates).toEqual([...rates].sort((a, b) => a - b));
  expect(new Set(byGrowth.map(({ belt }) => belt.beltId))).toEqual(
    new Set(whole.rows.map(({ belt }) => belt.beltId)),
  );
});

test.each([
  ['where=custom:soars', /where.0: is a track, a colon and one of rises, falls, not-rises, not-falls/],
  ['where=cross-border:rises&tracks=all,custom', /where and sort name tracks of the table/],
  ['sort=cross-border&tracks=all', /where and sort name tracks of the table/],
  ['tracks=', /tracks/],
])('%s is refused by name', async (query, said) => {
  const { status, body } = await api.get<Problem>(`/growth/by-track?${PERIOD}&${query}`);
  expect([status, JSON.stringify(body)]).toEqual([400, expect.stringMatching(said)]);
});
