import {
  type ContributionsAnswer,
  type GrowthAnswer,
  type GrowthByBeltAnswer,
  type Measure,
  MEASURES,
  type SeriesAnswer,
  type Track,
  TRACKS,
} from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { told } from '../fixtures/api/told.ts';
import { groupBy, type SeedLine, unitBits } from '../fixtures/rollups/naive.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/**
 * Random orders; every answer against a computation over the lines themselves that shares nothing with the product: no
 * rollup, no SQL, no combination arithmetic but the bits.
 */
const BELTS = ['a', 'b', 'c', 'd', 'e'];
/** Both provinces have a city of one name; the city of d and the goods of e are a belt each. */
const PLACES: Record<string, { province: string; city: string; category: string }> = {
  a: { province: '浙江省', city: '新城市', category: '面料' },
  b: { province: '浙江省', city: '新城市', category: '玩具' },
  c: { province: '广东省', city: '新城市', category: '面料' },
  d: { province: '广东省', city: '东莞市', category: '玩具' },
  e: { province: '浙江省', city: '义乌市', category: '小商品' },
  idle: { province: '河北省', city: '曲阳市', category: '石雕' },
};
const AREAS: readonly (readonly [query: string, level: string, belts: readonly string[]])[] = [
  ['', 'nation', [...BELTS, '']],
  ['belt=b', 'belt', ['b']],
  ['province=浙江省', 'province', ['a', 'b', 'e']],
  ['province=广东省', 'province', ['c', 'd']],
  ['province=河北省', 'province', ['idle']],
  ['province=浙江省&city=新城市', 'city', ['a', 'b']],
  ['province=广东省&city=新城市', 'city', ['c']],
  ['category=面料', 'category', ['a', 'c']],
  ['category=玩具', 'category', ['b', 'd']],
];
const DATA_THROUGH = '2024-03-11';
const SEEDS = [1, 2];
const lines = new Map<string, SeedLine[]>();

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  for (const seed of SEEDS) {
    const own = [
      // The first and the last day hold an order each, so that the loaded range is what is expected below.
      ...randomLines({ seed, orders: 700, belts: BELTS, firstDay: '2022-01-01', days: 801 }),
      ...['2022-01-01', DATA_THROUGH].map((day) => ({
        order: `x${day}`,
        merchant: 'm0',
        buyer: 'b0',
        belt: 'a',
        day,
        combination: 64,
        pieces: 1,
        gmv: 100,
        refund: 0,
      })),
    ];
    lines.set(`random${seed}`, own);
    await seedVersion(api.loader, {
      source: `random${seed}`,
      version: seed,
      lines: own,
      belts: Object.entries(PLACES).map(([id, place]) => ({ id, zh: id, en: id, ...place })),
      dataThrough: DATA_THROUGH,
    });
  }
});
afterAll(() => api?.close());

const BITS: Record<Track, (bits: number) => boolean> = {
  all: () => true,
  wholesale: (bits) => (bits & 64) > 0,
  distribution: (bits) => (bits & 1) > 0,
  'cross-border': (bits) => (bits & 2) > 0,
  'overseas-local': (bits) => (bits & 32) > 0,
  custom: (bits) => (bits & 4) > 0,
  'factory-brand': (bits) => (bits & 8) > 0,
  offline: (bits) => (bits & 16) > 0,
};

/** A measure of some lines on one track, straight from the lines, in hundredths. */
function naive(own: readonly SeedLine[], measure: Measure, isIn: (bits: number) => boolean): number {
  const units = { orders: 'order', merchants: 'merchant', buyers: 'buyer' } as const;
  if (measure in units) return unitBits(own, units[measure as keyof typeof units]).filter(isIn).length * 100;
  const total = (value: (line: SeedLine) => number) =>
    own.filter((line) => isIn(line.combination)).reduce((sum, line) => sum + value(line), 0);
  if (measure === 'pieces') return total((line) => line.pieces) * 100;
  return total((line) => (measure === 'gmv' ? line.gmv : line.gmv - line.refund));
}

/** Days of a period and of its baseline, written out. */
const PERIODS = [
  {
    query: 'from=2023-07&to=2023-07',
    now: ['2023-07-01', '2023-07-31'],
    base: ['2022-07-01', '2022-07-31'],
    whole: true,
  },
  {
    query: 'from=2023-01&to=2023-12',
    now: ['2023-01-01', '2023-12-31'],
    base: ['2022-01-01', '2022-12-31'],
    whole: true,
  },
  {
    query: 'from=2023-03&to=2024-02',
    now: ['2023-03-01', '2024-02-29'],
    base: ['2022-03-01', '2023-02-28'],
    whole: true,
  },
  {
    query: 'from=2023-05&to=2023-07&comparison=previous',
    now: ['2023-05-01', '2023-07-31'],
    base: ['2023-02-01', '2023-04-30'],
    whole: true,
  },
  {
    query: 'from=2024-01&to=2024-03',
    now: ['2024-01-01', '2024-03-11'],
    base: ['2023-01-01', '2023-03-11'],
    whole: false,
  },
  {
    query: 'from=2024-02&to=2024-03&comparison=previous',
    now: ['2024-02-01', '2024-03-11'],
    base: ['2023-12-01', '2024-01-09'],
    whole: false,
  },
] as const;

const cases = SEEDS.flatMap((seed) =>
  PERIODS.map((period) => [`random${seed}`, period.query, period] as const),
);
const between = (own: readonly SeedLine[], [from, to]: readonly [string, string]) =>
  own.filter((line) => line.day >= from && line.day <= to);
const cents = (value: number | null) => (value === null ? null : Math.round(value * 100));

describe.each(cases)('%s %s', (source, query, { now, base, whole }) => {
  const sides = (belts: readonly string[]) => {
    const own = (lines.get(source) ?? []).filter((line) => belts.includes(line.belt));
    return [between(own, now), between(own, base)] as const;
  };
  const ask = async <T>(path: string) => {
    const { status, body } = await api.get<T>(
      `${path}${path.includes('?') ? '&' : '?'}source=${source}&${query}`,
    );
    expect(status).toBe(200);
    return body;
  };
  const isKnown = (measure: Measure) => whole || (measure !== 'merchants' && measure !== 'buyers');

  test.each(AREAS)('growth of every track by every measure: %s', async (area, level, belts) => {
    const answer = await ask<GrowthAnswer>(`/growth?${encodeURI(area)}`);
    expect(answer.area).toMatchObject({ level, belts: level === 'nation' ? 6 : belts.length });
    const [period, baseline] = sides(belts);
    for (const { track, measures } of answer.tracks) {
      for (const measure of MEASURES) {
        const known = isKnown(measure);
        expect([
          track,
          measure,
          cents(measures[measure]?.value.value ?? null),
          cents(measures[measure]?.baseline.value ?? null),
        ]).toEqual([
          track,
          measure,
          known ? naive(period, measure, BITS[track]) : null,
          known ? naive(baseline, measure, BITS[track]) : null,
        ]);
      }
    }
  });

  test('ranking by belt', async () => {
    for (const [track, measure] of [
      ['all', 'gmv'],
      ['custom', 'merchants'],
      ['distribution', 'buyers'],
      ['wholesale', 'orders'],
    ] as const) {
      const answer = await ask<GrowthByBeltAnswer>(`/growth/by-belt?track=${track}&measure=${measure}`);
      expect(answer.rows.map((row) => row.belt.beltId).sort()).toEqual([...BELTS, 'idle']);
      for (const { belt, compared } of answer.rows) {
        const [period, baseline] = sides([belt.beltId]);
        const expected = isKnown(measure)
          ? [naive(period, measure, BITS[track]), naive(baseline, measure, BITS[track])]
          : [null, null];
        expect([
          belt.beltId,
          track,
          measure,
          cents(compared.value.value),
          cents(compared.baseline.value),
        ]).toEqual([belt.beltId, track, measure, ...expected]);
      }
    }
  });

  test.each(['', 'province=浙江省', 'category=玩具'])(
    'contributions add up, to the cent: %s',
    async (area) => {
      for (const by of ['belt', 'combination']) {
        for (const measure of ['orders', 'pieces', 'gmv', 'net-gmv', 'merchants'] as const) {
          for (const track of ['all', 'custom', 'wholesale', 'overseas-local'] as const) {
            for (const limit of [1, 3, 200]) {
              const answer = await ask<ContributionsAnswer>(
                `/contributions?by=${by}&measure=${measure}&track=${track}&limit=${limit}&${encodeURI(area)}`,
              );
              const [total, parts] = [told(answer.total), answer.parts.map(told)];
              if (!isKnown(measure)) {
                expect([total.value, parts]).toEqual([null, []]);
                continue;
              }
              const sum = (of: (part: (typeof parts)[number]) => number | null) =>
                parts.reduce((all, part) => all + (cents(of(part)) ?? 0), 0);
              expect([
                sum((part) => part.value),
                sum((part) => part.baseline),
                sum((part) => part.change),
              ]).toEqual([cents(total.value), cents(total.baseline), cents(total.change)]);
              expect(
                parts.filter((part) => part.kind === 'belt' || part.kind === 'combination').length,
              ).toBeLessThanOrEqual(limit);
              if (total.rate === 'base-too-small') {
                expect(parts.every((part) => part.contribution === null)).toBe(true);
              } else if (total.growth !== null) {
                expect(parts.reduce((all, part) => all + (part.contribution ?? Number.NaN), 0)).toBeCloseTo(
                  total.growth,
                  9,
                );
              }
            }
          }
        }
      }
    },
  );

  test('each exclusive combination of merchants', async () => {
    if (!whole) return;
    const { parts } = await ask<ContributionsAnswer>('/contributions?by=combination&measure=merchants');
    const [period, baseline] = sides([...BELTS, '']);
    for (const part of parts) {
      const names = ['distribution', 'cross-border', 'custom', 'factory-brand', 'offline', '', 'wholesale'];
      const bits = names.reduce(
        (sum, track, index) => sum | (part.combination?.includes(track) ? 1 << index : 0),
        0,
      );
      const isIn = (own: number) => (own & (31 + 64)) === bits;
      expect([part.combination, part.value.value, part.baseline.value]).toEqual([
        part.combination,
        naive(period, 'merchants', isIn) / 100,
        naive(baseline, 'merchants', isIn) / 100,
      ]);
    }
  });
});

test.each(SEEDS.flatMap((seed) => AREAS.map(([area, , belts]) => [seed, area, belts] as const)))(
  'series of random%s: %s',
  async (seed, area, belts) => {
    const own = (lines.get(`random${seed}`) ?? []).filter((line) => belts.includes(line.belt));
    for (const grain of ['month', 'day'] as const) {
      for (const measure of MEASURES) {
        const { body } = await api.get<SeriesAnswer>(
          `/series?source=random${seed}&grain=${grain}&measure=${measure}&from=2023-02&to=2024-03&tracks=${TRACKS.join(',')}&${encodeURI(area)}`,
        );
        const bucketOf = (day: string) => (grain === 'day' ? day : `${day.slice(0, 7)}-01`);
        const buckets = groupBy(own, (line) => bucketOf(line.day));
        // What an incomplete month is compared with: its own days of a year ago.
        const clipped = own.filter((line) => line.day >= '2023-03-01' && line.day <= '2023-03-11');
        for (const { track, points } of body.lines) {
          // One comparison a line: there are a hundred thousand points.
          const answered = points.map(({ day, value, yearAgo }) => [
            day,
            cents(value.value),
            value.value === null ? null : cents(yearAgo.value),
          ]);
          const counted = points.map(({ day, value }) => {
            const isClipped = grain === 'month' && day === '2024-03-01';
            const mayLack = day > DATA_THROUGH || isClipped;
            if (value.value === null)
              return mayLack ? [day, null, null] : [day, 'a value', 'and that of a year ago'];
            const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4).replace('02-29', '02-28')}`;
            return [
              day,
              naive(buckets.get(day) ?? [], measure, BITS[track]),
              naive(isClipped ? clipped : (buckets.get(before) ?? []), measure, BITS[track]),
            ];
          });
          expect([track, answered]).toEqual([track, counted]);
        }
      }
    }
  },
);
