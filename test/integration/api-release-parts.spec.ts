/** Channels of distribution and destinations of cross-border orders, as officials are told them over real HTTP. */
import { partBit } from '@beltline/api/releases/gated-parts.js';
import { partPieceOf, partsAsked } from '@beltline/api/releases/part-holdings.js';
import { breachesOf } from '@beltline/api/releases/told-beside.js';
import { loadSolver } from '@beltline/api/statistics/linear-programme.js';
import {
  DIVIDED_TRACK,
  type Partition,
  PARTITIONS,
  type ReleasedArea,
  TRACK,
  TRACKS,
} from '@beltline/contract';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { found, onesOf } from './outsider-kit.ts';
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
  RULES,
  startReleased,
} from './releases-kit.ts';

const CHANNELS = ['taobao', 'douyin', 'jd', ''];
const COUNTRIES = ['VN', 'KZ', ''];
/** More of distribution and cross-border than there is elsewhere, so that some areas can be told what they are made of; few channels, of which one is not told by the source. */
const lines = LINES.filter(({ day }) => !day.startsWith('2024-02')).map((line, no): SeedLine => {
  const combination = line.combination === 64 && no % 3 > 0 ? no % 3 : line.combination;
  const channel = (combination & 1) === 0 ? '' : (CHANNELS[(no * no + (no >> 3)) % CHANNELS.length] ?? '');
  const country = (combination & 2) === 0 ? '' : (COUNTRIES[(no + (no >> 2)) % COUNTRIES.length] ?? '');
  return { ...line, combination, channel, country };
});

let api: RunningApi;
let headers: Readers;
beforeAll(async () => {
  ({ api, headers } = await startReleased(lines, { BELTLINE_RELEASE_PARTS: 'on' }));
}, 900_000);
afterAll(() => api?.close());

const released = (month: string, as: Cookie) => releasedTo(api, month, as);
const ofTrack = (partition: Partition) => {
  const { bit } = TRACK[DIVIDED_TRACK[partition]];
  return lines.filter(({ day, combination }) => day.startsWith(LATEST) && (combination & bit) !== 0);
};
const partOf = (partition: Partition, { channel = '', country = '' }: SeedLine) =>
  (partition === 'channels' ? channel : country) || 'others';

/** By a loop over the lines: what each part came to, of all of the track. */
function truthOf(partition: Partition, inArea: (belt: string) => boolean): Map<string, number> {
  const own = ofTrack(partition).filter(({ belt }) => inArea(belt));
  const all = own.reduce((sum, { gmv }) => sum + gmv, 0);
  const sums = new Map<string, number>();
  for (const line of own)
    sums.set(partOf(partition, line), (sums.get(partOf(partition, line)) ?? 0) + line.gmv / all);
  return sums;
}
/** The named ones of the nation, the largest first, then the others. */
function orderOf(partition: Partition): string[] {
  const sums = [...truthOf(partition, () => true)].filter(([part]) => part !== 'others');
  return [...sums.sort(([, a], [, b]) => b - a).map(([part]) => part), 'others'];
}
const partsIn = ({ partitions = [] }: ReleasedArea, partition: Partition) =>
  partitions.find((one) => one.partition === partition);

test('of each area the first parts are told as the lines have them, with all that is left over, or none; and none where the track is withheld', async () => {
  const answer = await released(LATEST, headers.strategist);
  const states = new Set<string>();
  for (const partition of PARTITIONS) {
    const order = orderOf(partition);
    for (const area of areasIn(answer)) {
      const { state = 'none', parts = [] } = partsIn(area, partition) ?? {};
      states.add(state);
      const track = area.cells.find((cell) => cell.track === DIVIDED_TRACK[partition])?.state;
      if (track === 'suppressed' || track === 'zero') expect(state).toBe(track);
      if (state !== 'shown') {
        expect(parts).toEqual([]);
        continue;
      }
      const truth = truthOf(partition, beltsOf(area.area));
      // The largest of the nation come first; what an area is not told by name is left over.
      const named = parts.slice(0, -1).map(({ part }) => part);
      expect(named).toEqual(order.slice(0, named.length));
      const left = [...truth]
        .filter(([part]) => !named.includes(part))
        .reduce((sum, [, one]) => sum + one, 0);
      expect(parts.map(({ share }) => share.value)).toEqual(
        [...named.map((part) => truth.get(part) ?? 0), left].map((one) => Math.round(1_000 * one) / 1_000),
      );
      expect(parts.at(-1)).toMatchObject({ part: 'others' });
      for (const { name } of parts) expect([name.zh, name.en]).not.toContain('');
    }
  }
  expect([...states]).toEqual(expect.arrayContaining(['shown', 'suppressed', 'zero']));
});

test('nothing of who is told, and officials are told what the strategist is', async () => {
  const everything = await released(LATEST, headers.strategist);
  const byId = new Map(
    areasIn(everything).map((one) => [`${one.area.level}:${one.area.id}`, one.partitions]),
  );
  for (const as of [headers.zhejiang, headers.guangdong])
    for (const { area, partitions } of areasIn(await released(LATEST, as))) {
      expect(partitions).toEqual(byId.get(`${area.level}:${area.id}`));
      expect(JSON.stringify(partitions)).not.toMatch(/owner|seller|buyer|o\d-\d|unsafe|beside|rounds/i);
    }
});

test('nothing follows from tracks and parts of two officials together, or of all; and somebody does where parts of every area are told', async () => {
  const { zhejiang, guangdong, strategist } = headers;
  const [one, other, all] = await Promise.all(
    [zhejiang, guangdong, strategist].map(async (who) => areasIn(await released(LATEST, who))),
  );
  if (!one || !other || !all) throw new Error('no answers');
  const names = {
    channels: orderOf('channels').filter((part) => part !== 'others'),
    countries: orderOf('countries').filter((part) => part !== 'others'),
  };
  const reader = api.engine.client('reader');
  const rows = await runQuery(
    reader,
    { source: 'regions', belts: 'everything', isSystem: true },
    queries.partHoldings,
    { data_version: 1, month: `${LATEST}-01`, ...partsAsked('CN'), ...names },
  ).finally(() => reader.close());
  const parted = rows.map(partPieceOf).flatMap(({ belt, combination, side, owners, values }) =>
    owners.map((owner, at) => ({
      ...{ belt, combination, side, owner },
      values: [values[0]?.[at] ?? NaN],
    })),
  );
  const undivided = (await holdingsOf(api, LATEST))
    .filter(({ combination }) => (combination & 3) === 0)
    .map((holding) => ({ ...holding, values: holding.values.slice(0, 1) }));
  const highs = await loadSolver();
  /** Beside what tracks give away by themselves: which are told, and of which areas each part. */
  const breaches = (areas: readonly ReleasedArea[], isOpen = false): number => {
    const shown = new Set(
      areas.flatMap(({ area, cells }) =>
        cells.flatMap(({ track, state }) => (state === 'shown' ? [`${track}|${area.level}:${area.id}`] : [])),
      ),
    );
    const told = new Set(
      areas.flatMap((area) =>
        PARTITIONS.flatMap((partition) =>
          // What is left over follows from the track.
          (partsIn(area, partition)?.parts ?? [])
            .slice(0, -1)
            .map(({ part }) => `${partition} ${part}|${area.area.level}:${area.area.id}`),
        ),
      ),
    );
    const parts = PARTITIONS.flatMap((partition) =>
      names[partition].map((part, at) => ({
        ...{ key: `${partition} ${part}`, bit: partBit(partition, at), isPart: false },
      })),
    );
    const tracks = TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] }));
    const beside = breachesOf(highs, {
      ...{ belts: BELTS, rules: RULES, tracks: [...tracks, ...parts], holdings: [...undivided, ...parted] },
      isTold: (key, area, now) =>
        key.includes(' ')
          ? now.size > 0 && (isOpen || told.has(`${key}|${area}`))
          : shown.has(`${key}|${area}`),
    });
    return beside(new Set(['parts']))?.length ?? NaN;
  };
  expect([breaches([...one, ...other]), breaches(all)]).toEqual([0, 0]);
  expect(breaches(all, true)).toBeGreaterThan(0);
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

test('a report has them in its data set, and its document the numbers of its province', async () => {
  const response = await fetch(`${api.url}/releases/${LATEST}/report?format=json`, {
    headers: headers.zhejiang,
  });
  const set = (await response.json()) as { format: number; province: ReleasedArea };
  const [province] = (await released(LATEST, headers.zhejiang)).provinces;
  expect([set.format, set.province.partitions]).toEqual([6, province?.partitions]);
});
