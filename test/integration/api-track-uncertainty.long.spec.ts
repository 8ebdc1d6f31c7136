/** How sure growth by track and contributions of track combinations are, against a jackknife over the lines themselves. */
import type {
  ContributionsAnswer,
  ContributionsUncertaintyAnswer,
  GrowthAnswer,
  GrowthUncertaintyAnswer,
  SureFigure,
} from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { groupBy, type SeedLine, unitBits } from '../fixtures/rollups/naive.ts';
import { intervalOf, studentAt95 } from '../fixtures/rollups/naive-uncertainty.ts';
import { LINES, ownerOf, PLANTED } from '../fixtures/rollups/planted-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const BIT = { all: 0, wholesale: 64, distribution: 1, 'cross-border': 2, 'overseas-local': 32, custom: 4 };
type Asked = keyof typeof BIT;
/** Combinations of lines, by turns; in 2024 some of classic wholesale have turned custom. Overseas local users are a part of cross-border. */
const KINDS = { '2024': [64, 4, 64, 1, 5, 34], before: [64, 64, 64, 1, 5, 34] };
/** The largest owner of each belt is in none but wholesale, and every third has no order of distribution. */
const kindOf = (line: SeedLine, turn: number) => {
  const rank = Number(line.merchant.split('-')[1]);
  const kinds = line.day.startsWith('2024') ? KINDS['2024'] : KINDS.before;
  const kind = kinds[turn % 6] ?? 64;
  return rank === 0 || (rank % 3 === 0 && kind === 1) ? 64 : kind;
};
const SPREAD = LINES.map((line, turn) => ({ ...line, combination: kindOf(line, turn) }));
const PERIOD = 'source=planted&from=2024-06&to=2024-07';
const within = (lines: readonly SeedLine[], year: number) =>
  lines.filter(({ day }) => day >= `${year}-06` && day < `${year}-08`);
const gmvOf = (lines: readonly SeedLine[]) => lines.reduce((sum, { gmv }) => sum + gmv, 0);
const ordersOf = (lines: readonly SeedLine[]) => new Set(lines.map(({ order }) => order)).size;

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_MIN_BASE: '10' } });
  await seedVersion(api.loader, { ...PLANTED, lines: SPREAD });
  await seedVersion(api.loader, {
    ...PLANTED,
    source: 'part',
    version: 2,
    lines: PART,
    dataThrough: '2024-08-17',
  });
});
afterAll(() => api?.close());
/** Its last month ends on the 17th. */
const PART = SPREAD.filter(({ day }) => day <= '2024-08-17');
const ask = <T>(path: string) => asked<T>(api, path);
const ownersOf = (belt: string | null) => [
  ...groupBy(
    SPREAD.filter((line) => belt === null || line.belt === belt),
    (line) => ownerOf(line.merchant),
  ).values(),
];

/** Merchants of one owner by the tracks that each is active in over a period. */
const merchantsIn = (lines: readonly SeedLine[], isOf: (bits: number) => boolean) =>
  unitBits(lines, 'merchant').filter(isOf).length;

/** Whether there are owners enough, by what each sold in both periods. */
function isEnough(pairs: readonly (readonly [number, number])[]) {
  const sizes = pairs.map(([now, before]) => now + before).filter((size) => size > 0);
  const total = (power: number) => sizes.reduce((all, size) => all + size ** power, 0);
  return sizes.length >= 20 && total(1) ** 2 / total(2) >= 10;
}

function expectInterval(figure: SureFigure | undefined, name: unknown[], low: number, high: number) {
  expect([...name, figure?.uncertaintyReason, figure?.uncertainty?.low, figure?.uncertainty?.high]).toEqual([
    ...name,
    null,
    expect.closeTo(low, 4),
    expect.closeTo(high, 4),
  ]);
}

test.each([null, 'null', 'surge', 'fall'])(
  'growth by track of %s has the intervals of its owners',
  async (belt) => {
    const area = belt === null ? '' : `&belt=${belt}`;
    const answer = await ask<GrowthUncertaintyAnswer>(`/growth/uncertainty?${PERIOD}${area}`);
    const headline = await ask<GrowthAnswer>(`/growth?${PERIOD}${area}`);
    const owners = ownersOf(belt);
    let told = 0;
    for (const track of Object.keys(BIT) as Asked[]) {
      const bit = BIT[track];
      const row = answer.tracks.find((one) => one.track === track)?.measures;
      const shown = headline.tracks.find((one) => one.track === track)?.measures;
      const isOf = (bits: number) => bit === 0 || (bits & bit) !== 0;
      const on = (lines: readonly SeedLine[]) => lines.filter(({ combination }) => isOf(combination));
      const flows = { orders: ordersOf, gmv: gmvOf } as const;
      for (const measure of ['orders', 'gmv'] as const) {
        const growth = shown?.[measure]?.growth.value as number;
        expect(row?.[measure]?.value).toBe(growth);
        const pairs = owners.map((lines): [number, number] => [
          flows[measure](on(within(lines, 2024))),
          flows[measure](on(within(lines, 2023))),
        ]);
        if (!isEnough(pairs)) {
          expect([track, measure, row?.[measure]?.uncertaintyReason]).toEqual([
            track,
            measure,
            'too-few-owners',
          ]);
          continue;
        }
        told++;
        const truth = intervalOf(pairs, 1 + growth);
        expectInterval(row?.[measure], [track, measure], truth.low - 1, truth.high - 1);
      }
      const growth = shown?.merchants?.growth.value as number;
      const truth = intervalOf(
        [
          ...owners.map((lines): [number, number] => [
            merchantsIn(within(lines, 2024), isOf),
            merchantsIn(within(lines, 2023), isOf),
          ]),
          // One who came and one who left.
          [1, 0],
          [0, 1],
        ],
        1 + growth,
      );
      expectInterval(row?.merchants, [track, 'merchants'], truth.low - 1, truth.high - 1);
    }
    expect(told).toBeGreaterThan(belt === null ? 5 : 10);
  },
);

test('buyers have no interval, of too few owners nothing has, and what was not asked for is not told', async () => {
  const thin = await ask<GrowthUncertaintyAnswer>(
    `/growth/uncertainty?${PERIOD}&belt=thin&measures=gmv,merchants,buyers`,
  );
  expect(thin.tracks).toHaveLength(8);
  const whole = thin.tracks[0]?.measures;
  expect(Object.keys(whole ?? {})).toEqual(['gmv', 'merchants', 'buyers']);
  expect(whole).toMatchObject({
    gmv: { value: expect.any(Number), uncertainty: null, uncertaintyReason: 'too-few-owners' },
    merchants: { value: expect.any(Number), uncertainty: null, uncertaintyReason: 'too-few-owners' },
    buyers: { value: expect.any(Number), uncertainty: null, uncertaintyReason: 'buyers-of-many-owners' },
  });
});

test('without a baseline there is nothing to be sure of', async () => {
  const query = 'source=planted&from=2020-01&to=2020-01&measures=orders,merchants';
  const nothing = await ask<GrowthUncertaintyAnswer>(`/growth/uncertainty?${query}`);
  expect(nothing.tracks[0]?.measures).toMatchObject({
    orders: { value: null, reason: 'no-baseline', uncertainty: null, uncertaintyReason: null },
    merchants: { value: null, uncertainty: null, uncertaintyReason: null },
  });
});

test('of part of a month sums have the interval of its share of days, and merchants none', async () => {
  const query = 'source=part&belt=surge&from=2024-07&to=2024-08';
  const answer = await ask<GrowthUncertaintyAnswer>(`/growth/uncertainty?${query}&measures=orders,merchants`);
  const split = await ask<ContributionsUncertaintyAnswer>(
    `/contributions/uncertainty?${query}&measure=orders`,
  );
  expect(answer.meta.period.complete).toBe(false);
  const [all] = answer.tracks;
  expect(all?.measures.merchants).toMatchObject({ value: null, reason: 'part-month', uncertainty: null });
  expect(all?.measures.orders).toEqual(split.total);
  const owners = [
    ...groupBy(
      PART.filter(({ belt }) => belt === 'surge'),
      ({ merchant }) => ownerOf(merchant),
    ),
  ];
  const inPart = (lines: readonly SeedLine[]) =>
    [...groupBy(lines, ({ merchant, combination }) => `${merchant} ${combination}`).values()].reduce(
      (sum, own) => sum + Math.round((64 * own.length * 17) / 31) / 64,
      0,
    );
  const truth = intervalOf(
    owners.map(([, lines]): [number, number] => {
      const month = (of: string) => lines.filter(({ day }) => day.startsWith(of));
      return [
        // All that is known of the month.
        month('2024-07').length + month('2024-08').length,
        month('2023-07').length + inPart(month('2023-08')),
      ];
    }),
    1 + (all?.measures.orders?.value as number),
  );
  expect(all?.measures.orders?.uncertainty?.low).toBeCloseTo(truth.low - 1, 4);
  expect(all?.measures.orders?.uncertainty?.high).toBeCloseTo(truth.high - 1, 4);
});

test.each([
  ['gmv', null, 'all'],
  ['orders', 'surge', 'all'],
  ['merchants', null, 'all'],
  ['gmv', 'fall', 'custom'],
])(
  'contributions by combination of %s, belt %s, track %s have the intervals of its owners',
  async (measure, belt, track) => {
    const query = `${PERIOD}&measure=${measure}&track=${track}${belt === null ? '' : `&belt=${belt}`}`;
    const answer = await ask<ContributionsUncertaintyAnswer>(`/contributions/uncertainty?${query}`);
    const split = await ask<ContributionsAnswer>(`/contributions?by=combination&${query}`);
    expect(answer.parts.map(({ combination }) => combination)).toEqual(
      split.parts.map(({ combination }) => combination),
    );
    expect(answer.total.value).toBe(split.total.growth.value);
    const owners = ownersOf(belt);
    const isInTrack = (bits: number) => track === 'all' || (bits & BIT[track as Asked]) !== 0;
    const valueOf = (lines: readonly SeedLine[], isOf: (bits: number) => boolean) => {
      if (measure === 'merchants') return merchantsIn(lines, isOf);
      const those = lines.filter(({ combination }) => isOf(combination));
      return measure === 'gmv' ? gmvOf(those) : ordersOf(those);
    };
    const exclusive = (bits: number) => bits & ~32;
    const passers: [number, number][] =
      measure === 'merchants'
        ? [
            [1, 0],
            [0, 1],
          ]
        : [];
    const pairsOf = (isOf: (bits: number) => boolean) => [
      ...owners.map((lines): [number, number] => [
        valueOf(within(lines, 2024), isOf),
        valueOf(within(lines, 2023), isOf),
      ]),
      ...passers,
    ];
    const whole = pairsOf(isInTrack);
    const sum = (pairs: readonly [number, number][], of: (pair: [number, number]) => number) =>
      pairs.reduce((total, pair) => total + of(pair), 0);
    const base = sum(whole, ([, before]) => before);
    const active = whole.filter(([now, before]) => now + before > 0).length;
    let told = 0;
    for (const [index, { combination, contribution }] of split.parts.entries()) {
      const found = answer.parts[index]?.contribution;
      expect(found?.value).toBe(contribution.value);
      const isOf = (bits: number) =>
        isInTrack(bits) && namesOf(exclusive(bits)) === (combination ?? []).join('+');
      const pairs = pairsOf(isOf);
      if (!isEnough(pairs.slice(0, owners.length))) {
        expect([combination, found?.uncertaintyReason]).toEqual([combination, 'too-few-owners']);
        continue;
      }
      told++;
      const change = sum(pairs, ([now, before]) => now - before);
      const rate = change / base;
      const moved = pairs.map(
        ([now, before], owner) => (change - (now - before)) / (base - (whole[owner]?.[1] ?? 0)) - rate,
      );
      const power = (exponent: number) => moved.reduce((all, one) => all + one ** exponent, 0);
      const error = Math.sqrt((power(2) * (active - 1)) / active);
      const half = error * studentAt95(Math.max(2, (2 * power(2) ** 2) / power(4)));
      const value = contribution.value as number;
      expectInterval(found, [combination], value - half, value + half);
    }
    expect(told).toBeGreaterThan(1);
  },
);

/** Names of a combination, as the answer spells them. */
const namesOf = (bits: number) =>
  (
    [
      [64, 'wholesale'],
      [1, 'distribution'],
      [2, 'cross-border'],
      [4, 'custom'],
    ] as const
  )
    .flatMap(([bit, name]) => (bits & bit ? [name] : []))
    .join('+');

test('the rest beyond the limit has the interval of all that is in it', async () => {
  const query = `${PERIOD}&measure=gmv&limit=2`;
  const answer = await ask<ContributionsUncertaintyAnswer>(`/contributions/uncertainty?${query}`);
  const whole = await ask<ContributionsUncertaintyAnswer>(`/contributions/uncertainty?${PERIOD}&measure=gmv`);
  const rest = answer.parts.find(({ kind }) => kind === 'rest')?.contribution;
  const named = new Set(answer.parts.map(({ combination }) => combination?.join('+')));
  const others = whole.parts.filter(({ combination }) => !named.has(combination?.join('+')));
  expect(others.length).toBeGreaterThan(1);
  const sum = others.reduce((total, { contribution }) => total + (contribution.value ?? 0), 0);
  expect(rest?.value).toBeCloseTo(sum, 12);
  const { low = NaN, high = NaN } = rest?.uncertainty ?? {};
  expect((low + high) / 2).toBeCloseTo(sum, 9);
  const widest = Math.max(
    ...others.map(({ contribution: { uncertainty } }) => (uncertainty?.high ?? 0) - (uncertainty?.low ?? 0)),
  );
  expect(high - low).toBeGreaterThan(widest / 2);
  expect(answer.total).toEqual(whole.total);
});

test('parts by belt are asked for elsewhere', async () => {
  const { status } = await api.get(`/contributions/uncertainty?${PERIOD}&by=belt`);
  expect(status).toBe(400);
});
