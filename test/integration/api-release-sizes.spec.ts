/** Of what sizes orders are, as officials are told it over real HTTP: the share of small ones, of orders of which those of distribution are small and those of wholesale mostly large. */
import { sizePieceOf } from '@beltline/api/releases/size-holdings.js';
import type { ReleasedArea } from '@beltline/contract';
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
import { breachesOfShares } from './release-shares-kit.ts';

const SMALL = 100;
const BEFORE = '2023-03';
/** Lots of wholesale; of all else some pieces. */
const lines = LINES.filter(({ day }) => !day.startsWith('2024-02')).map((line, no) =>
  line.combination === 64 && no % 5 > 0 ? { ...line, pieces: 40 * line.pieces } : line,
);

let api: RunningApi;
let headers: Readers;
beforeAll(async () => {
  ({ api, headers } = await startReleased(lines));
}, 900_000);
afterAll(() => api?.close());

const released = (month: string, as: Cookie) => releasedTo(api, month, as);

/** By a loop over the lines: what orders of fewer pieces came to, of all. An order is one of one shop in one belt. */
function truthOf(month: string, inArea: (belt: string) => boolean): number {
  const orders = new Map<string, { pieces: number; gmv: number }>();
  for (const { day, belt, merchant, order, pieces, gmv } of lines) {
    if (!day.startsWith(month) || !inArea(belt)) continue;
    const key = `${belt}|${merchant}|${order}`;
    const one = orders.get(key) ?? { pieces: 0, gmv: 0 };
    orders.set(key, { pieces: one.pieces + pieces, gmv: one.gmv + gmv });
  }
  const sum = (of: readonly { gmv: number }[]) => of.reduce((all, { gmv }) => all + gmv, 0);
  const all = [...orders.values()];
  return sum(all.filter(({ pieces }) => pieces < SMALL)) / sum(all);
}

const stateOn = ({ cells }: ReleasedArea, track: string) => cells.find((cell) => cell.track === track)?.state;

test.each([LATEST, BEFORE])(
  'shares of %s are what the lines come to, and told nowhere where either track is withheld',
  async (month) => {
    const answer = await released(month, headers.strategist);
    const states = new Set<string>();
    for (const one of areasIn(answer)) {
      const [share, ...others] = one.structure ?? [];
      expect(share?.measure).toBe('small-orders');
      expect(others.every(({ measure }) => measure === 'largest-sellers')).toBe(true);
      states.add(share?.state ?? '');
      if (['all', 'distribution', 'wholesale'].some((track) => stateOn(one, track) === 'suppressed'))
        expect(share?.state).toBe('suppressed');
      const truth = truthOf(month, beltsOf(one.area));
      expect(share?.share.value).toBe(share?.state === 'shown' ? Math.round(1_000 * truth) / 1_000 : null);
    }
    expect([...states]).toEqual(expect.arrayContaining(['shown', 'suppressed', 'zero']));
  },
);

test('nothing of who is told, and officials are told what the strategist is', async () => {
  const everything = await released(LATEST, headers.strategist);
  const byId = new Map(areasIn(everything).map((one) => [`${one.area.level}:${one.area.id}`, one.structure]));
  for (const as of [headers.zhejiang, headers.guangdong])
    for (const { area, structure } of areasIn(await released(LATEST, as))) {
      expect(structure).toEqual(byId.get(`${area.level}:${area.id}`));
      const besideName = structure?.map(({ measure: _name, ...told }) => told);
      expect(JSON.stringify(besideName)).not.toMatch(/owner|seller|buyer|o\d-\d|unsafe|beside|rounds/i);
    }
});

test('nothing follows from the shares of two officials together, or of all, who are told every whole', async () => {
  const { zhejiang, guangdong, strategist } = headers;
  const answers = await Promise.all([zhejiang, guangdong, strategist].map((who) => released(LATEST, who)));
  const reader = api.engine.client('reader');
  const rows = await runQuery(
    reader,
    { source: 'regions', belts: 'everything', isSystem: true },
    queries.sizeHoldings,
    { data_version: 1, month: `${LATEST}-01`, small_pieces: SMALL },
  ).finally(() => reader.close());
  const sums = new Map<string, { belt: string; side: 'seller' | 'buyer'; owner: string; values: number[] }>();
  for (const { belt, side, owners, values } of rows.map(sizePieceOf))
    owners.forEach((owner, at) => {
      const key = `${belt}|${side}|${owner}`;
      const one = sums.get(key) ?? { belt, side, owner, values: [0, 0] };
      sums.set(key, { ...one, values: one.values.map((value, of) => value + (values[of]?.[at] ?? NaN)) });
    });
  const holdings = [...sums.values()].map((one) => ({ ...one, combination: 0 }));
  const isTold = ({ structure }: ReleasedArea) => structure?.some(({ state }) => state === 'shown') ?? false;
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
  for (const answers of [[one], [one, other]]) expect(found(answers, truth, [[]]).found).toEqual([]);
  expect(found([one, other, all], truth, onesOf(truth)).found).toEqual([]);
});
