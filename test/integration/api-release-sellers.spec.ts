/** How far areas rest on the largest sellers, as officials are told it over real HTTP. */
import { sellerPieceOf, sellersAsked } from '@beltline/api/releases/seller-holdings.js';
import type { ReleasedArea } from '@beltline/contract';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import { ownerOfShop, regionLines } from '../fixtures/rollups/region-lines.ts';
import { found } from './outsider-kit.ts';
import { breachesOfShares } from './release-shares-kit.ts';
import {
  areasIn,
  BELTS,
  beltsOf,
  type Cookie,
  holdingsOf,
  LATEST,
  type Readers,
  releasedTo,
  startReleased,
} from './releases-kit.ts';

const BEFORE = '2023-03';
/** Three times as many owners as in other specs, so that the largest fifth are several in a belt. */
const lines = [11, 12, 13].flatMap((seed) =>
  regionLines(seed, [BEFORE, LATEST]).map((line) => ({
    ...{ ...line, merchant: `s${seed}-${line.merchant}`, order: `s${seed}-${line.order}` },
  })),
);

let api: RunningApi;
let headers: Readers;
beforeAll(async () => {
  ({ api, headers } = await startReleased(lines));
}, 900_000);
afterAll(() => api?.close());

const released = (month: string, as: Cookie) => releasedTo(api, month, as);

/** By a loop over the lines: the fifth of the owners of the month, rounded up, that sold most, and whoever sold as much as the last of them. */
function largestOf(month: string): ReadonlySet<string> {
  const sold = new Map<string, number>();
  for (const { day, merchant, gmv } of lines)
    if (day.startsWith(month)) {
      const owner = ownerOfShop(merchant);
      sold.set(owner, (sold.get(owner) ?? 0) + gmv);
    }
  const all = [...sold].filter(([, cents]) => cents > 0).sort(([, one], [, other]) => other - one);
  const least = all[Math.ceil(all.length / 5) - 1]?.[1] ?? Infinity;
  return new Set(all.flatMap(([owner, cents]) => (cents >= least ? [owner] : [])));
}
function truthOf(month: string, inArea: (belt: string) => boolean): number {
  const largest = largestOf(month);
  const own = lines.filter(({ day, belt }) => day.startsWith(month) && inArea(belt));
  const sum = (of: typeof own) => of.reduce((all, { gmv }) => all + gmv, 0);
  return sum(own.filter(({ merchant }) => largest.has(ownerOfShop(merchant)))) / sum(own);
}
const shareIn = ({ structure }: Pick<ReleasedArea, 'structure'>) =>
  structure?.find(({ measure }) => measure === 'largest-sellers');

test.each([LATEST, BEFORE])('shares of %s are what the lines come to', async (month) => {
  const states = new Set<string>();
  for (const one of areasIn(await released(month, headers.strategist))) {
    const share = shareIn(one);
    states.add(share?.state ?? '');
    if (one.cells[0]?.state === 'suppressed') expect(share?.state).toBe('suppressed');
    const truth = truthOf(month, beltsOf(one.area));
    expect(share?.share.value).toBe(share?.state === 'shown' ? Math.round(1_000 * truth) / 1_000 : null);
  }
  expect([...states].sort()).toEqual(['shown', 'suppressed', 'zero']);
});

test('nothing of who is told, and officials are told what the strategist is', async () => {
  const everything = await released(LATEST, headers.strategist);
  const byId = new Map(areasIn(everything).map((one) => [`${one.area.level}:${one.area.id}`, one.structure]));
  for (const as of [headers.zhejiang, headers.guangdong])
    for (const { area, structure } of areasIn(await released(LATEST, as))) {
      expect(structure).toEqual(byId.get(`${area.level}:${area.id}`));
      expect(JSON.stringify(structure)).not.toMatch(/owner|s1\d-o|buyer|unsafe|beside|rounds/i);
    }
});

test('nothing follows from the shares of two officials together, or of all, who are told every whole', async () => {
  const { zhejiang, guangdong, strategist } = headers;
  const answers = await Promise.all([zhejiang, guangdong, strategist].map((who) => released(LATEST, who)));
  const reader = api.engine.client('reader');
  const rows = await runQuery(
    reader,
    { source: 'regions', belts: 'everything', isSystem: true },
    queries.sellerHoldings,
    { data_version: 1, ...sellersAsked(LATEST, null) },
  ).finally(() => reader.close());
  const sums = new Map<string, { belt: string; side: 'seller' | 'buyer'; owner: string; values: number[] }>();
  for (const { belt, side, owners, values } of rows.map(sellerPieceOf))
    owners.forEach((owner, at) => {
      const key = `${belt}|${side}|${owner}`;
      const one = sums.get(key) ?? { belt, side, owner, values: [0, 0] };
      sums.set(key, { ...one, values: one.values.map((value, of) => value + (values[of]?.[at] ?? NaN)) });
    });
  const holdings = [...sums.values()].map((one) => ({ ...one, combination: 0 }));
  const largest = largestOf(LATEST);
  for (const { side, owner, values } of holdings)
    if (side === 'seller') expect([owner, (values[0] ?? 0) > 0]).toEqual([owner, largest.has(owner)]);
  const isTold = (one: ReleasedArea) => shareIn(one)?.state === 'shown';
  const { shown, ofOpenGate, ...breaches } = await breachesOfShares(
    [{ holdings, isTold }],
    answers.map(areasIn),
  );
  expect(breaches).toEqual({ ofTwo: 0, ofAll: 0 });
  expect(Math.min(shown, ofOpenGate)).toBeGreaterThan(0);
});

test('an attacker’s program that reads answers alone claims nobody', async () => {
  const { zhejiang, guangdong, strategist } = headers;
  const [one, other, all] = await Promise.all(
    [zhejiang, guangdong, strategist].map((who) => released(LATEST, who)),
  );
  if (!one || !other || !all) throw new Error('no answers');
  const truth = { belts: BELTS, holdings: await holdingsOf(api, LATEST) };
  for (const answers of [[one], [one, other], [one, other, all]])
    expect(found(answers, truth, [[]]).found).toEqual([]);
});
