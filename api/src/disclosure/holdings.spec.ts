/**
 * Buyers whom the source does not tell: nothing is shown because of them that would not be shown if they were known.
 */
import { random } from '../statistics/planted.ts';
import { audit } from '../disclosure-audit/audit.ts';
import type { Publication } from '../disclosure-audit/unknowns.ts';
import { loadSolver } from '../statistics/linear-programme.ts';
import { MEASURES, publicationOf, RULES, tableOf } from './gate.fixture.ts';
import { type Holding, Holdings } from './holdings.ts';
import { plantedMonth, type PlantedMonth, SMALL_SHAPE } from './planted-holdings.ts';
import { whyUnsafe } from './rules.ts';
import { suppress } from './suppress.ts';

const highs = await loadSolver();

/** The month as a source tells it that leaves out a part of what its buyers bought; their owner is ''. */
function hidden(month: PlantedMonth, seed: number, share: number): PlantedMonth {
  const draw = random(seed);
  const holdings = new Map<string, Holding & { values: number[] }>();
  const add = (one: Holding, owner: string, values: readonly number[]) => {
    const key = [one.belt, one.combination, one.side, owner].join('/');
    const found = holdings.get(key) ?? { ...one, owner, values: values.map(() => 0) };
    values.forEach((value, at) => (found.values[at] = (found.values[at] ?? 0) + value));
    holdings.set(key, found);
  };
  for (const one of month.holdings) {
    // All of it, nothing, or so much of each measure: a buyer's lines may be told in part.
    const part = one.side === 'seller' ? 0 : draw() < share ? (draw() < 0.7 ? 1 : draw()) : 0;
    const untold = one.values.map((value) => (part === 1 ? value : Math.floor(value * part)));
    const told = one.values.map((value, at) => value - (untold[at] ?? 0));
    if (told.some((value) => value > 0)) add(one, one.owner, told);
    if (untold.some((value) => value > 0)) add(one, '', untold);
  }
  return { belts: month.belts, holdings: [...holdings.values()] };
}

const held = ({ belts, holdings }: PlantedMonth) => new Holdings(belts, holdings, MEASURES, RULES);
const atomKey = (of: Holdings, no: number) => {
  const atom = of.atoms[no];
  return `${atom?.belt}/${atom?.combination}`;
};

test('no sum of cells is safe with some buyers unknown that is not with all of them known', () => {
  const found = { safe: 0, unsafe: 0 };
  for (let seed = 1; seed <= 30; seed++) {
    const month = plantedMonth(seed, SMALL_SHAPE);
    const share = [0.1, 0.5, 0.9][seed % 3] ?? 0.5;
    const [all, some] = [held(month), held(hidden(month, seed, share))];
    const numbers = (of: Holdings) => new Map([...of.atoms.keys()].map((no) => [atomKey(of, no), no]));
    const inSome = numbers(some);
    const draw = random(seed);
    for (let run = 0; run < 60; run++) {
      const density = draw();
      const atoms = [...all.atoms.keys()].filter(() => draw() < density);
      const isUnsafe = (of: Holdings, by: ReadonlyMap<string, number>) =>
        of
          .sidesOf(atoms.map((no) => by.get(atomKey(all, no)) ?? -1))
          .some((one) => whyUnsafe(one, RULES) !== null);
      const truly = all.sidesOf(atoms).some((one) => whyUnsafe(one, RULES) !== null);
      const told = isUnsafe(some, inSome);
      if (truly) expect(told).toBe(true);
      found[told ? 'unsafe' : 'safe']++;
    }
  }
  expect(found.safe).toBeGreaterThan(100);
  expect(found.unsafe).toBeGreaterThan(100);
});

const buyers = (values: Readonly<Record<string, number>>): Holding[] =>
  Object.entries(values).map(([owner, value]) => ({
    ...{ belt: 'B', combination: 64, side: 'buyer', owner },
    values: [value],
  }));
const sideOf = (values: Readonly<Record<string, number>>) => {
  const belt = { id: 'B', city: 'c', province: 'p', category: 'g' };
  const sellers = ['a', 'b', 'c', 'd', 'e', 'f'].map((owner): Holding => ({
    ...{ belt: 'B', combination: 64, side: 'seller', owner },
    values: [100],
  }));
  const [sides] = new Holdings([belt], [...sellers, ...buyers(values)], 1, RULES).sidesOf([0]);
  if (!sides) throw new Error('no sides');
  return sides;
};

test.each([
  ['six known ones, and as much of nobody', { a: 10, b: 10, c: 10, d: 10, e: 10, f: 10, '': 60 }, null],
  ['nobody is one more', { a: 20, b: 20, c: 20, d: 20, '': 20 }, 'few-owners'],
  ['nobody hides no one who is large', { a: 100, b: 1, c: 1, d: 1, e: 1, '': 100 }, 'dominated'],
  ['of nearly all nobody is known', { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, '': 1000 }, 'dominated'],
  ['nobody is known at all', { '': 500 }, 'few-owners'],
])('%s', (_, values, expected) => {
  const sides = sideOf(values);
  expect(whyUnsafe(sides, RULES)).toBe(expected);
  expect(sides.buyers.total).toBe(Object.values(values).reduce((sum, one) => sum + one, 0));
});

test('taken for buyers of their own they would hide one who is nearly all of a cell', () => {
  const told = { b: 1, c: 1, d: 1, e: 1 };
  expect(whyUnsafe(sideOf({ ...told, a: 100 }), RULES)).toBe('dominated');
  expect(whyUnsafe(sideOf({ ...told, x: 34, y: 33, z: 33 }), RULES)).toBeNull();
  expect(whyUnsafe(sideOf({ ...told, '': 100 }), RULES)).toBe('few-owners');
});

test('what the gate tells with half of the buyers unknown gives no buyer away, whoever they are', () => {
  const found = { shown: 0, told: 0, truly: 0 };
  for (let seed = 300; seed < 306; seed++) {
    const month = plantedMonth(seed, SMALL_SHAPE);
    const of = (publication: Publication, holdings: readonly Holding[]) =>
      audit(highs, publication, holdings, RULES).breaches.length;
    const told = hidden(month, seed, 0.5);
    const table = tableOf(told);
    const publication = publicationOf(told, table, suppress(highs, table));
    found.shown += publication.rows.filter(({ values }) => values !== null).length;
    found.told += of(publication, told.holdings);
    found.truly += of(publication, month.holdings);
  }
  expect(found).toMatchObject({ told: 0, truly: 0 });
  expect(found.shown).toBeGreaterThan(50);
});
