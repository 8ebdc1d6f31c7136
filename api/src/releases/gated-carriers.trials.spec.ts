/** Newcomers beside the month that they are a part of: what an attacker makes of both together, with each defence and without it. */
import { audit } from '../disclosure-audit/audit.ts';
import type { Belt, Holding } from '../disclosure/holdings.ts';
import { areaOf, type Level } from '../disclosure/linked-table.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { loadSolver } from '../statistics/linear-programme.ts';
import { random } from '../statistics/planted.ts';
import {
  breadthPiecesOf,
  carrierDifference,
  comparedMonths,
  hasBreadth,
  newcomerPieceOf,
} from './carrier-holdings.ts';
import { type GatedMonth, gateMonth } from './gated-month.ts';

const highs = await loadSolver();
const RULES: DisclosureRules = { owners: 5, peers: 10, percent: 15, pooled: 1 };
const LEVELS: readonly Level[] = ['belt', 'city', 'province', 'category', 'nation'];
const MANY = 64;

interface Sale {
  readonly belt: string;
  readonly seller: string;
  readonly buyer: string;
  readonly cents: number;
  readonly isNew: boolean;
}

/** Seven belts of three cities, of which some sellers are new: few in some belts, many in others. */
function planted(seed: number): { belts: Belt[]; sales: Sale[] } {
  const draw = random(seed);
  const belts = Array.from({ length: 7 }, (_, no): Belt => ({
    ...{ id: `B${no}`, city: `c${no % 3}`, province: `p${no % 2}` },
    category: `g${Math.floor(3 * draw())}`,
  }));
  const sales = belts.flatMap(({ id }) => {
    const fresh = draw();
    return Array.from({ length: 4 + Math.floor(16 * draw()) }, (_, no) => {
      const [size, isNew] = [Math.exp(3 * draw()), draw() < fresh];
      return Array.from({ length: 3 }, (): Sale => ({
        ...{ belt: id, seller: `${id}-${no}`, buyer: `U${Math.floor(30 * draw())}`, isNew },
        cents: Math.ceil(1_000 * size * draw()),
      }));
    }).flat();
  });
  return { belts, sales };
}

/** What each owner has, of either side, by `of`. */
function holdingsOf(
  sales: readonly Sale[],
  of: (sale: Sale) => readonly [number, readonly number[]],
): Holding[] {
  const held = new Map<
    string,
    { belt: string; side: 'seller' | 'buyer'; owner: string; combination: number; values: number[] }
  >();
  for (const sale of sales)
    for (const side of ['seller', 'buyer'] as const) {
      const [combination, values] = of(sale);
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

const monthOf = (sales: readonly Sale[]) => holdingsOf(sales, ({ cents }) => [MANY, [cents]]);
const newcomersOf = (sales: readonly Sale[]) =>
  holdingsOf(sales, ({ cents, isNew }) => [0, isNew ? [cents, 0] : [0, cents]]);

type Told = ReadonlyMap<string, number | null>;
const toldBy = ({ areas }: GatedMonth): Told =>
  new Map(
    areas.flatMap(({ level, area, carriers }) =>
      (carriers ?? []).map(({ share }) => [`${level}:${area}`, share] as const),
    ),
  );

/** A month and its newcomers as one table: all orders are of newcomers and of others, and the sums of both are published where they are told. */
function breachesOfBoth(
  belts: readonly Belt[],
  sales: readonly Sale[],
  month: GatedMonth,
  told: Told,
): number {
  const [others, fresh] = [1, 3];
  const confidential = holdingsOf(sales, ({ cents, isNew }) => [isNew ? fresh : others, [cents]]);
  const shown = new Map(
    month.areas.map(({ level, area, cells }) => [
      `${level}:${area}`,
      cells.find(({ track }) => track === 'all')?.values ?? null,
    ]),
  );
  const rows = LEVELS.flatMap((level) =>
    [...new Set(belts.map((belt) => areaOf(belt, level)))].flatMap((area) => {
      const inside = belts.filter((belt) => areaOf(belt, level) === area).map(({ id }) => id);
      const own = sales.filter(({ belt }) => inside.includes(belt));
      if (own.length === 0) return [];
      const part = own.reduce((sum, { cents, isNew }) => sum + (isNew ? cents : 0), 0);
      const name = `${level}:${area}`;
      const isTold = (told.get(name) ?? null) !== null;
      const hidden = [
        { by: 'combination' as const, key: others },
        { by: 'part' as const, key: others },
        { by: 'part' as const, key: fresh },
      ].map((of) => ({ ...{ level, area, ...of }, values: null }));
      return [
        ...hidden,
        { ...{ level, area, by: 'track' as const, key: 'all' }, values: shown.get(name) ?? null },
        { ...{ level, area, by: 'track' as const, key: 'new' }, values: isTold ? [part] : null },
      ];
    }),
  );
  const tracks = [
    { key: 'all', bit: 0, isPart: false },
    { key: 'new', bit: 2, isPart: true },
  ];
  return audit(highs, { belts, tracks, measures: 1, rows }, confidential, RULES).breaches.length;
}

test('of a month and its newcomers together nothing follows, and much where all newcomers are told', () => {
  let [shares, open] = [0, 0];
  for (let seed = 1; seed <= 12; seed++) {
    const { belts, sales } = planted(seed);
    const asked = { belts, rules: RULES, measures: 1, before: [] };
    const month = gateMonth(highs, asked, monthOf(sales), { newcomers: newcomersOf(sales) });
    expect([seed, month.report.breaches, month.report.shares.newcomers?.breaches]).toEqual([seed, 0, 0]);
    const told = toldBy(month);
    shares += [...told.values()].filter((share) => share !== null).length;
    expect([seed, breachesOfBoth(belts, sales, month, told)]).toEqual([seed, 0]);
    const every = new Map([...told.keys()].map((name) => [name, 0.5] as const));
    open += Number(breachesOfBoth(belts, sales, month, every) > 0);
  }
  expect(shares).toBeGreaterThan(20);
  expect(open).toBe(12);
});

test('what newcomers sold says that no less was sold: where that tells too much, it is told of nobody', () => {
  // A is one firm's, so it is withheld with B, by which it seems that it could be more; nearly all of B is of newcomers, so that B can hardly be less.
  const belts = ['a', 'b', 'c', 'd'].map((id, no): Belt => ({
    ...{ id, city: id, province: no < 2 ? 'p' : 'q', category: `g${no}` },
  }));
  const month = (shareOfB: number) => {
    const of = (belt: string, values: readonly number[]) =>
      values.flatMap((value, no): Holding[] => {
        const one: Holding = {
          ...{ belt, combination: MANY, side: 'seller', owner: `${belt}${no}` },
          values: [value],
        };
        return [one, { ...one, side: 'buyer', owner: `U${belt}${no}` }];
      });
    const even = [60, 58, 56, 54, 52, 50, 48];
    const sold = [...of('a', [900]), ...of('b', even), ...of('c', even), ...of('d', even)];
    const fresh = sold.map((one): Holding => {
      const value = one.values[0] ?? 0;
      const part = Math.round(value * (one.belt === 'b' ? shareOfB : 0.1));
      return { ...one, values: [part, value - part] };
    });
    const asked = { belts, rules: RULES, measures: 1, before: [] };
    // Refunds are told on, which say little.
    const refunds = sold.map((one): Holding => ({ ...one, values: [5, (one.values[0] ?? 0) - 5] }));
    return gateMonth(highs, asked, sold, { newcomers: fresh, 'refund-rate': refunds });
  };
  const [usual, telling] = [month(0.1), month(0.97)];
  expect([usual.report.telling, telling.report.telling]).toEqual([[], ['newcomers']]);
  const isTold = (one: GatedMonth) => [...toldBy(one).values()].some((share) => share !== null);
  expect([isTold(usual), isTold(telling)]).toEqual([true, false]);
  const refunds = ({ areas }: GatedMonth) => areas.flatMap(({ service }) => service ?? []);
  expect(refunds(telling)).toEqual(refunds(usual));
  expect(refunds(usual).some(({ share }) => share !== null)).toBe(true);
});

describe('who held what', () => {
  const row = {
    ...{ belt_id: 'a', side: 'seller' as const, owners: ['x', 'y', 'z', 'gone', 'refunded'] },
    ...{ newcomer: [500, 0, 0, 0, 0], known: [0, 300, 101, 0, 0] },
    ...{ now: [500, 300, 101, 0, 0], before: [0, 100, 100, 70, 0] },
  };
  const other = {
    ...row,
    side: 'buyer' as const,
    owners: ['u'],
    newcomer: [500],
    known: [401],
    now: [0],
    before: [0],
  };

  test('newcomers and others, each who sold anything in the month', () => {
    expect(newcomerPieceOf(row)).toEqual({
      ...{ of: 'newcomers', belt: 'a', combination: 0, side: 'seller', owners: ['x', 'y', 'z'] },
      values: [
        [500, 0, 0],
        [0, 300, 101],
      ],
    });
  });

  test('who rose, fell, or sold about as much, of whoever sold in either; both sides alike', () => {
    const [sellers, mirrored] = breadthPiecesOf(row, 0.02);
    expect(sellers).toEqual({
      ...{ of: 'breadth', belt: 'a', combination: 0, side: 'seller', owners: ['x', 'y', 'z', 'gone'] },
      values: [
        [1, 1, 0.5, 0],
        [0, 0, 0.5, 1],
      ],
    });
    expect(mirrored).toEqual({ ...sellers, side: 'buyer' });
    expect(breadthPiecesOf(other, 0.02)).toEqual([]);
  });

  test('what does not come to what is published is found', () => {
    const total = {
      belt_id: 'a',
      combination: 64,
      gmv: 901,
      pieces: 1,
      orders: 1,
      refund: 0,
      is_of_version: 1,
    };
    type Totals = Parameters<typeof carrierDifference>[1];
    const totals = [total] as unknown as Totals;
    expect(carrierDifference([row, other], totals)).toBeNull();
    expect(carrierDifference([row, { ...other, newcomer: [499], known: [402] }], totals)).toMatch(
      /other side/,
    );
    expect(carrierDifference([{ ...row, known: [0, 300, 100, 0, 0] }, other], totals)).toMatch(
      /not what is published/,
    );
    expect(carrierDifference([], totals)).toMatch(/who is new in belt a/);
    // Who sold before alone is in no published month.
    const gone = {
      ...row,
      belt_id: 'b',
      owners: ['gone'],
      newcomer: [0],
      known: [0],
      now: [0],
      before: [70],
    };
    expect(carrierDifference([row, other, gone, { ...gone, side: 'buyer' }], totals)).toBeNull();
  });

  test('January and February are compared with both of the year before, and breadth waits for February', () => {
    const loaded = { firstDay: '2024-01-01', dataThrough: '2025-03-31' };
    expect(comparedMonths('2025-02', loaded)).toEqual({
      ...{ month: '2025-02-01', from: '2025-01-01', base_from: '2024-01-01', base_to: '2024-03-01' },
    });
    expect(comparedMonths('2025-03', loaded)).toEqual({
      ...{ month: '2025-03-01', from: '2025-03-01', base_from: '2024-03-01', base_to: '2024-04-01' },
    });
    expect(['2025-01', '2025-02', '2025-03'].map((month) => hasBreadth(month, loaded))).toEqual([
      false,
      true,
      true,
    ]);
    // Nobody can say who is new where the year before is not loaded, or not wholly.
    expect(comparedMonths('2024-12', loaded)).toBeNull();
    expect(comparedMonths('2025-02', { ...loaded, firstDay: '2024-01-20' })).toBeNull();
    expect(comparedMonths('2025-02', { ...loaded, notLoaded: ['2024-02'] })).toBeNull();
    expect(hasBreadth('2025-02', { ...loaded, notLoaded: ['2025-01'] })).toBe(false);
  });
});
