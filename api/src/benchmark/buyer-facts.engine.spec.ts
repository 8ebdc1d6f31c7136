/** What was read of a quarter's lines is kept on a real PostgreSQL: read while lines are the version's, once, and told for ever. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres, type PostgresStore } from '@beltline/sql/postgres';
import { asSystem } from '../data/versions/vintage.ts';
import type { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { BuyerFactsService } from './buyer-facts.service.ts';
import type { FrozenQuarter } from './frozen-quarters.ts';
import { TurnoverService } from './turnover.service.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline peer buyers '));
let store: PostgresStore;
beforeAll(async () => {
  store = await openPostgres({ dataDir: folder });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const PLACE = { timeZone: 'Asia/Shanghai', homeCountry: 'CN' };
const frozen = (quarter: string): FrozenQuarter => ({
  ...{ quarter, version: 3, publishedOn: '2024-04-01', whole: new Set([quarter]) },
});
const VERSION = asSystem({
  source: 's',
  scope: { source: 's', belts: [] as const },
  dataVersion: 3,
  publishedAt: '2024-04-01',
});
const row = (owner: string, gmv: number) => ({
  ...{ owner, gmv, buyers: 4, repeat_buyers: 1, top_gmv: gmv / 2, channels: 2, countries: 1 },
  ...{ due: 9, on_time: 8, dispatched: 10 },
});

/** An engine that says so many lines came since, in the order of asking, and counts how often lines are read. */
function engine(since: readonly number[], gmv: number) {
  const asked = { lines: 0, since: 0 };
  const clickhouse = {
    askNow: async (_: unknown, { name }: { name: string }) => {
      if (name === 'lines-since') return [{ row_count: since[asked.since++] ?? 0 }];
      asked.lines += 1;
      return [row('o1', gmv), row('o2', 500)];
    },
  } as unknown as ClickHouseService;
  return { asked, service: new BuyerFactsService(clickhouse, store.dataSource) };
}

test('lines are read once, and later loads and other processes change nothing of what is told', async () => {
  const first = engine([], 700);
  const told = await first.service.of(PLACE, VERSION, frozen('2024-Q1'));
  expect(told?.get('o1')).toEqual({
    ...{ gmv: 700, buyers: 4, repeatBuyers: 1, topGmv: 350, channels: 2, countries: 1 },
    ...{ due: 9, onTime: 8, dispatched: 10 },
  });
  const later = engine([5, 5], 999);
  expect(await later.service.of(PLACE, VERSION, frozen('2024-Q1'))).toEqual(told);
  expect([first.asked.lines, later.asked.lines]).toEqual([1, 0]);
});

test('of lines that were replaced, before or while they were read, nothing is told or kept', async () => {
  const [before, meanwhile] = [engine([1], 700), engine([0, 1], 700)];
  for (const { service } of [before, meanwhile])
    expect(await service.of(PLACE, VERSION, frozen('2023-Q4'))).toBeNull();
  expect([before.asked.lines, meanwhile.asked.lines]).toEqual([0, 1]);
  expect(await store.dataSource.query(`SELECT quarter FROM peer_buyers`)).toEqual([{ quarter: '2024-Q1' }]);
});

test('of two processes that read at once both tell what was kept first', async () => {
  const both = await Promise.all(
    [700, 800].map((gmv) => engine([], gmv).service.of(PLACE, VERSION, frozen('2023-Q3'))),
  );
  expect(both[0]).toEqual(both[1]);
});

test('what is kept is neither changed nor removed', async () => {
  for (const change of [
    `UPDATE peer_buyers SET facts = ''`,
    'DELETE FROM peer_buyers',
    'TRUNCATE peer_buyers',
  ])
    await expect(store.dataSource.query(change)).rejects.toThrow('what was told of a quarter stays as it is');
});

describe('who came and went', () => {
  const both = (quarter: string): FrozenQuarter => ({
    ...frozen(quarter),
    whole: new Set([quarter, `${Number(quarter.slice(0, 4)) - 1}${quarter.slice(4)}`]),
  });
  function turnover(since: readonly number[], came: number) {
    const asked = { lines: 0, since: 0 };
    const clickhouse = {
      askNow: async (_: unknown, { name }: { name: string }) => {
        if (name === 'lines-since') return [{ row_count: since[asked.since++] ?? 0 }];
        asked.lines += 1;
        return [
          {
            ...{ owner: 'o1', buyers: 3, buyers_before: 2 },
            came: [1, 0, came],
            went: [0, 5, 0],
            stayed: [0, 0, -7],
          },
        ];
      },
    } as unknown as ClickHouseService;
    return { asked, service: new TurnoverService(clickhouse, store.dataSource) };
  }

  test('is read once of both quarters, and told for ever', async () => {
    const first = turnover([], 9);
    const told = await first.service.of(VERSION, both('2024-Q1'));
    expect(told?.get('o1')).toMatchObject({
      buyers: 3,
      buyersBefore: 2,
      cameSmall: 1,
      cameLarge: 9,
      wentMedium: 5,
      stayedLarge: -7,
    });
    const later = turnover([5], 99);
    expect(await later.service.of(VERSION, both('2024-Q1'))).toEqual(told);
    expect([first.asked.lines, later.asked.lines]).toEqual([1, 0]);
  });

  test('is not told of lines that were replaced in either quarter, before or while they were read, nor without a base', async () => {
    // The quarter and its base are asked about before, and again afterwards.
    for (const since of [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1]])
      expect(await turnover(since, 9).service.of(VERSION, both('2023-Q4'))).toBeNull();
    expect(await turnover([], 9).service.of(VERSION, frozen('2023-Q4'))).toBeNull();
    expect(await store.dataSource.query(`SELECT quarter FROM peer_turnover`)).toEqual([
      { quarter: '2024-Q1' },
    ]);
  });

  test('is neither changed nor removed', async () => {
    for (const change of [
      `UPDATE peer_turnover SET facts = ''`,
      'DELETE FROM peer_turnover',
      'TRUNCATE peer_turnover',
    ])
      await expect(store.dataSource.query(change)).rejects.toThrow(
        'what was told of a quarter stays as it is',
      );
  });
});
