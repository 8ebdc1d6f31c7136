/** Sizes of orders beside the tracks that they mirror: what an attacker makes of both together, with each defence and without it. */
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { LinkedTable } from '../disclosure/linked-table.ts';
import { type PublishedCell, publish } from '../disclosure/publish.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { suppress } from '../disclosure/suppress.ts';
import { loadSolver } from '../statistics/linear-programme.ts';
import { random } from '../statistics/planted.ts';
import { gateMonth } from './gated-month.ts';
import type { GatedShares } from './gated-share.ts';
import { gateSizes, type SizesReport, type SizesToGate } from './gated-sizes.ts';
import { sizeDifference, sizePieceOf, smallByBelt } from './size-holdings.ts';

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
}

/** Eight belts of three cities that sell by distribution and wholesale; `exact`: every order of distribution is small, and of wholesale none. */
function planted(seed: number, exact: boolean): { belts: Belt[]; sales: Sale[] } {
  const draw = random(seed);
  const belts = Array.from({ length: 8 }, (_, no): Belt => ({
    ...{ id: `B${no}`, city: `c${no % 3}`, province: `p${no % 2}` },
    category: `g${Math.floor(3 * draw())}`,
  }));
  const sales = belts.flatMap(({ id }) =>
    Array.from({ length: 5 + Math.floor(14 * draw()) }, (_, no) => {
      const [size, likes] = [Math.exp(3 * draw()), draw()];
      return Array.from({ length: 4 }, (): Sale => {
        const track = draw() < likes ? DISTRIBUTION : WHOLESALE;
        const isSmall = exact ? track === DISTRIBUTION : draw() < (track === DISTRIBUTION ? 0.8 : 0.15);
        const cents = Math.ceil(1_000 * size * draw());
        return {
          belt: id,
          seller: `${id}-${no}`,
          buyer: `U${Math.floor(30 * draw())}`,
          track,
          cents,
          isSmall,
        };
      });
    }).flat(),
  );
  return { belts, sales };
}

/** What each owner has of either side, by combination. */
function holdingsOf(sales: readonly Sale[], of: (sale: Sale) => readonly number[]): Holding[] {
  const held = new Map<string, Holding & { values: number[] }>();
  for (const sale of sales)
    for (const side of ['seller', 'buyer'] as const) {
      const key = [sale.belt, side, sale[side], sale.track].join('|');
      const values = of(sale);
      const none = {
        ...{ belt: sale.belt, side, owner: sale[side], combination: sale.track },
        values: values.map(() => 0),
      };
      const one = held.get(key) ?? none;
      held.set(key, one);
      values.forEach((value, at) => (one.values[at] = (one.values[at] ?? 0) + value));
    }
  return [...held.values()];
}
const monthOf = (sales: readonly Sale[]) => holdingsOf(sales, ({ cents }) => [cents]);
const sizesOf = (sales: readonly Sale[]) =>
  holdingsOf(sales, ({ cents, isSmall }) => (isSmall ? [cents, 0] : [0, cents]));

/** What is published of a month, by its own pattern. */
function publishedOf(belts: readonly Belt[], sales: readonly Sale[]): PublishedCell[] {
  const table = new LinkedTable(new Holdings(belts, monthOf(sales), 1, RULES), RULES, 'track');
  return publish(table, suppress(highs, table));
}

function told(
  { belts, sales }: ReturnType<typeof planted>,
  rows: readonly PublishedCell[],
  without?: SizesToGate['without'],
): GatedShares<SizesReport> {
  const totals = rows.filter(({ by, key, values }) => by === 'track' && key === 'all' && values === null);
  const withheld = new Set(totals.map(({ level, area, by, key }) => `${level}:${area}:${by}:${key}`));
  const asked = { belts, rules: RULES, withheld, before: [], ...(without ? { without } : {}) };
  return gateSizes(highs, asked, rows, sizesOf(sales));
}
const countOf = ({ shares }: GatedShares) => [...shares.values()].filter((share) => share !== null).length;

test('where every order of distribution is small, the share tells the track: nothing follows, and much without each defence', () => {
  let [shares, open, rounds] = [0, 0, 0];
  for (let seed = 1; seed <= 12; seed++) {
    const month = planted(seed, true);
    const rows = publishedOf(month.belts, month.sales);
    const safe = told(month, rows);
    expect([seed, safe.report.breaches, safe.report.beside]).toEqual([seed, 0, 0]);
    shares += countOf(safe);
    // Told where the tracks are withheld, it gives the track away: the audit of both finds it, and withholds areas until nothing follows, or all.
    const late = told(month, rows, 'mirrored');
    if (late.report.beside !== 0) expect([seed, countOf(late)]).toEqual([seed, 0]);
    rounds += late.report.rounds;
    open += Number(late.report.rounds > 0);
  }
  expect(shares).toBeGreaterThan(20);
  expect(open).toBeGreaterThan(2);
  expect(rounds).toBeGreaterThanOrEqual(open);
});

test('so it is where only most are small', () => {
  let shares = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const month = planted(seed, false);
    const safe = told(month, publishedOf(month.belts, month.sales));
    expect([seed, safe.report.breaches, safe.report.beside]).toEqual([seed, 0, 0]);
    shares += countOf(safe);
  }
  expect(shares).toBeGreaterThan(20);
});

test('it is told nowhere where distribution, wholesale or all orders are withheld', () => {
  for (let seed = 21; seed <= 24; seed++) {
    const month = planted(seed, true);
    const rows = publishedOf(month.belts, month.sales);
    const { shares } = told(month, rows);
    for (const { level, area, by, key, values } of rows)
      if (by === 'track' && values === null && ['all', 'distribution', 'wholesale'].includes(String(key)))
        expect(shares.get(`${level}:${area}`)).toBeNull();
  }
});

test('a month tells it, and what it tells of its cells does not depend on it', () => {
  const { belts, sales } = planted(3, false);
  const asked = { belts, rules: RULES, measures: 1, before: [] };
  const [without, beside] = [{}, { 'small-orders': sizesOf(sales) }].map((shares) =>
    gateMonth(highs, asked, monthOf(sales), shares),
  );
  const cellsOf = (month: typeof without) => month?.areas.map(({ cells }) => cells);
  expect(cellsOf(beside)).toEqual(cellsOf(without));
  expect([beside?.report.breaches, without?.areas[0]?.structure]).toEqual([0, null]);
  const nation = beside?.areas.find(({ level }) => level === 'nation')?.structure?.[0];
  const [small, all] = [sales.filter(({ isSmall }) => isSmall), sales].map((some) =>
    some.reduce((sum, { cents }) => sum + cents, 0),
  );
  expect(nation).toEqual({
    measure: 'small-orders',
    share: Math.round((1_000 * (small ?? NaN)) / (all ?? NaN)) / 1_000,
  });
});

describe('who held what', () => {
  const row = {
    ...{ belt_id: 'a', combination: 1, side: 'seller' as const, owners: ['x', 'y', 'z'] },
    ...{ small: [500, 0, 0], large: [0, 300, 0] },
  };
  const bought = { ...row, side: 'buyer' as const, owners: ['u'], small: [500], large: [300] };

  test('small orders and the rest, of whoever has either', () => {
    expect(sizePieceOf(row)).toEqual({
      ...{ of: 'small-orders', belt: 'a', combination: 1, side: 'seller', owners: ['x', 'y'] },
      values: [
        [500, 0],
        [0, 300],
      ],
    });
    expect(smallByBelt([row, bought, { ...row, combination: 64, small: [1, 2, 3] }])).toEqual({ a: 506 });
  });

  test('what does not come to what is published is found', () => {
    type Totals = Parameters<typeof sizeDifference>[1];
    const total = {
      belt_id: 'a',
      combination: 1,
      gmv: 800,
      pieces: 1,
      orders: 1,
      refund: 0,
      is_of_version: 1,
    };
    const totals = [total] as unknown as Totals;
    expect(sizeDifference([row, bought], totals)).toBeNull();
    expect(sizeDifference([row, { ...bought, small: [499], large: [301] }], totals)).toMatch(
      /not what was bought/,
    );
    expect(sizeDifference([{ ...row, large: [0, 299, 0] }, bought], totals)).toMatch(/not what is published/);
    expect(sizeDifference([], totals)).toMatch(/not what is published/);
    const other = { ...row, combination: 4 };
    expect(sizeDifference([row, bought, other], totals)).toMatch(/not what is published/);
  });
});
