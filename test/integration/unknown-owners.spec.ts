/** What owners and the gate are told where the source does not tell some buyers and SKUs, against a count over the lines. */
import { queries, runQuery, type Scope } from '@beltline/sql/clickhouse';
import { bench, distinct, HALF, type Line, loadAs, sum } from './etl-unknown-kit.ts';

it('what is told of owners counts their known buyers and SKUs alone, and both sides of what the gate sees add up', async () => {
  const { batch } = await loadAs('unknown-owners', HALF);
  const scope: Scope = { source: 'unknown-owners', belts: 'everything', isSystem: true };
  const of = { data_version: batch.batchId, from: '2025-01-01', to: '2025-03-01' };
  // M1 and M2 are of one owner.
  const ownerOf = ({ merchant }: Line) => (merchant === 'M3' ? 'O3' : 'O1');
  const linesOfOwner = (owner: string) => HALF.filter((line) => ownerOf(line) === owner);
  const bought = await runQuery(bench.client, scope, queries.peerBuyers, {
    ...of,
    ...{ top: 3, distribution_bit: 1, home_country: 'CN', dispatch_hours: 48, time_zone: 'Asia/Shanghai' },
  });
  const came = await runQuery(bench.client, scope, queries.peerTurnover, {
    ...of,
    ...{ from_before: '2024-01-01', to_before: '2024-03-01' },
  });
  const months = ['2025-01-01', '2025-02-01', '2025-03-01'];
  const sold = await runQuery(bench.client, scope, queries.peerItems, {
    ...{
      data_version: batch.batchId,
      months,
      earlier_months: [],
      baseline_months: ['2024-01-01', '2024-02-01', '2024-03-01'],
      hit_lines: 1,
    },
  });
  for (const owner of ['O1', 'O3']) {
    const own = linesOfOwner(owner);
    const buyers = [...new Set(own.map(({ buyer }) => buyer).filter(Boolean))];
    const ordersOf = (buyer: string) =>
      distinct(
        own.filter((line) => line.buyer === buyer),
        ({ order }) => order,
      );
    expect(bought.find((row) => row.owner === owner)).toMatchObject({
      ...{ gmv: sum(own, ({ cents }) => cents), buyers: buyers.length, top_gmv: 0 },
      repeat_buyers: buyers.filter((buyer) => ordersOf(buyer) > 1).length,
    });
    expect(came.find((row) => row.owner === owner)).toMatchObject({
      buyers: 0,
      buyers_before: 0,
      came: [0, 0, 0],
    });
    const told = own.filter(({ sku }) => sku !== '');
    const skus = distinct(told, ({ merchant, sku }) => `${merchant}/${sku}`);
    expect(sold.find((row) => row.owner === owner)).toMatchObject({
      ...{ skus, hits: skus, value: sum(told, ({ cents }) => cents), all1: sum(own, ({ cents }) => cents) },
    });
  }
  const month = { data_version: batch.batchId, month: '2025-02-01' };
  const held = await runQuery(bench.client, scope, queries.holdings, month);
  const total = (side: string, of: (owner: string) => boolean) =>
    held
      .filter((row) => row.side === side)
      .flatMap(({ owners, gmv }) => gmv.filter((_, at) => of(owners[at] ?? '')))
      .reduce((all, one) => all + one, 0);
  const february = HALF.filter((line) => line.month === 2);
  const untold = february.filter(({ buyer }) => buyer === '');
  expect([
    total('seller', () => true),
    total('buyer', () => true),
    total('buyer', (owner) => owner === ''),
  ]).toEqual([
    ...[
      sum(february, ({ cents }) => cents),
      sum(february, ({ cents }) => cents),
      sum(untold, ({ cents }) => cents),
    ],
  ]);
  const served = await runQuery(bench.client, scope, queries.serviceHoldings, {
    ...{ ...month, dispatch_hours: 48, time_zone: 'Asia/Shanghai' },
  });
  for (const side of ['seller', 'buyer']) {
    const rows = served.filter((row) => row.side === side);
    const counted = (of: (row: (typeof rows)[number]) => number[]) =>
      rows.flatMap((row) => of(row)).reduce((all, one) => all + one, 0);
    const belts = new Map([
      ['M1', 'LAMP'],
      ['M3', 'SOCK'],
    ]);
    const beltOf = ({ merchant, day }: Line) => belts.get(merchant) ?? (day < 10 ? 'LAMP' : 'SOCK');
    const pairs = new Map<string, Set<string>>();
    for (const line of february.filter(({ buyer }) => buyer !== '')) {
      const pair = [beltOf(line), ownerOf(line), line.buyer].join('/');
      pairs.set(pair, (pairs.get(pair) ?? new Set()).add(line.order));
    }
    const repeated = [...pairs.values()].filter(({ size }) => size > 1).length;
    expect([counted((row) => row.repeat_buyers), counted((row) => row.once_buyers)]).toEqual([
      repeated,
      pairs.size - repeated,
    ]);
  }
});
