/** What the specs of gaps share: sources whose loads leave months out, and what is asked of them. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComparedValue, GrowthAnswer, Measure, SourcesAnswer } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { told } from '../fixtures/api/told.ts';
import { type Bench, GOLDEN, loadInProcess, rewrite } from './etl-harness.ts';

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];

const COLUMNS =
  'order_id,line_no,placed_at,updated_at,status,merchant_id,buyer_id,buyer_type,buyer_country,destination_country,sales_mode,channel,quantity,amount,refund_amount,is_custom,is_factory_brand';

interface Order {
  readonly id: string;
  readonly day: string;
  /** Day of the last change; default: that of the order. */
  readonly changed?: string;
  readonly status?: string;
}

export let api: RunningApi;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api?.close());

/** Three orders a day, two of one belt and one of another, of 100 yuan each. */
export function everyDay(
  first: string,
  last: string,
  isLeftOut: (day: string) => boolean = () => false,
): Order[] {
  const orders: Order[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (!isLeftOut(day)) orders.push(...['1', '2', '3'].map((n) => ({ id: `${day}-${n}`, day })));
  }
  return orders;
}

const lineOf = ({ id, day, changed = day, status = 'paid' }: Order, index: number): string =>
  `${id},1,${day} 10:00:00,${changed} 12:00:00,${status},${id.endsWith('2') ? 'M3' : 'M1'},U${index % 7},retailer,CN,CN,wholesale,,1,100.00,0.00,0,0`;

/** A source of its own, and what loads orders into it: one file a load. */
export function sourceNamed(id: string): (orders: readonly Order[]) => Promise<number> {
  const folder = join(api.dataDir, `${id}-files`);
  cpSync(GOLDEN, folder, { recursive: true });
  rewrite(join(folder, 'source.yaml'), (text) => text.replace('id: golden', `id: ${id}`));
  rewrite(join(folder, 'data/merchants.csv'), (text) => `${text}M4,丁,O4\n`); // in no belt
  let loads = 0;
  return async (orders) => {
    const name = `data/orders-${10 + ++loads}.csv`;
    writeFileSync(join(folder, name), `${[COLUMNS, ...orders.map(lineOf)].join('\n')}\n`);
    const { batch } = await loadInProcess({ engine: api.engine } as Bench, folder, [...LOOKUPS, name]);
    expect(batch.state).toBe('committed');
    return batch.batchId;
  };
}

export const source = async (id: string) =>
  (await asked<SourcesAnswer>(api, '/sources')).sources.find((one) => one.source === id);

export const growth = async (id: string, from: string, to = from, more = '') => {
  const { meta, tracks } = await asked<GrowthAnswer>(
    api,
    `/growth?source=${id}&from=${from}&to=${to}${more}`,
  );
  const measures = tracks.find(({ track }) => track === 'all')?.measures ?? {};
  const figures = Object.entries(measures).map(([name, compared]) => [name, told(compared)]);
  return {
    meta,
    ...(Object.fromEntries(figures) as Record<Measure, ReturnType<typeof told<ComparedValue>>>),
  };
};
