/** Every measure that is declared is answered by every query of a measure, as a count over the lines has it. */
import {
  DISTINCT_MEASURES,
  type DistinctMeasure,
  FLOW_MEASURES,
  type FlowMeasure,
  MEASURE,
  MEASURES,
  UNIT_OF_MEASURE,
  weightsOf,
} from '@beltline/contract';
import { queries, runQuery, type Scope } from '@beltline/sql/clickhouse';
import type { ClickHouseClient } from '@beltline/sql/engine';
import { type RunningEngine, startEngine } from '../fixtures/api/running-engine.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const EVERYTHING: Scope = { source: 'demo', belts: 'everything' };
const BELTS = ['a', 'b', 'c'];
const LINES = randomLines({ seed: 4, orders: 300, belts: BELTS, firstDay: '2022-01-01', days: 90 });
const MONTHS = ['2022-01-01', '2022-02-01', '2022-03-01'];

const total = (lines: readonly SeedLine[], of: (line: SeedLine) => number) =>
  lines.reduce((sum, line) => sum + of(line), 0);
const different = (lines: readonly SeedLine[], of: (line: SeedLine) => string) => new Set(lines.map(of)).size;

/** Whole numbers; money in hundredths, as the lines have it. */
const SUM: Record<FlowMeasure, (lines: readonly SeedLine[]) => number> = {
  orders: (lines) => different(lines, ({ order }) => order),
  pieces: (lines) => total(lines, ({ pieces }) => pieces),
  gmv: (lines) => total(lines, ({ gmv }) => gmv),
  'net-gmv': (lines) => total(lines, ({ gmv, refund }) => gmv - refund),
};
const COUNT: Record<DistinctMeasure, (lines: readonly SeedLine[]) => number> = {
  merchants: (lines) => different(lines, ({ merchant }) => merchant),
  buyers: (lines) => different(lines, ({ buyer }) => buyer),
};

/** How a query of one measure takes it. */
function asked(measure: FlowMeasure) {
  const { orders, pieces, gmv, refund } = weightsOf(measure);
  return {
    data_version: 3,
    track_bit: 0,
    times_orders: orders,
    times_pieces: pieces,
    times_gmv: gmv,
    times_refund: refund,
  };
}

let engine: RunningEngine;
let reader: ClickHouseClient;
beforeAll(async () => {
  engine = await startEngine();
  const belts = BELTS.map((id) => ({ id, zh: id, en: id, province: '浙江省' }));
  await seedVersion(engine.loader, {
    source: 'demo',
    version: 3,
    lines: LINES,
    belts,
    dataThrough: '2022-03-31',
  });
  reader = engine.engine.client('reader');
});
afterAll(async () => {
  await reader?.close();
  await engine?.close();
});

test('a measure is either a sum or a count of distinct units, and has a unit', () => {
  expect([...FLOW_MEASURES, ...DISTINCT_MEASURES].sort()).toEqual([...MEASURES].sort());
  expect(Object.keys(UNIT_OF_MEASURE).sort()).toEqual([...MEASURES].sort());
});

test.each(FLOW_MEASURES)('%s: the days of the nation', async (measure) => {
  const rows = await runQuery(reader, EVERYTHING, queries.dailyByBelt, {
    ...asked(measure),
    from: '2022-01-01',
  });
  const nation = rows.find(({ level }) => level === 'nation');
  const byDay = new Map(nation?.offsets.map((offset, index) => [offset, nation.values[index]]));
  const days = [...new Set(LINES.map(({ day }) => day))];
  const expected = days
    .map((day) => [
      (Date.parse(day) - Date.parse('2022-01-01')) / 86_400_000,
      SUM[measure](LINES.filter((line) => line.day === day)),
    ])
    .filter(([, value]) => value !== 0);
  expect(byDay).toEqual(new Map(expected as [number, number][]));
});

test.each(FLOW_MEASURES)('%s: the merchants of the nation', async (measure) => {
  const [nation] = await runQuery(reader, EVERYTHING, queries.ownerWindows, {
    ...asked(measure),
    first_month: '2022-01-01',
    shares: [[1, 1, 1]],
    belt_ids: [],
    area_nos: [],
    with_nation: 1,
  });
  const merchants = [...new Set(LINES.map(({ merchant }) => merchant))];
  const own = (merchant: string) => LINES.filter((line) => line.merchant === merchant);
  const monthOf = ({ day }: SeedLine) => day.slice(0, 7);
  const expected = merchants.map((merchant) =>
    [...new Set(own(merchant).map(monthOf))].reduce(
      (sum, month) => sum + SUM[measure](own(merchant).filter((line) => monthOf(line) === month)),
      0,
    ),
  );
  const inOrder = (values: readonly number[]) => values.filter((value) => value !== 0).sort((a, b) => a - b);
  expect(inOrder(nation?.sums ?? [])).toEqual(inOrder(expected));
});

test.each(DISTINCT_MEASURES)('%s: those of whole months', async (measure) => {
  const rows = await runQuery(reader, EVERYTHING, queries.activeByBelt, {
    data_version: 3,
    unit: MEASURE[measure].distinct,
    track_bit: 0,
    months: MONTHS,
    baseline_months: [],
  });
  expect(rows.find(({ level }) => level === 'nation')?.units).toBe(100 * COUNT[measure](LINES));
});
