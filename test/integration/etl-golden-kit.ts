/** What the specs of the golden orders share: an engine, and the figures that were worked out by hand. */
import { beltMonths, type Bench, bucketText, openBench } from './etl-harness.ts';

export let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});

afterAll(() => bench.close());

export const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];

export const AFTER_SECOND = [
  'LAMP 2025-01 1: 1 lines, 1 orders, 0 merchants, 1 buyers, 1 pieces, 9.9 gmv, 0 refund',
  'LAMP 2025-01 4: 1 lines, 0 orders, 0 merchants, 0 buyers, 500 pieces, 3000 gmv, 0 refund',
  'LAMP 2025-01 10: 1 lines, 1 orders, 1 merchants, 0 buyers, 10 pieces, 200 gmv, 0 refund',
  'LAMP 2025-01 39: 1 lines, 1 orders, 0 merchants, 1 buyers, 2 pieces, 30 gmv, 30 refund',
  'LAMP 2025-01 64: 1 lines, 0 orders, 0 merchants, 0 buyers, 1000 pieces, 5000 gmv, 0 refund',
  'LAMP 2025-01 68: 0 lines, 1 orders, 0 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  'LAMP 2025-01 78: 0 lines, 0 orders, 0 merchants, 1 buyers, 0 pieces, 0 gmv, 0 refund',
  'LAMP 2025-01 103: 0 lines, 0 orders, 1 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  'LAMP 2025-02 1: 1 lines, 1 orders, 0 merchants, 1 buyers, 3 pieces, 60 gmv, 0 refund',
  'LAMP 2025-02 16: 1 lines, 1 orders, 0 merchants, 1 buyers, 1 pieces, 99.9 gmv, 0 refund',
  'LAMP 2025-02 17: 0 lines, 0 orders, 1 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  'SOCK 2025-01 1: 1 lines, 1 orders, 1 merchants, 1 buyers, 5 pieces, 50 gmv, 0 refund',
  'SOCK 2025-02 64: 1 lines, 1 orders, 1 merchants, 1 buyers, 100 pieces, 1000 gmv, 0 refund',
  'nation 2025-01 1: 2 lines, 2 orders, 1 merchants, 1 buyers, 6 pieces, 59.9 gmv, 0 refund',
  'nation 2025-01 4: 1 lines, 0 orders, 0 merchants, 0 buyers, 500 pieces, 3000 gmv, 0 refund',
  'nation 2025-01 10: 1 lines, 1 orders, 1 merchants, 0 buyers, 10 pieces, 200 gmv, 0 refund',
  'nation 2025-01 39: 1 lines, 1 orders, 0 merchants, 1 buyers, 2 pieces, 30 gmv, 30 refund',
  'nation 2025-01 64: 1 lines, 0 orders, 0 merchants, 0 buyers, 1000 pieces, 5000 gmv, 0 refund',
  'nation 2025-01 68: 0 lines, 1 orders, 0 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  'nation 2025-01 78: 0 lines, 0 orders, 0 merchants, 1 buyers, 0 pieces, 0 gmv, 0 refund',
  'nation 2025-01 103: 0 lines, 0 orders, 1 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  'nation 2025-02 1: 1 lines, 1 orders, 0 merchants, 1 buyers, 3 pieces, 60 gmv, 0 refund',
  'nation 2025-02 16: 1 lines, 1 orders, 0 merchants, 1 buyers, 1 pieces, 99.9 gmv, 0 refund',
  'nation 2025-02 17: 0 lines, 0 orders, 1 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  'nation 2025-02 64: 1 lines, 1 orders, 1 merchants, 1 buyers, 100 pieces, 1000 gmv, 0 refund',
];

export const monthsText = async (source: string, version?: number): Promise<string[]> =>
  (await beltMonths(bench.client, source, version)).map(bucketText);
