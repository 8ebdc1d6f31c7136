/** Growth of the same shops, as officials are told it over real HTTP: once the months that it is against are released, beside them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { leaverPieceOf } from '@beltline/api/releases/leaver-holdings.js';
import type { ReleasedArea } from '@beltline/contract';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import {
  areasIn,
  beltsOf,
  type Cookie,
  LATEST,
  LINES,
  type Readers,
  releasedTo,
  startReleased,
} from './releases-kit.ts';
import { breachesOfShares, soldInBoth } from './release-shares-kit.ts';

const BEFORE = '2023-03';
/** Of three owners one comes, one goes, and one sells in both. */
const kindOf = (merchant: string) => Number(/^o\d+-(\d+)/.exec(merchant)?.[1] ?? 0) % 3;
const lines = LINES.filter(({ day }) => !day.startsWith('2024-02')).filter(({ day, merchant }) =>
  day.startsWith(BEFORE) ? kindOf(merchant) !== 1 : kindOf(merchant) !== 0,
);

let api: RunningApi;
let headers: Readers;
beforeAll(async () => {
  ({ api, headers } = await startReleased(lines));
  for (let tries = 0; !(await released(LATEST, headers.strategist)).nation.carriers?.sameStore; tries++) {
    if (tries > 600) throw new Error('leavers are never told');
    await sleep(200);
  }
}, 900_000);
afterAll(() => api?.close());

const released = (month: string, as: Cookie) => releasedTo(api, month, as);

/** By a loop over the lines. */
function truthOf(inArea: (belt: string) => boolean) {
  const all = soldInBoth(lines, BEFORE, inArea);
  const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0);
  const [left, base] = [sum(({ now, before }) => (now === 0 ? before : 0)), sum(({ before }) => before)];
  return {
    leavers: left / base,
    growth: sum(({ now, before }) => (before === 0 ? 0 : now)) / (base - left) - 1,
  };
}

test('leavers are what the lines come to, and growth of the same shops follows as closely as shares are told', async () => {
  const answer = await released(LATEST, headers.strategist);
  const states = new Set<string>();
  let told = 0;
  for (const { area, cells, carriers } of areasIn(answer)) {
    const { leavers, growth } = carriers?.sameStore ?? {};
    const truth = truthOf(beltsOf(area));
    states.add(leavers?.state ?? 'none');
    if (leavers?.state === 'shown')
      expect(leavers.share.value).toBe(Math.round(1_000 * truth.leavers) / 1_000);
    else expect(leavers?.share.value).toBeNull();
    if (growth?.value == null) continue;
    told += 1;
    expect(Math.abs(growth.value - truth.growth)).toBeLessThan(0.0055);
    // It rests on figures that are told.
    expect([cells[0]?.growth.flag, leavers?.state, carriers?.shares[0]?.state]).toEqual([
      'final',
      'shown',
      'shown',
    ]);
  }
  expect([...states]).toEqual(expect.arrayContaining(['shown', 'suppressed']));
  expect(told).toBeGreaterThan(0);
});

test('of a month whose year before is not released nothing is told of it', async () => {
  for (const { carriers } of areasIn(await released(BEFORE, headers.strategist)))
    expect(carriers?.sameStore).toBeUndefined();
});

test('officials are told what the strategist is, and of who nothing', async () => {
  const everything = await released(LATEST, headers.strategist);
  const byId = new Map(areasIn(everything).map((one) => [`${one.area.level}:${one.area.id}`, one.carriers]));
  for (const as of [headers.zhejiang, headers.guangdong])
    for (const { area, carriers } of areasIn(await released(LATEST, as))) {
      expect(carriers).toEqual(byId.get(`${area.level}:${area.id}`));
      expect(JSON.stringify(carriers)).not.toMatch(/owner|seller|buyer|o\d-\d|unsafe|breach/i);
    }
});

test('nothing follows from the shares of two officials together, or of all, who are told every whole', async () => {
  const { zhejiang, guangdong, strategist } = headers;
  const answers = await Promise.all([zhejiang, guangdong, strategist].map((who) => released(LATEST, who)));
  const reader = api.engine.client('reader');
  const rows = await runQuery(
    reader,
    { source: 'regions', belts: 'everything', isSystem: true },
    queries.leaverHoldings,
    {
      ...{ data_version: 1, from: `${LATEST}-01`, to: '2024-04-01' },
      ...{ base_from: `${BEFORE}-01`, base_to: '2023-04-01' },
      ...{ earlier_from: `${BEFORE}-01`, earlier_to: `${BEFORE}-01` },
    },
  ).finally(() => reader.close());
  const holdings = rows
    .map((row) => leaverPieceOf(row, [BEFORE]))
    .flatMap(({ belt, combination, side, owners, values }) =>
      owners.map((owner, at) => {
        const [leftNew = 0, leftKnown = 0, stayedNew = 0, stayedKnown = 0] = values.map(
          (list) => list[at] ?? NaN,
        );
        // Nobody is known to be new where nothing is loaded before.
        expect([leftNew, stayedNew]).toEqual([0, 0]);
        return { ...{ belt, combination, side, owner }, values: [leftKnown, stayedKnown] };
      }),
    );
  const measure = {
    holdings,
    isTold: ({ carriers }: ReleasedArea) => carriers?.sameStore?.leavers.state === 'shown',
  };
  const { shown, ofOpenGate, ...found } = await breachesOfShares([measure], answers.map(areasIn));
  expect(found).toEqual({ ofTwo: 0, ofAll: 0 });
  expect(Math.min(shown, ofOpenGate)).toBeGreaterThan(0);
});
