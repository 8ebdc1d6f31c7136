/** Who carries growth, as officials are told it over real HTTP: newcomers and breadth of orders of which some sellers are new. */
import { breadthPiecesOf, newcomerPieceOf } from '@beltline/api/releases/carrier-holdings.js';
import type { HeldPiece } from '@beltline/api/releases/gate-messages.js';
import { CARRIER_MEASURES, type ReleasedArea } from '@beltline/contract';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import {
  areasIn,
  BELTS,
  beltsOf,
  type Cookie,
  holdingsOf,
  LATEST,
  LINES,
  type Readers,
  releasedTo,
  startReleased,
} from './releases-kit.ts';
import { found, onesOf } from './outsider-kit.ts';
import { breachesOfShares, soldInBoth } from './release-shares-kit.ts';

const BEFORE = '2023-03';
const DEAD_BAND = 0.02;
/** The later half of the sellers of each belt sold nothing a year before. */
const isFresh = (merchant: string) => {
  const [, no = '0'] = /^o\d+-(\d+)/.exec(merchant) ?? [];
  return Number(no) > 4;
};
const lines = LINES.filter(({ day }) => !day.startsWith('2024-02')).filter(
  ({ day, merchant }) => !(day.startsWith(BEFORE) && isFresh(merchant)),
);

let api: RunningApi;
let headers: Readers;
beforeAll(async () => {
  ({ api, headers } = await startReleased(lines));
}, 900_000);
afterAll(() => api?.close());

const released = (month: string, as: Cookie) => releasedTo(api, month, as);

/** By a loop over the lines: of each owner in a belt what they sold now and before. */
function truthOf(inArea: (belt: string) => boolean) {
  const all = soldInBoth(lines, BEFORE, inArea);
  const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0);
  const risen = sum(({ now, before }) => {
    const isSame = Math.abs(now - before) <= (DEAD_BAND * (now + before)) / 2;
    return isSame ? 0.5 : Number(now > before);
  });
  return {
    newcomers: sum(({ now, before }) => (before === 0 ? now : 0)) / sum(({ now }) => now),
    breadth: risen / all.length,
  };
}

test('shares are what the lines come to, and where growth is told both parts of it add up', async () => {
  const [answer, base] = [
    await released(LATEST, headers.strategist),
    await released(BEFORE, headers.strategist),
  ];
  const before = new Map(areasIn(base).map((one) => [`${one.area.level}:${one.area.id}`, one.cells[0]]));
  const states = new Set<string>();
  let parts = 0;
  for (const { area, cells, carriers } of areasIn(answer)) {
    const [all] = cells;
    const truth = truthOf(beltsOf(area));
    expect(carriers?.shares.map(({ measure }) => measure)).toEqual(CARRIER_MEASURES);
    for (const { measure, state, share } of carriers?.shares ?? []) {
      states.add(`${measure} ${state}`);
      if (all?.state !== 'shown') expect(state).toBe(all?.state);
      expect(share.value).toBe(state === 'shown' ? Math.round(1_000 * truth[measure]) / 1_000 : null);
    }
    const [newcomers] = carriers?.shares ?? [];
    const { fromNewcomers, fromOthers } = carriers ?? {};
    // On a base that is too small nothing is told of where growth came from.
    const growth = all?.growth.flag === 'final' ? all.growth.value : null;
    if (newcomers?.share.value == null || growth === null) {
      expect([fromNewcomers?.value, fromOthers?.value]).toEqual([null, null]);
      continue;
    }
    parts += 1;
    const then = before.get(`${area.level}:${area.id}`)?.gmv.value ?? NaN;
    expect(fromNewcomers?.value).toBeCloseTo((newcomers.share.value * (all?.gmv.value ?? NaN)) / then, 9);
    expect((fromNewcomers?.value ?? NaN) + (fromOthers?.value ?? NaN)).toBeCloseTo(growth, 12);
  }
  expect([...states]).toEqual(
    expect.arrayContaining([
      'newcomers shown',
      'newcomers suppressed',
      'breadth shown',
      'breadth suppressed',
    ]),
  );
  expect(parts).toBeGreaterThan(0);
});

test('of a month whose year before is not loaded nothing is told', async () => {
  for (const area of areasIn(await released(BEFORE, headers.strategist)))
    expect(area).not.toHaveProperty('carriers');
});

test('nothing of who is told, and officials are told what the strategist is', async () => {
  const everything = await released(LATEST, headers.strategist);
  const byId = new Map(areasIn(everything).map((one) => [`${one.area.level}:${one.area.id}`, one.carriers]));
  for (const as of [headers.zhejiang, headers.guangdong]) {
    const answer = await released(LATEST, as);
    for (const { area, carriers } of areasIn(answer))
      expect(carriers).toEqual(byId.get(`${area.level}:${area.id}`));
    expect(JSON.stringify(answer).replaceAll(/"(repeat-buyers|largest-sellers)"/g, '')).not.toMatch(
      /owner|seller|buyer|o\d-\d|unsafe/i,
    );
  }
});

test('nothing follows from the shares of two officials together, or of all, who are told every whole', async () => {
  const { zhejiang, guangdong, strategist } = headers;
  const answers = await Promise.all([zhejiang, guangdong, strategist].map((who) => released(LATEST, who)));
  const reader = api.engine.client('reader');
  const rows = await runQuery(
    reader,
    { source: 'regions', belts: 'everything', isSystem: true },
    queries.carrierHoldings,
    {
      ...{ data_version: 1, month: `${LATEST}-01`, from: `${LATEST}-01` },
      ...{ base_from: `${BEFORE}-01`, base_to: '2023-04-01' },
    },
  ).finally(() => reader.close());
  const holdingsOf = ({ belt, combination, side, owners, values }: HeldPiece) =>
    owners.map((owner, at) => ({
      ...{ belt, combination, side, owner },
      values: values.map((list) => list[at] ?? NaN),
    }));
  const held = {
    newcomers: rows.map(newcomerPieceOf).flatMap(holdingsOf),
    breadth: rows.flatMap((row) => breadthPiecesOf(row, DEAD_BAND)).flatMap(holdingsOf),
  };
  const measures = CARRIER_MEASURES.map((measure) => ({
    holdings: held[measure],
    isTold: ({ carriers }: ReleasedArea) =>
      carriers?.shares.some((one) => one.measure === measure && one.state === 'shown') ?? false,
  }));
  const { shown, ofOpenGate, ...found } = await breachesOfShares(measures, answers.map(areasIn));
  expect(found).toEqual({ ofTwo: 0, ofAll: 0 });
  expect(Math.min(shown, ofOpenGate)).toBeGreaterThan(0);
});

test('an attacker’s program that reads answers alone claims nobody: of one official, of one who moves to another region, of two together, of all', async () => {
  const { zhejiang, guangdong, strategist } = headers;
  const [one, other, all] = await Promise.all(
    [zhejiang, guangdong, strategist].map((who) => released(LATEST, who)),
  );
  if (!one || !other || !all) throw new Error('no answers');
  const truth = { belts: BELTS, holdings: await holdingsOf(api, LATEST) };
  // Who moves has seen both, each once.
  for (const answers of [[one], [one, other]]) expect(found(answers, truth, [[]]).found).toEqual([]);
  const told = found([one, other, all], truth, onesOf(truth));
  expect(told.found).toEqual([]);
  expect(told.claims).toBeGreaterThan(1_000);
});
