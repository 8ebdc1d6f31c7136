/** Parts of a track beside the tracks: what an attacker makes of all together, with each defence and without it. */
import { TRACK, TRACKS } from '@beltline/contract';
import type { PublicTrack } from '../disclosure-audit/unknowns.ts';
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { areaOf, LinkedTable } from '../disclosure/linked-table.ts';
import { type PublishedCell, publish } from '../disclosure/publish.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { suppress } from '../disclosure/suppress.ts';
import { loadSolver } from '../statistics/linear-programme.ts';
import { random } from '../statistics/planted.ts';
import { gateMonth } from './gated-month.ts';
import { type GatedParts, gateParts, partBit, type PartsToGate } from './gated-parts.ts';
import { gateShares } from './gated-share.ts';
import { breachesOf, ofAll, ownCategories } from './told-beside.ts';

const highs = await loadSolver();
const RULES: DisclosureRules = { owners: 5, peers: 10, percent: 15, pooled: 1 };
const [DISTRIBUTION, CUSTOM, WHOLESALE] = [1, 4, 64];
const NAMED = ['x', 'y'];
const PARTS = 3;
const PARTITIONS_NAMED = {
  channels: { named: NAMED, hasOthers: true },
  countries: { named: [], hasOthers: false },
};

interface Sale {
  readonly belt: string;
  readonly seller: string;
  readonly buyer: string;
  readonly combination: number;
  /** Of distribution, its channel; else -1. */
  readonly part: number;
  readonly cents: number;
}
interface Month {
  readonly belts: readonly Belt[];
  readonly sales: readonly Sale[];
}

/** Eight belts of three cities; `exact`: channel x is what custom orders go through, and no other order does. */
function planted(seed: number, exact = false): Month {
  const draw = random(seed);
  const belts = Array.from({ length: 8 }, (_, no): Belt => ({
    ...{ id: `B${no}`, city: `c${no % 3}`, province: `p${no % 2}` },
    category: `g${Math.floor(3 * draw())}`,
  }));
  const sales = belts.flatMap(({ id }) =>
    Array.from({ length: 8 + Math.floor(18 * draw()) }, (_, no) => {
      const [size, likes, own] = [Math.exp(2.5 * draw()), draw(), Math.floor(PARTS * draw())];
      return Array.from({ length: 5 }, (): Sale => {
        const isDistribution = draw() < 0.4 + 0.6 * likes;
        const part = isDistribution ? (draw() < 0.5 ? own : Math.floor(PARTS * draw())) : -1;
        const isCustom = exact ? part === 0 : draw() < 0.2;
        const tracks = (isDistribution ? DISTRIBUTION : 0) | (isCustom ? CUSTOM : 0);
        return {
          ...{ belt: id, seller: `${id}-${no}`, buyer: `U${Math.floor(40 * draw())}`, part },
          ...{ combination: tracks === 0 ? WHOLESALE : tracks, cents: Math.ceil(1_000 * size * draw()) },
        };
      });
    }).flat(),
  );
  return { belts, sales };
}

/** What each owner has of either side, by combination. */
function holdingsOf(sales: readonly Sale[], of: (sale: Sale) => number): Holding[] {
  const held = new Map<string, Holding & { values: number[] }>();
  for (const sale of sales)
    for (const side of ['seller', 'buyer'] as const) {
      const combination = of(sale);
      const key = [sale.belt, side, sale[side], combination].join('|');
      const one = held.get(key) ?? {
        ...{ belt: sale.belt, side, owner: sale[side], combination, values: [0] },
      };
      held.set(key, one);
      one.values[0] = (one.values[0] ?? 0) + sale.cents;
    }
  return [...held.values()];
}
const monthOf = ({ sales }: Month) => holdingsOf(sales, ({ combination }) => combination);
const bitOf = (part: number) => (part < 0 ? 0 : partBit('channels', part));
const partsOf = ({ sales }: Month) =>
  holdingsOf(
    sales.filter(({ part }) => part >= 0),
    ({ combination, part }) => combination | bitOf(part),
  );

/** What is published of a month, by its own pattern. */
function publishedOf(month: Month): PublishedCell[] {
  const table = new LinkedTable(new Holdings(month.belts, monthOf(month), 1, RULES), RULES, 'track');
  return publish(table, suppress(highs, table));
}

const askedOf = ({ belts }: Month, more: Partial<PartsToGate> = {}): PartsToGate => ({
  ...{ partition: 'channels', belts, rules: RULES, before: [], named: NAMED, hasOthers: true, steps: [2] },
  ...more,
});
const told = (month: Month, rows: readonly PublishedCell[], more: Partial<PartsToGate> = {}): GatedParts =>
  gateParts(highs, askedOf(month, more), rows, monthOf(month), partsOf(month));
const namesOf = ({ shares }: GatedParts) =>
  [...shares].flatMap(([name, share]) => (share === null ? [] : [name]));

/** What an auditor finds who has the tracks as they are published and of parts what is said: by code of the attack's own, and beside what the tracks give away by themselves. */
function breachesBeside(
  month: Month,
  rows: readonly PublishedCell[],
  isTold: (part: number, area: string) => boolean,
): number {
  const parts = Array.from({ length: PARTS }, (_, part): PublicTrack => ({
    ...{ key: `part ${part}`, bit: partBit('channels', part), isPart: false },
  }));
  const tracks = TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] }));
  const shown = new Set(
    rows.flatMap(({ level, area, by, key, values }) =>
      by === 'track' && values !== null ? [`${key}|${level}:${area}`] : [],
    ),
  );
  const found = breachesOf(highs, {
    ...{ belts: month.belts, rules: RULES, tracks: [...tracks, ...parts] },
    holdings: holdingsOf(month.sales, ({ combination, part }) => combination | bitOf(part)),
    isTold: (key, area, now) =>
      key.startsWith('part ')
        ? now.size > 0 && isTold(Number(key.slice(5)), area)
        : shown.has(`${key}|${area}`),
  });
  return found(new Set(['something']))?.length ?? NaN;
}

test('nothing follows from tracks and parts together', () => {
  let areas = 0;
  for (let seed = 1; seed <= 6; seed++) {
    const month = planted(seed);
    const rows = publishedOf(month);
    const safe = told(month, rows);
    const names = new Set(namesOf(safe));
    expect([seed, safe.report.map(({ breaches, beside }) => [breaches, beside])]).toEqual([seed, [[0, 0]]]);
    expect([seed, breachesBeside(month, rows, (_, area) => names.has(area))]).toEqual([seed, 0]);
    areas += names.size;
  }
  expect(areas).toBeGreaterThan(10);
});

test('told where the track is withheld, parts add up to it: the audit of all finds it, and withholds areas until nothing follows, or all', () => {
  let open = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const month = planted(seed);
    const late = told(month, publishedOf(month), { without: 'mirrored' });
    if (late.report.some(({ beside }) => beside !== 0)) expect(namesOf(late)).toEqual([]);
    open += Number(late.report.some(({ rounds }) => rounds > 0));
  }
  expect(open).toBeGreaterThan(0);
});

test('a gate that protects nothing but what is unsafe in itself is found out by the audit of the parts, and tells nobody', () => {
  let complementary = 0;
  for (let seed = 1; seed <= 6; seed++) {
    const month = planted(seed);
    const open = told(month, publishedOf(month), { without: 'complementary' });
    complementary += Number(open.report.some(({ breaches }) => breaches !== 0));
    if (open.report.some(({ breaches }) => breaches !== 0)) expect(namesOf(open)).toEqual([]);
  }
  expect(complementary).toBeGreaterThan(2);
});

test('each part by a pattern of its own: all parts but one are that one', () => {
  let apart = 0;
  for (let seed = 1; seed <= 6; seed++) {
    const month = planted(seed);
    const rows = publishedOf(month);
    const ofEach = Array.from({ length: PARTS }, (_, part) => toldApart(month, rows, part));
    apart += Number(breachesBeside(month, rows, (part, area) => ofEach[part]?.has(area) ?? false) > 0);
  }
  expect(apart).toBeGreaterThan(2);
});

/** The areas of which a part is told by itself, as a share of the track, where the track is told. */
function toldApart(month: Month, rows: readonly PublishedCell[], part: number): ReadonlySet<string> {
  const sums = new Map<string, Holding & { values: number[] }>();
  for (const { belt, side, owner, combination, values } of partsOf(month)) {
    const key = `${side}|${belt}|${owner}`;
    const one = sums.get(key) ?? { belt, side, owner, combination: 0, values: [0, 0] };
    sums.set(key, one);
    const at = (combination & partBit('channels', part)) === 0 ? 1 : 0;
    one.values[at] = (one.values[at] ?? 0) + (values[0] ?? 0);
  }
  const held = [...sums.values()];
  const withheld = new Set([
    ...rows
      .filter(({ by, key, values }) => by === 'track' && key === 'distribution' && values === null)
      .map(({ level, area }) => ofAll(level, area)),
    ...ownCategories(month.belts, held).map((area) => ofAll('category', area)),
  ]);
  const { shares } = gateShares(highs, { belts: month.belts, rules: RULES, withheld, before: [] }, held);
  return new Set([...shares].flatMap(([name, share]) => (share === null ? [] : [name])));
}

test('where a channel is another track under another name, parts beside tracks tell that track: the audit of both withholds it', () => {
  let [open, areas] = [0, 0];
  for (let seed = 1; seed <= 12; seed++) {
    const month = planted(seed, true);
    const rows = publishedOf(month);
    const blind = new Set(namesOf(told(month, rows, { without: 'joint' })));
    open += Number(breachesBeside(month, rows, (_, area) => blind.has(area)) > 0);
    const safe = told(month, rows);
    const names = new Set(namesOf(safe));
    expect([seed, breachesBeside(month, rows, (_, area) => names.has(area))]).toEqual([seed, 0]);
    areas += names.size;
  }
  expect(open).toBeGreaterThan(1);
  expect(areas).toBeGreaterThan(10);
});

test('parts are told nowhere where their track is withheld, all of an area or none, and as the sales have them', () => {
  for (let seed = 21; seed <= 24; seed++) {
    const month = planted(seed);
    const rows = publishedOf(month);
    const { shares } = told(month, rows);
    for (const { level, area, by, key, values } of rows)
      if (by === 'track' && key === 'distribution' && values === null)
        expect(shares.get(`${level}:${area}`)).toBeNull();
    const sold = [0, 1, 2].map((part) =>
      month.sales.filter((sale) => sale.part === part).reduce((sum, { cents }) => sum + cents, 0),
    );
    const all = sold.reduce((sum, one) => sum + one, 0);
    const nation = shares.get('nation:');
    if (nation) expect(nation).toEqual(sold.map((one) => Math.round((1_000 * one) / all) / 1_000));
    for (const share of shares.values()) expect([null, PARTS]).toContain(share && share.length);
  }
});

test('an area that is not told every part may be told the first ones, and what is left over with them', () => {
  let [some, all] = [0, 0];
  for (let seed = 1; seed <= 12; seed++) {
    const month = planted(seed);
    const rows = publishedOf(month);
    const { shares, report } = told(month, rows, { steps: [1, 2] });
    const lengths = [...shares.values()].flatMap((share) => (share === null ? [] : [share.length]));
    some += lengths.filter((length) => length === 2).length;
    all += lengths.filter((length) => length === 3).length;
    expect(report.every(({ breaches, beside }) => breaches === 0 && beside === 0)).toBe(true);
    // Whoever adds up what is left over again has the parts that are told.
    const isTold = (part: number, area: string) => {
      const own = shares.get(area);
      return own != null && (part === 0 || own.length === PARTS);
    };
    expect([seed, breachesBeside(month, rows, isTold)]).toEqual([seed, 0]);
  }
  expect([some > 3, all > 10]).toEqual([true, true]);
});

test('one seller on a channel in a city: its parts are withheld, and neither province nor nation less the others gives them', () => {
  const belts = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, no): Belt => ({
    ...{ id, city: `c${Math.floor(no / 2)}`, province: no < 4 ? 'p' : 'q', category: `g${no}` },
  }));
  const sales = belts.flatMap(({ id }, at) =>
    Array.from({ length: 12 }, (_, no) =>
      [0, 1, 2].flatMap((part): Sale[] => {
        // In city c0 channel y is one seller's.
        if (part === 1 && at < 2 && !(at === 0 && no === 0)) return [];
        const cents = 1_000 + 10 * no + (part === 1 && at === 0 ? 5_000 : 0);
        return [
          {
            ...{ belt: id, seller: `${id}${no}`, buyer: `U${id}${no}${part}`, part },
            ...{ combination: DISTRIBUTION, cents },
          },
        ];
      }),
    ).flat(),
  );
  const month = { belts, sales };
  const rows = publishedOf(month);
  const safe = told(month, rows);
  expect(safe.shares.get('city:p/c0')).toBeNull();
  expect(safe.shares.get('nation:')).toHaveLength(PARTS);
  const names = new Set(namesOf(safe));
  expect(breachesBeside(month, rows, (_, area) => names.has(area))).toBe(0);
  // A gate that withholds the city alone.
  const open = [...safe.shares.keys()].filter((name) => !['city:p/c0', 'belt:a', 'belt:b'].includes(name));
  expect(breachesBeside(month, rows, (_, area) => open.includes(area))).toBeGreaterThan(0);
});

test('a month tells them, and what it tells of its cells does not depend on it', () => {
  const month = planted(3);
  const { belts } = month;
  const asked = { belts, rules: RULES, measures: 1, before: [], partitions: PARTITIONS_NAMED };
  const [without, beside] = [{}, { parts: partsOf(month) }].map((shares) =>
    gateMonth(highs, asked, monthOf(month), shares),
  );
  const cellsOf = (of: typeof without) => of?.areas.map(({ cells }) => cells);
  expect(cellsOf(beside)).toEqual(cellsOf(without));
  expect([beside?.report.breaches, without?.areas[0]?.partitions]).toEqual([0, null]);
});

test('what is left over is called that in every area, also where the first part alone is told', () => {
  const called = new Set<string>();
  for (let seed = 1; seed <= 12; seed++) namesToldOf(planted(seed)).forEach((names) => called.add(names));
  expect([...called].sort()).toEqual(['x,others', 'x,y,others']);
});

/** Which parts areas of a month are told by name; each share is held against the sales. */
function namesToldOf(month: Month): Set<string> {
  const { belts } = month;
  const asked = { belts, rules: RULES, measures: 1, before: [], partitions: PARTITIONS_NAMED };
  const { areas } = gateMonth(highs, asked, monthOf(month), { parts: partsOf(month) });
  const called = new Set<string>();
  for (const { level, area, partitions } of areas) {
    const [own] = partitions ?? [];
    if (own?.parts == null) continue;
    const inside = belts.filter((belt) => areaOf(belt, level) === area).map(({ id }) => id);
    const sales = month.sales.filter(({ belt, part }) => part >= 0 && inside.includes(belt));
    const sum = (of: readonly Sale[]) => of.reduce((all, { cents }) => all + cents, 0);
    const names = own.parts.map(([part]) => part);
    called.add(names.join());
    const parts = names.map((name, at) =>
      sales.filter(({ part }) => (name === 'others' ? part >= at : NAMED[part] === name)),
    );
    expect(own.parts.map(([, share]) => share)).toEqual(
      parts.map((some) => Math.round((1_000 * sum(some)) / sum(sales)) / 1_000),
    );
  }
  return called;
}
