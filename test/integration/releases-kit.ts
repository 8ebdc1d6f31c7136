/** What the specs of releases work on, and count and attack with by code of their own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '@beltline/api/disclosure-audit/audit.js';
import { type Belt as GateBelt, type Holding, Holdings } from '@beltline/api/disclosure/holdings.js';
import { LinkedTable } from '@beltline/api/disclosure/linked-table.js';
import { publish } from '@beltline/api/disclosure/publish.js';
import { loadSolver } from '@beltline/api/statistics/linear-programme.js';
import { type GatedArea, gateMonth } from '@beltline/api/releases/gated-month.js';
import { releasedArea } from '@beltline/api/releases/released-area.js';
import {
  type ReleaseAnswer,
  type ReleasedArea,
  type ReleasesAnswer,
  TRACK,
  TRACKS,
} from '@beltline/contract';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { insertLines, ownerOfShop, REGION_BELTS, regionLines } from '../fixtures/rollups/region-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const PASSWORD = 'brisk-otter-lamp-71';
export const MONTHS = ['2023-03', '2024-02', '2024-03'];
export const LATEST = '2024-03';
export const LINES = regionLines(11, MONTHS);
export interface Cookie extends Record<string, string> {
  readonly cookie: string;
}

/** An API that releases what there is once it is told to; `beside`: over the engine of another one. */
export const startReleasing = (
  beside?: RunningApi,
  environment: Record<string, string> = { BELTLINE_REPORTS: 'off' },
): Promise<RunningApi> =>
  startApi({ signsIn: false, environment: { BELTLINE_RELEASE_MONTHS: '14', ...environment } }, beside);

/** A data version of a source; `lines`: what it brings, which is all of its months. */
export async function seedRegions(
  api: RunningApi,
  source: string,
  version: number,
  lines: readonly SeedLine[] = LINES,
): Promise<void> {
  await insertLines(api.loader, source, version, lines);
  await seedVersion(api.loader, {
    ...{ source, version, belts: REGION_BELTS, lines, dataThrough: '2024-03-31', ownerOf: ownerOfShop },
    months: MONTHS.filter((month) => lines.some(({ day }) => day.startsWith(month))).map(
      (month) => `${month}-01`,
    ),
  });
}

export async function addUser(
  api: RunningApi,
  name: string,
  role: 'official' | 'strategist' | 'merchant',
  regions: string[] = [],
): Promise<Cookie> {
  await api.addUser({ name, password: PASSWORD, roles: [role], sources: ['regions'], regions });
  return { cookie: await signIn(new URL(api.url).origin, { name, password: PASSWORD }) };
}

/** Waits until so many months are released. @throws Error after ten minutes. */
export async function untilMade(api: RunningApi, as: Cookie, months: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { progress } = (await api.get<ReleasesAnswer>('/releases', as)).body;
    if (progress.made >= months) return;
    if (tries > 3_000) throw new Error(JSON.stringify(progress));
    await sleep(200);
  }
}

export const RULES = { owners: 5, peers: 10, percent: 15, pooled: 1 };
export const MEASURES = 3;
const BELTLESS = { id: '', city: '', province: '', category: '' };
export const BELTS: GateBelt[] = [
  ...REGION_BELTS.map(({ id, city = '', province, category = '' }) => ({ id, city, province, category })),
  BELTLESS,
];

/** What an area sold on a track, by a loop over the lines. Money in cents. */
export function sold(
  lines: readonly SeedLine[],
  month: string,
  inArea: (belt: string) => boolean,
  track: keyof typeof TRACK,
) {
  const own = lines.filter(({ day, belt }) => day.startsWith(month) && inArea(belt));
  const bit = TRACK[track].bit;
  const isIn = (combination: number) => bit === 0 || (combination & bit) !== 0;
  const orders = new Map<string, number>();
  for (const { order, merchant, belt, combination } of own) {
    const key = `${belt}|${merchant}|${order}`;
    orders.set(key, (orders.get(key) ?? 0) | combination);
  }
  const on = own.filter(({ combination }) => isIn(combination));
  return {
    gmv: on.reduce((sum, { gmv }) => sum + gmv, 0),
    pieces: on.reduce((sum, { pieces }) => sum + pieces, 0),
    orders: [...orders.values()].filter(isIn).length,
  };
}
export const beltsOf = ({ level, id }: ReleasedArea['area']): ((belt: string) => boolean) => {
  const names = BELTS.filter((belt) =>
    level === 'nation'
      ? true
      : level === 'province'
        ? belt.province === id
        : level === 'city'
          ? `${belt.province}/${belt.city}` === id
          : belt.id === id,
  ).map((belt) => belt.id);
  return (belt) => names.includes(belt);
};

/** Who held what in a month, from the engine. */
export async function holdingsOf(api: RunningApi, month: string): Promise<Holding[]> {
  const scope = { source: 'regions', belts: 'everything', isSystem: true } as const;
  const asked = { data_version: 1, month: `${month}-01` };
  const reader = api.engine.client('reader');
  try {
    const rows = await runQuery(reader, scope, queries.holdings, asked);
    return rows.flatMap((row) =>
      row.owners.map((owner, at) => ({
        ...{ belt: row.belt_id, combination: row.combination, side: row.side, owner },
        values: [row.gmv[at] ?? NaN, row.pieces[at] ?? NaN, row.orders[at] ?? NaN],
      })),
    );
  } finally {
    await reader.close();
  }
}

/** What follows from areas that somebody has before them: all else is withheld. */
export async function auditOf(api: RunningApi, month: string, seen: readonly ReleasedArea[]) {
  const [highs, holdings] = [await loadSolver(), await holdingsOf(api, month)];
  const table = new LinkedTable(new Holdings(BELTS, holdings, MEASURES, RULES), RULES);
  const shown = new Map(
    seen.flatMap(({ area, cells }) =>
      cells.flatMap(({ track, gmv, pieces, orders }) =>
        gmv.value === null || pieces.value === null || orders.value === null
          ? []
          : [
              [
                `${area.level}|${area.id}|${track}`,
                [Math.round(gmv.value * 100), pieces.value, orders.value],
              ],
            ],
      ),
    ),
  );
  const rows = publish(table, {
    isShown: new Uint8Array(table.cells.length),
    isWhole: false,
  }).map((row) => ({
    ...row,
    values: row.by === 'track' ? (shown.get(`${row.level}|${row.area}|${row.key}`) ?? null) : null,
  }));
  const tracks = TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] }));
  const { breaches } = audit(highs, { belts: BELTS, tracks, measures: MEASURES, rows }, holdings, RULES);
  return { breaches, shown: shown.size };
}

/** All areas of an answer. */
export const areasIn = ({ nation, provinces, cities, belts }: ReleaseAnswer): ReleasedArea[] => [
  nation,
  ...provinces,
  ...cities,
  ...belts,
];

/**
 * How many single contributors follow from the answers of a month: of the first two, who are officials, together; and of all. Beside that what would follow
 * from a gate that withholds what is unsafe and nothing to protect it.
 */
export async function breachesOf(api: RunningApi, month: string, answers: readonly ReleaseAnswer[]) {
  const ofOfficials = answers.slice(0, 2).flatMap(areasIn);
  const together = await auditOf(api, month, ofOfficials);
  const all = await auditOf(api, month, answers.flatMap(areasIn));
  const weak = gateMonth(
    await loadSolver(),
    { belts: BELTS, rules: RULES, measures: MEASURES, before: [], without: 'complementary' },
    await holdingsOf(api, month),
  );
  const seen = new Set(ofOfficials.map(({ area }) => `${area.level}:${area.id}`));
  const told = weak.areas.filter(({ level, area }: GatedArea) => seen.has(`${level}:${area}`));
  const about = { name: { zh: '', en: '' }, belts: 1 };
  const unsafe = told.map((one) => releasedArea({ ...one, about }, { now: [], base: [] }, 0));
  return {
    breaches: together.breaches.length + all.breaches.length,
    shown: together.shown,
    withoutComplementary: (await auditOf(api, month, unsafe)).breaches.length,
  };
}

/** Two officials and a strategist, by their cookies. */
export type Readers = Record<'zhejiang' | 'guangdong' | 'strategist', Cookie>;

/** The API with these lines, both months of which are released, and its readers. */
export async function startReleased(
  lines: readonly SeedLine[],
  environment: Record<string, string> = {},
): Promise<{ readonly api: RunningApi; readonly headers: Readers }> {
  const api = await startReleasing(undefined, { BELTLINE_REPORTS: 'off', ...environment });
  await seedRegions(api, 'regions', 1, lines);
  const headers = {
    zhejiang: await addUser(api, 'zhejiang', 'official', ['33']),
    guangdong: await addUser(api, 'guangdong', 'official', ['44']),
    strategist: await addUser(api, 'strategist', 'strategist'),
  };
  api.startReleases();
  await untilMade(api, headers.zhejiang, 2);
  return { api, headers };
}

/** What a reader is answered of a month. */
export const releasedTo = async (api: RunningApi, month: string, as: Cookie): Promise<ReleaseAnswer> =>
  (await api.get<ReleaseAnswer>(`/releases/${month}`, as)).body;
