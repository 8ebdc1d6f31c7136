/** Who held what in the last months of the demo's orders, as the gate is told: read by the queries that releases are made by. */
import type { Belt, Holding } from '@beltline/api/disclosure/holdings.js';
import { pieceOf } from '@beltline/api/releases/month-holdings.service.js';
import { BELTLESS } from '@beltline/api/releases/release-maker.service.js';
import { RELEASED_MEASURES } from '@beltline/contract';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import { openEngine } from '@beltline/sql/engine';

export const DEMO_MEASURES = RELEASED_MEASURES.length;

export interface DemoMonth {
  readonly month: string;
  readonly belts: readonly Belt[];
  readonly holdings: readonly Holding[];
}

/** The latest month first, as they are released on a first start, of a folder into which the demo has been loaded. */
export async function* demoMonths(dataDir: string, count: number): AsyncGenerator<DemoMonth> {
  const engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'load' });
  const client = engine.client('reader');
  const scope = { source: 'demo', belts: 'everything', isSystem: true } as const;
  try {
    const answer = await client.query({
      query: `SELECT max(data_version) AS version, toString(max(placed_day)) AS last FROM data_versions, (SELECT max(placed_day) AS placed_day FROM order_lines WHERE source = 'demo') AS lines WHERE source = 'demo'`,
      format: 'JSONEachRow',
    });
    const [newest] = await answer.json<{ version: string; last: string }>();
    if (!newest) throw new Error('The folder has no demo.');
    const asked = { data_version: Number(newest.version) };
    const places = await runQuery(client, scope, queries.belts, { ...asked, as_of: newest.last });
    const belts = places.map(({ belt_id: id, city, province, category_zh: category }) => ({
      ...{ id, city, province, category },
    }));
    for (let back = 0; back < count; back++) {
      const month = monthBefore(newest.last, back);
      const rows = await runQuery(client, scope, queries.holdings, { ...asked, month: `${month}-01` });
      const holdings = rows.map(pieceOf).flatMap(({ owners, values, ...of }) =>
        owners.map((owner, at): Holding => {
          const { belt, combination, side } = of;
          return { belt, combination, side, owner, values: values.map((ofMeasure) => ofMeasure[at] ?? 0) };
        }),
      );
      yield { month, belts: [...belts, BELTLESS], holdings };
    }
  } finally {
    await client.close();
    await engine.close();
  }
}

/** Whole months before a day that is the last with orders; the first is its own where it is the last of it. */
const monthBefore = (last: string, back: number): string => {
  const [year = 0, month = 1, day = 1] = last.split('-').map(Number);
  const after = new Date(Date.UTC(year, month - 1, day + 1));
  return new Date(Date.UTC(after.getUTCFullYear(), after.getUTCMonth() - 1 - back, 1))
    .toISOString()
    .slice(0, 7);
};
