/** The largest sellers beside all that is told of the same orders: what an attacker makes of both together, with each defence and without it. */
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { areaOf, LinkedTable } from '../disclosure/linked-table.ts';
import { type PublishedCell, publish } from '../disclosure/publish.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { suppress } from '../disclosure/suppress.ts';
import { loadSolver } from '../statistics/linear-programme.ts';
import { random } from '../statistics/planted.ts';
import { gateMonth } from './gated-month.ts';
import { type GatedShares, gateShares } from './gated-share.ts';
import {
  gateSellers,
  NEW,
  type SellersReport,
  type SellersToGate,
  SMALL,
  tablesBeside,
} from './gated-sellers.ts';
import { summed } from './gated-sizes.ts';
import { othersByBelt, sellerDifference, sellerPieceOf } from './seller-holdings.ts';
import { breachesOf } from './told-beside.ts';

const highs = await loadSolver();
const RULES: DisclosureRules = { owners: 5, peers: 10, percent: 15, pooled: 1 };
const [DISTRIBUTION, WHOLESALE] = [1, 64];

interface Sale {
  readonly belt: string;
  readonly seller: string;
  readonly buyer: string;
  readonly track: number;
  readonly cents: number;
  readonly isSmall: boolean;
  readonly isNew: boolean;
}

/** Eight belts of three cities. Whoever is large sells wholesale, and whoever is not is new but for one of a belt, so that who the largest are can be seen, and one of two shares less the other is one owner's. */
function planted(seed: number): { belts: Belt[]; sales: Sale[] } {
  const draw = random(seed);
  const belts = Array.from({ length: 8 }, (_, no): Belt => ({
    ...{ id: `B${no}`, city: `c${no % 3}`, province: `p${no % 2}` },
    category: `g${Math.floor(3 * draw())}`,
  }));
  const sales = belts.flatMap(({ id }) =>
    Array.from({ length: 8 + Math.floor(16 * draw()) }, (_, no) => {
      const isLarge = draw() < 0.45;
      const size = (isLarge ? 30 : 1) * (1 + draw());
      return Array.from({ length: 4 }, (): Sale => {
        const cents = Math.ceil(1_000 * size * (0.5 + draw()));
        return {
          ...{ belt: id, seller: `${id}-${no}`, buyer: `U${Math.floor(40 * draw())}`, cents },
          ...{ track: isLarge ? WHOLESALE : DISTRIBUTION, isSmall: !isLarge, isNew: !isLarge && no > 2 },
        };
      });
    }).flat(),
  );
  return { belts, sales };
}

/** By a loop: a fifth of those who sold, rounded up, with whoever sold as much as the last of them. */
function largestOf(sales: readonly Sale[], part = 5): ReadonlySet<string> {
  const sold = new Map<string, number>();
  for (const { seller, cents } of sales) sold.set(seller, (sold.get(seller) ?? 0) + cents);
  const all = [...sold].sort(([, one], [, other]) => other - one);
  const least = all[Math.ceil(all.length / part) - 1]?.[1] ?? Infinity;
  return new Set(all.flatMap(([seller, cents]) => (cents >= least ? [seller] : [])));
}

/** What each owner has of either side, by combination. */
function holdingsOf(
  sales: readonly Sale[],
  combinationOf: (sale: Sale) => number,
  of: (sale: Sale) => readonly number[],
): Holding[] {
  const held = new Map<string, Holding & { values: number[] }>();
  for (const sale of sales)
    for (const side of ['seller', 'buyer'] as const) {
      const [combination, values] = [combinationOf(sale), of(sale)];
      const key = [sale.belt, side, sale[side], combination].join('|');
      const none = {
        ...{ belt: sale.belt, side, owner: sale[side], combination },
        values: values.map(() => 0),
      };
      const one = held.get(key) ?? none;
      held.set(key, one);
      values.forEach((value, at) => (one.values[at] = (one.values[at] ?? 0) + value));
    }
  return [...held.values()];
}
const monthOf = (sales: readonly Sale[]) =>
  holdingsOf(
    sales,
    ({ track }) => track,
    ({ cents }) => [cents],
  );
const partOf = (sales: readonly Sale[], isIn: (sale: Sale) => boolean, of = (sale: Sale) => sale.track) =>
  holdingsOf(sales, of, (sale) => (isIn(sale) ? [sale.cents, 0] : [0, sale.cents]));
function sellersOf(sales: readonly Sale[]): Holding[] {
  const largest = largestOf(sales);
  const bits = ({ track, isSmall, isNew }: Sale) => track | (isSmall ? SMALL : 0) | (isNew ? NEW : 0);
  return partOf(sales, ({ seller }) => largest.has(seller), bits);
}

/** What is published of a month, by its own pattern. */
function publishedOf(belts: readonly Belt[], sales: readonly Sale[]): PublishedCell[] {
  const table = new LinkedTable(new Holdings(belts, monthOf(sales), 1, RULES), RULES, 'track');
  return publish(table, suppress(highs, table));
}
const toldBy = ({ shares }: GatedShares) =>
  new Set([...shares].flatMap(([name, share]) => (share === null ? [] : [name])));

/** Newcomers and small orders first, then the largest sellers, as a month tells them. */
function told(month: ReturnType<typeof planted>, without?: SellersToGate['without']) {
  const { belts, sales } = month;
  const rows = publishedOf(belts, sales);
  const totals = rows.filter(({ by, key, values }) => by === 'track' && key === 'all' && values === null);
  const withheld = new Set(totals.map(({ level, area, by, key }) => `${level}:${area}:${by}:${key}`));
  const asked = { belts, rules: RULES, withheld, before: [] };
  const share = (isIn: (sale: Sale) => boolean) =>
    toldBy(gateShares(highs, asked, summed(partOf(sales, isIn))));
  const beside = {
    newcomers: share(({ isNew }) => isNew),
    'small-orders': share(({ isSmall }) => isSmall),
  };
  const gated: GatedShares<SellersReport> = gateSellers(
    highs,
    { ...asked, told: beside, ...(without ? { without } : {}) },
    rows,
    sellersOf(sales),
  );
  /** How many owners are given away, in each of the tables that the share is a part of. */
  const breaches = tablesBeside(asked, beside, rows, sellersOf(sales)).map(
    (table) => breachesOf(highs, table)(toldBy(gated))?.length ?? NaN,
  );
  return { gated, breaches };
}

test('of the largest sellers and all that is told beside them nothing follows; and much where the share is let out by its own pattern alone', () => {
  let [shares, open] = [0, 0];
  const found = [0, 0, 0];
  for (let seed = 1; seed <= 12; seed++) {
    const month = planted(seed);
    const safe = told(month);
    expect([seed, safe.gated.report.breaches, safe.gated.report.beside]).toEqual([seed, 0, 0]);
    expect([seed, safe.breaches]).toEqual([seed, [0, 0, 0]]);
    shares += toldBy(safe.gated).size;
    const late = told(month, 'joint');
    late.breaches.forEach((count, at) => (found[at] = (found[at] ?? 0) + count));
    open += Number(late.breaches.some((count) => count > 0));
  }
  expect(shares).toBeGreaterThan(12);
  expect(open).toBeGreaterThan(2);
  expect(Math.max(...found)).toBeGreaterThan(open);
}, 120_000);

test('both sides of it pass the rules, and it is told nowhere where the month or its own rules withhold', () => {
  for (let seed = 21; seed <= 24; seed++) {
    const { belts, sales } = planted(seed);
    const largest = largestOf(sales);
    const { gated } = told({ belts, sales });
    for (const [name, share] of gated.shares) {
      const [level = '', area = ''] = name.split(':');
      const own = sales.filter(({ belt }) => {
        const at = belts.find(({ id }) => id === belt);
        return at && areaOf(at, level as 'belt') === area;
      });
      const sides = [true, false].map(
        (isIn) =>
          new Set(own.filter(({ seller }) => largest.has(seller) === isIn).map(({ seller }) => seller)).size,
      );
      if (Math.min(...sides) < RULES.owners) expect([name, share]).toEqual([name, null]);
    }
  }
});

test('a month tells it, and what it tells of its cells does not depend on it', () => {
  const { belts, sales } = planted(3);
  const asked = { belts, rules: RULES, measures: 1, before: [] };
  const [without, beside] = [{}, { 'largest-sellers': sellersOf(sales) }].map((shares) =>
    gateMonth(highs, asked, monthOf(sales), shares),
  );
  const cellsOf = (month: typeof without) => month?.areas.map(({ cells }) => cells);
  expect(cellsOf(beside)).toEqual(cellsOf(without));
  expect(beside?.report.breaches).toBe(0);
  const nation = beside?.areas.find(({ level }) => level === 'nation')?.structure?.[0];
  const largest = largestOf(sales);
  const sum = (of: readonly Sale[]) => of.reduce((all, { cents }) => all + cents, 0);
  const truth = sum(sales.filter(({ seller }) => largest.has(seller))) / sum(sales);
  expect([null, Math.round(1_000 * truth) / 1_000]).toContain(nation?.share);
  expect(nation?.measure).toBe('largest-sellers');
});

describe('who held what', () => {
  const row = {
    ...{ belt_id: 'a', combination: 1, is_small: 1, is_new: 0, side: 'seller' as const },
    ...{ owners: ['x', 'y', 'z'], largest: [500, 0, 0], others: [0, 300, 0] },
  };
  const bought = { ...row, side: 'buyer' as const, owners: ['u'], largest: [500], others: [300] };
  type Totals = Parameters<typeof sellerDifference>[1];
  const totals = [
    { belt_id: 'a', combination: 1, gmv: 800, pieces: 1, orders: 1, refund: 0, is_of_version: 1 },
  ] as unknown as Totals;

  test('the largest and the others, of whoever is either, apart by size and newness', () => {
    const held = { of: 'largest-sellers', belt: 'a', side: 'seller', owners: ['x', 'y'] };
    const values = [
      [500, 0],
      [0, 300],
    ];
    expect(sellerPieceOf(row)).toEqual({ ...held, combination: 1 | SMALL, values });
    expect(sellerPieceOf({ ...row, is_small: 0, is_new: 1 })).toEqual({
      ...{ ...held, combination: 1 | NEW, values },
    });
    expect(othersByBelt([row, bought, { ...row, combination: 64, others: [1, 2, 3] }])).toEqual({ a: 306 });
  });

  test('what does not come to what is published is found', () => {
    expect(sellerDifference([row, bought], totals)).toBeNull();
    expect(sellerDifference([row, { ...bought, largest: [499], others: [301] }], totals)).toMatch(
      /not what was bought/,
    );
    expect(
      sellerDifference(
        [
          { ...row, others: [0, 299, 0] },
          { ...bought, others: [299] },
        ],
        totals,
      ),
    ).toMatch(/not what is published/);
    expect(sellerDifference([], totals)).toMatch(/not what is published/);
    const other = { ...row, combination: 4 };
    expect(sellerDifference([row, bought, other, { ...bought, combination: 4 }], totals)).toMatch(
      /not what is published/,
    );
  });
});
