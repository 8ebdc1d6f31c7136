/** Shares through the gate: what an attacker makes of them, with each defence and without it. */
import { audit } from '../disclosure-audit/audit.ts';
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { LinkedTable } from '../disclosure/linked-table.ts';
import { plantedMonth, SMALL_SHAPE } from '../disclosure/planted-holdings.ts';
import { plantedShares, SMALL_SHARES } from '../disclosure/planted-shares.ts';
import { publish } from '../disclosure/publish.ts';
import { type DisclosureRules, rulesOfShares } from '../disclosure/rules.ts';
import { nameOf } from '../disclosure/suppress.ts';
import { loadSolver } from '../statistics/linear-programme.ts';
import { gateMonth } from './gated-month.ts';
import { gateShares, type ShareToGate } from './gated-share.ts';

const highs = await loadSolver();
const RULES: DisclosureRules = { owners: 5, peers: 10, percent: 15, pooled: 1 };
const asked = (belts: readonly Belt[], more: Partial<ShareToGate> = {}): ShareToGate => ({
  ...{ belts, rules: RULES, withheld: new Set(), before: [] },
  ...more,
});
const ONLY = [{ key: 'all', bit: 0, isPart: false }];
const total = (level: 'belt' | 'province' | 'nation', area: string) =>
  nameOf({ level, area, by: 'track', key: 'all' });

/** Four belts of two provinces. */
const BELTS: Belt[] = ['a', 'b', 'c', 'd'].map((id, no) => ({
  id,
  city: id,
  province: no < 2 ? 'p' : 'q',
  category: `g${no}`,
}));
/** Sellers with so much of the part and of the rest, each with a buyer of their own. */
const ofSellers = (belt: string, parts: readonly number[], rests: readonly number[]): Holding[] =>
  parts.flatMap((part, no) => {
    const one: Holding = {
      ...{ belt, combination: 0, side: 'seller', owner: `${belt}${no}` },
      values: [part, rests[no] ?? 0],
    };
    return [one, { ...one, side: 'buyer' as const, owner: `U${belt}${no}` }];
  });
const EVEN = [5, 5, 5, 4, 4, 4, 3, 3];
const MANY = EVEN.map(() => 40);
const WELL = (belt: string): Holding[] => ofSellers(belt, EVEN, MANY);

/** What the auditor says of a pattern of one's own. */
function breachesOf(
  holdings: readonly Holding[],
  isShown: (name: string) => boolean,
  belts = BELTS,
  ofShares = true,
) {
  const rules = rulesOfShares(RULES);
  const table = new LinkedTable(new Holdings(belts, holdings, 2, rules), rules, 'track');
  const shown = Uint8Array.from(table.cells, ({ names, isHidden }) =>
    Number(!isHidden && names.every((name) => isShown(nameOf(name)))),
  );
  const rows = publish(table, { isShown: shown, isWhole: false });
  return audit(highs, { belts, tracks: ONLY, measures: 2, rows }, holdings, RULES, { ofShares }).breaches;
}

test('small tables: the auditor finds nothing, and much where a defence is off', () => {
  let [complementary, shown] = [0, 0];
  for (let seed = 1; seed <= 12; seed++) {
    const { belts } = plantedMonth(seed, SMALL_SHAPE);
    const holdings = plantedShares(seed, belts, SMALL_SHARES);
    const { report } = gateShares(highs, asked(belts), holdings);
    expect([seed, report.breaches, report.isWhole]).toEqual([seed, 0, false]);
    shown += report.cells - report.withheld;
    const open = gateShares(highs, asked(belts, { without: 'complementary' }), holdings);
    complementary += open.report.breaches ?? 0;
  }
  expect(shown).toBeGreaterThan(20);
  expect(complementary).toBeGreaterThan(50);
});

test('a share is the part of the whole to a tenth of a percentage point, and names nobody', () => {
  const { shares } = gateShares(
    highs,
    asked(BELTS),
    BELTS.flatMap(({ id }) => WELL(id)),
  );
  const [part, rest] = [33, 320];
  for (const area of ['belt:a', 'province:p', 'nation:']) expect(shares.get(area)).toBe(0.093);
  expect(part / (part + rest)).toBeCloseTo(0.093, 3);
  expect(JSON.stringify([...shares])).not.toMatch(/U[a-d]\d|[a-d]\d/);
});

describe('attacks', () => {
  const others = ['b', 'c', 'd'].flatMap(WELL);

  test('a province less its other belt: one firm has all the refunds of a belt', () => {
    const holdings = [...ofSellers('a', [20, 0, 0, 0, 0, 0], [40, 40, 40, 40, 40, 40]), ...others];
    expect(breachesOf(holdings, (name) => name !== total('belt', 'a')).length).toBeGreaterThan(0);
    const { shares, report } = gateShares(highs, asked(BELTS), holdings);
    expect([shares.get('belt:a'), report.breaches]).toEqual([null, 0]);
    expect([...shares.values()].filter((share) => share === null).length).toBeGreaterThan(1);
  });

  test('what is left to one: a belt that is on time but for two firms gives their lateness away', () => {
    // The part has many owners and none is large in it; the rest has two.
    const holdings = [...ofSellers('a', MANY, [9, 0, 0, 6, 0, 0, 0, 0]), ...others];
    const { shares } = gateShares(highs, asked(BELTS), holdings);
    expect(shares.get('belt:a')).toBeNull();
    // Rules that look at the part alone show it.
    const ofPart = holdings.map((one) => ({ ...one, values: one.values.slice(0, 1) }));
    const table = new LinkedTable(new Holdings(BELTS, ofPart, 1, RULES), RULES, 'track');
    const cell = table.cells.find(({ names }) => names.some((name) => nameOf(name) === total('belt', 'a')));
    expect(cell?.unsafe).toBeNull();
  });

  test('who is alone in a belt, and has nothing of the part, attacks nobody there: others are told', () => {
    const { shares, report } = gateShares(highs, asked(BELTS), [...ofSellers('a', [0], [90]), ...others]);
    expect([report.breaches, shares.get('belt:a')]).toEqual([0, null]);
    expect([...shares.values()].some((share) => share !== null)).toBe(true);
  });

  test('nothing and everything tell of each firm: neither is told, nor sure from its sums', () => {
    for (const [parts, rests] of [
      [MANY.map(() => 0), MANY],
      [MANY, MANY.map(() => 0)],
    ] as const) {
      const holdings = [...ofSellers('a', parts, rests), ...others];
      expect(breachesOf(holdings, (name) => name !== total('belt', 'a')).length).toBeGreaterThan(0);
      const { shares, report } = gateShares(highs, asked(BELTS), holdings);
      expect([shares.get('belt:a'), report.breaches]).toEqual([null, 0]);
    }
  });

  test('whoever knows the wholes sees where a part cannot be more', () => {
    // Around a ring of two provinces and two goods a could be more if b were less, c more and d less: but of c nearly all is of the part as it is.
    const ring: Belt[] = BELTS.map((belt, no) => ({ ...belt, category: no % 3 === 0 ? 'g' : 'h' }));
    const holdings = [
      ...ofSellers('a', [100, 0, 0, 0, 0, 0], [40, 40, 40, 40, 40, 40]),
      ...ofSellers('b', MANY, MANY),
      ...ofSellers('c', MANY, [1, 1, 1, 1, 1, 0, 0, 0]),
      ...ofSellers('d', MANY, MANY),
    ];
    const isShown = (name: string) => !name.startsWith('belt:');
    expect(breachesOf(holdings, isShown, ring).length).toBeGreaterThan(0);
    // Whoever does not know the wholes is sure of nothing.
    expect(breachesOf(holdings, isShown, ring, false)).toEqual([]);
    expect(gateShares(highs, asked(ring), holdings).report).toMatchObject({ breaches: 0, isWhole: false });
  });

  test('two belts of one firm hide each other, and their sum is shown', () => {
    const ofOne = (belt: string) =>
      ofSellers(belt, [20, 1, 1, 1, 0, 0], [40, 40, 40, 40, 40, 40]).map((one) =>
        one.side === 'seller' && one.values[0] === 20 ? { ...one, owner: 'one' } : one,
      );
    const belts: Belt[] = [...BELTS, { id: 'e', city: 'e', province: 'p', category: 'e' }];
    const holdings = [...ofOne('a'), ...ofOne('b'), ...['c', 'd', 'e'].flatMap(WELL)];
    const report = (without?: 'remainders') =>
      gateShares(highs, asked(belts, without ? { without } : {}), holdings).report;
    expect(report('remainders').breaches).toBeGreaterThan(0);
    expect(report().breaches).toBe(0);
  });

  test('a share beside a withheld whole tells the whole: two belts by two equations', () => {
    // Known: both wholes together, both parts together (from their province), and either share to many digits.
    const wholes = [700, 300];
    const shares = [0.11, 0.04];
    const parts = wholes.map((whole, at) => whole * (shares[at] ?? 0));
    const [sum = 0, ofParts = 0] = [wholes, parts].map((all) => all.reduce((more, one) => more + one, 0));
    const [one = 0, other = 0] = shares;
    expect((ofParts - other * sum) / (one - other)).toBeCloseTo(700, 6);
    // So where a month withholds a cell, its share is withheld too, whatever it is made of.
    const holdings = BELTS.flatMap(({ id }) => WELL(id));
    const withheld = new Set(['a', 'b'].map((id) => total('belt', id)));
    const gated = gateShares(highs, asked(BELTS, { withheld }), holdings);
    expect([gated.shares.get('belt:a'), gated.shares.get('belt:b')]).toEqual([null, null]);
    expect(gated.report).toMatchObject({ breaches: 0, unsafe: 0, forced: 2 });
    expect(gateShares(highs, asked(BELTS), holdings).shares.get('belt:a')).toBe(0.093);
  });

  test('what was refunded says that no less was sold: where that tells too much, no refunds are told', () => {
    // a is one firm's, so it is withheld with b, by which it seems that it could be more; nearly all of b was refunded, so that b can hardly be less.
    const sales = (refundOfB: number) => {
      const gmv = [
        ...ofOwner('a', [900]),
        ...ofOwner('b', [60, 60, 60, 60, 60, 60]),
        ...even('c'),
        ...even('d'),
      ];
      const refunds = gmv.map((one): Holding => {
        const paid = one.values[0] ?? 0;
        const refunded = Math.round(paid * (one.belt === 'b' ? refundOfB : 0.1));
        return { ...one, values: [refunded, paid - refunded] };
      });
      const month = { belts: BELTS, rules: RULES, measures: 1, before: [] };
      return gateMonth(highs, month, gmv, { 'refund-rate': refunds });
    };
    const isTold = ({ areas }: ReturnType<typeof sales>) =>
      areas.some(({ service }) => service?.some(({ share }) => share !== null));
    const [usual, telling] = [sales(0.1), sales(0.97)];
    expect([usual.report.telling, isTold(usual)]).toEqual([[], true]);
    expect([telling.report.telling, isTold(telling)]).toEqual([['refund-rate'], false]);
    // What the month itself tells does not depend on it.
    expect([usual, telling].map(({ report }) => report.breaches)).toEqual([0, 0]);
    expect(telling.areas.map(({ cells }) => cells)).toEqual(usual.areas.map(({ cells }) => cells));
  });
});

const ofOwner = (belt: string, values: readonly number[]): Holding[] =>
  values.flatMap((value, no) => {
    const one: Holding = { belt, combination: 64, side: 'seller', owner: `${belt}${no}`, values: [value] };
    return [one, { ...one, side: 'buyer' as const, owner: `U${belt}${no}` }];
  });
const even = (belt: string) => ofOwner(belt, [60, 58, 56, 54, 52, 50, 48]);

test('where the solver gives up on a share, it is told of nobody, and nothing else fails', () => {
  const ofOne = ofSellers('a', [20, 0, 0, 0, 0, 0], [40, 40, 40, 40, 40, 40]);
  const holdings = [...ofOne, ...['b', 'c', 'd'].flatMap(WELL)];
  const givingUp = {
    ...highs,
    createModel: (...of: Parameters<typeof highs.createModel>) =>
      Object.assign(highs.createModel(...of), { getModelStatus: () => 15 }),
  } as typeof highs;
  expect([...gateShares(highs, asked(BELTS), holdings).shares.values()].some((share) => share !== null)).toBe(
    true,
  );
  const { shares, report } = gateShares(givingUp, asked(BELTS), holdings);
  expect([...shares.values()].every((share) => share === null)).toBe(true);
  expect(report).toMatchObject({ breaches: null, withheld: report.cells });
});

test('two who pool are expected to know more, and the auditor finds nothing one at a time', () => {
  // Of belt B3 two firms that pool know all of the rest; one of them alone does not.
  const { belts } = plantedMonth(2_152, { ...SMALL_SHAPE, belts: 5, cities: 3, categories: 4 });
  const holdings = plantedShares(2_152, belts, { ...SMALL_SHARES, sellers: 8, share: 0.9 });
  const rules = { ...RULES, pooled: 2 };
  expect(gateShares(highs, asked(belts, { rules }), holdings).report.breaches).toBe(0);
});

test('what one month withheld is withheld by the next rather than other cells', () => {
  const { belts } = plantedMonth(4, SMALL_SHAPE);
  const names = ({ shares }: ReturnType<typeof gateShares>) =>
    [...shares].flatMap(([name, share]) => (share === null ? [`${name}:track:all`] : []));
  let [alone, beside] = [0, 0];
  for (let seed = 40; seed < 60; seed++) {
    const [first, next] = [seed, seed + 100].map((one) =>
      plantedShares(one, belts, { ...SMALL_SHARES, sellers: 14 }),
    );
    if (!first || !next) throw new Error('nothing is planted');
    const before = names(gateShares(highs, asked(belts), first));
    const others = (more: Partial<ShareToGate>) =>
      names(gateShares(highs, asked(belts, more), next)).filter((name) => !before.includes(name)).length;
    alone += others({});
    beside += others({ before });
  }
  expect(beside).toBeLessThanOrEqual(alone);
});
