/** What the spec of releases counts and attacks with, by code of its own. */
import { audit } from '@beltline/api/disclosure-audit/audit.js';
import { type Belt as GateBelt, type Holding, Holdings } from '@beltline/api/disclosure/holdings.js';
import { LinkedTable } from '@beltline/api/disclosure/linked-table.js';
import { publish } from '@beltline/api/disclosure/publish.js';
import { loadSolver } from '@beltline/api/statistics/linear-programme.js';
import { type ReleasedArea, TRACK, TRACKS } from '@beltline/contract';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { REGION_BELTS } from '../fixtures/rollups/region-lines.ts';

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
