/** What the specs of the page of quality share: orders of two belts with planted faults, and loads of them. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QualityAnswer } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { type Bench, GOLDEN, loadInProcess, rewrite } from './etl-harness.ts';

const COLUMNS =
  'order_id,line_no,placed_at,updated_at,status,merchant_id,buyer_id,buyer_type,buyer_country,destination_country,sales_mode,channel,quantity,amount,refund_amount,is_custom,is_factory_brand';

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];

export const OWNERS = 40;

/** Owners of the lamps that are there from August 2024 on. */
export const JOINED = 8;

export const GIANT = { id: 'GIANT', day: '2024-10-15', merchant: 'L3', amount: 60_000 };

const lastDay = (month: string) =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);

export interface Line {
  readonly id: string;
  readonly day: string;
  readonly merchant: string;
  readonly amount: number;
}

/** An order of every owner on the first, the last and two more days of each month; amounts differ by owner, not by year. */
export function lines(isLeftOut: (month: string) => boolean = () => false): Line[] {
  const found: Line[] = [];
  for (let at = 0; at < 34; at++) {
    const month = `${2022 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
    if (isLeftOut(month)) continue;
    for (const belt of ['L', 'S'])
      for (let owner = 0; owner < OWNERS; owner++) {
        if (belt === 'L' && owner < JOINED && month < '2024-08') continue;
        for (const day of ['01', '10', '17', '31']) {
          const date = day === '31' ? lastDay(month) : `${month}-${day}`;
          found.push({
            id: `${belt}${owner}-${date}`,
            day: date,
            merchant: `${belt}${owner}`,
            amount: 100 + ((owner * 37) % 50),
          });
        }
      }
  }
  return found;
}

export const LINES = lines();

const textOf = ({ id, day, merchant, amount }: Line): string =>
  `${id},1,${day} 10:00:00,${day} 12:00:00,paid,${merchant},U${merchant},retailer,CN,CN,wholesale,,1,${amount.toFixed(2)},0.00,0,0`;

/** Rows without a merchant that is known. */
export const badRow = (at: number) =>
  textOf({ id: `BAD${at}`, day: '2024-05-10', merchant: 'NOBODY', amount: 1 });

export let api: RunningApi;

/** Loads lines into a source of its own, one file a load. */
export function sourceNamed(id: string): (given: readonly Line[], bad?: readonly string[]) => Promise<void> {
  const folder = join(api.dataDir, `${id}-files`);
  cpSync(GOLDEN, folder, { recursive: true });
  rewrite(join(folder, 'source.yaml'), (text) => text.replace('id: golden', `id: ${id}`));
  const owners = ['L', 'S'].flatMap((belt) => Array.from({ length: OWNERS }, (_, at) => `${belt}${at}`));
  writeFileSync(
    join(folder, 'data/merchants.csv'),
    `merchant_id,name,owner_id\n${owners.map((one) => `${one},${one},O${one}\n`).join('')}`,
  );
  writeFileSync(
    join(folder, 'data/memberships.csv'),
    `merchant_id,belt_id,valid_from,valid_to\n${owners.map((one) => `${one},${one.startsWith('L') ? 'LAMP' : 'SOCK'},2020-01-01,\n`).join('')}`,
  );
  let loads = 0;
  return async (given, bad = []) => {
    const name = `data/orders-${10 + ++loads}.csv`;
    writeFileSync(join(folder, name), `${[COLUMNS, ...given.map(textOf), ...bad].join('\n')}\n`);
    const { batch } = await loadInProcess({ engine: api.engine } as Bench, folder, [...LOOKUPS, name]);
    expect(batch.state).toBe('committed');
  };
}

export const quality = (source: string, more = '') =>
  asked<QualityAnswer>(api, `/quality?source=${source}${more}`);

export const rowOf = (answer: QualityAnswer, belt: string) =>
  answer.rows.find(({ area }) => area.id === belt);

beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_MIN_BASE: '10' } });
});

afterAll(() => api?.close());
