import { loadSolver } from '../statistics/linear-programme.ts';
import { publicationOf, RULES, tableOf, throughTheGate } from './gate.fixture.ts';
import type { Belt, Holding } from './holdings.ts';
import { valueOf } from './linked-table.ts';
import { plantedMonth, type PlantedMonth, SMALL_SHAPE } from './planted-holdings.ts';
import { complementaryOf, lossOf } from './publish.ts';
import { suppress } from './suppress.ts';

const highs = await loadSolver();
const MONTHS = [2, 4].map((seed) => plantedMonth(seed, SMALL_SHAPE));
const PASSED = MONTHS.map((month) => throughTheGate(highs, month));

describe('the linked tables of a month', () => {
  const table = tableOf(plantedMonth(1, SMALL_SHAPE));

  test('add up in every measure', () => {
    for (const { total, parts } of table.equations) {
      for (let measure = 0; measure < 4; measure++) {
        const value = (no: number) => {
          const cell = table.cells[no];
          return cell ? valueOf(cell, measure) : NaN;
        };
        expect(parts.reduce((sum, part) => sum + value(part), 0)).toBeCloseTo(value(total), 6);
      }
    }
  });

  test('have one cell for what is made of the same orders, whatever it is called', () => {
    const sets = table.cells.map(({ atoms }) => atoms.join());
    expect(new Set(sets).size).toBe(sets.length);
    const names = table.cells.flatMap((cell) => cell.names.map((name) => Object.values(name).join()));
    expect(new Set(names).size).toBe(names.length);
  });
});

test('the auditor finds nothing, and much where nothing but unsafe cells is withheld', () => {
  for (const [no, { audited, pattern }] of PASSED.entries()) {
    expect(audited.breaches).toEqual([]);
    expect(pattern.isWhole).toBe(false);
    const month = MONTHS[no] as PlantedMonth;
    expect(
      throughTheGate(highs, month, { without: 'complementary' }).audited.breaches.length,
    ).toBeGreaterThan(50);
  }
});

test('one pattern for all measures withholds every unsafe cell', () => {
  for (const { table, pattern } of PASSED) {
    const shown = table.cells.filter(({ no }) => pattern.isShown[no]);
    expect(shown.filter(({ unsafe, isHidden }) => unsafe !== null || isHidden)).toEqual([]);
    expect(shown.length).toBeGreaterThan(0);
  }
});

test('the same month has the same pattern', () => {
  for (const [no, { pattern }] of PASSED.entries())
    expect([...suppress(highs, tableOf(MONTHS[no] as PlantedMonth)).isShown]).toEqual([...pattern.isShown]);
});

test('what remains of a total is an exposure of its own: a gate that looks at single cells alone gives a sum away', () => {
  const month = plantedMonth(2, SMALL_SHAPE);
  const { breaches } = throughTheGate(highs, month, { without: 'remainders' }).audited;
  expect(breaches.map(({ rows }) => rows.length)).toEqual([2]);
});

test('what the month before withheld to protect others is withheld again rather than others', () => {
  const { table, pattern } = PASSED[1] as (typeof PASSED)[number];
  const month = MONTHS[1] as PlantedMonth;
  const before = complementaryOf(table, pattern);
  const grown = { ...month, holdings: month.holdings.map((one) => grownBy(one, 1.01)) };
  const again = tableOf(grown);
  const kept = complementaryOf(again, suppress(highs, again, { before }));
  const shared = [...kept].filter((name) => before.has(name)).length;
  expect(shared / before.size).toBeGreaterThan(0.9);
});

test('a month that no pattern protects is withheld as a whole', () => {
  const only: PlantedMonth = { belts: [BELTS[0] as Belt], holdings: ofOwners('b0', 64, [100, 3]) };
  const { pattern, table } = throughTheGate(highs, only);
  expect(lossOf(table, (no) => !pattern.isShown[no])).toMatchObject({ cells: 1, ofCells: 1 });
});

describe('attacks', () => {
  /** Two belts of a city, whose lines of two combinations are shown but for what an attack is about. */
  const many = [30, 28, 26, 24, 22, 20, 18, 16];
  const around = (...own: Holding[]): PlantedMonth => ({
    belts: BELTS,
    holdings: [
      ...own,
      ...ofOwners('b0', 64, many),
      ...ofOwners('b0', 4, many),
      ...ofOwners('b1', 64, many),
      ...ofOwners('b1', 4, many),
      ...ofOwners('b1', 1, many),
      ...ofOwners('b2', 64, many),
      ...ofOwners('b2', 4, many),
      ...ofOwners('b2', 1, many),
    ],
  });
  const withheld = ({ holdings, belts }: PlantedMonth, rules = RULES) => {
    const { table, pattern } = throughTheGate(highs, { belts, holdings }, {}, rules);
    return table.cells.filter(({ no }) => !pattern.isShown[no]).flatMap(({ names }) => names);
  };

  test('totals minus parts, and a dominant factory that takes itself away', () => {
    for (const owners of [[200], [200, 90], [400, 10, 10, 10, 10]]) {
      const month = around(...ofOwners('b0', 1, owners));
      expect(
        throughTheGate(highs, month, { without: 'complementary' }).audited.breaches.length,
      ).toBeGreaterThan(0);
      expect(throughTheGate(highs, month).audited.breaches).toEqual([]);
    }
  });

  test('ten shops of one owner are one contributor', () => {
    const shops = Array.from({ length: 10 }, (_, shop) => `shop ${shop}`);
    const sold = shops.map((owner) => seller('b0', 1, owner, 20));
    const bought = ofOwners('b0', 1, many).filter(({ side }) => side === 'buyer');
    const asOwner = sold.map((one) => ({ ...one, owner: 'one owner' }));
    const isWithheld = (holdings: Holding[]) =>
      withheld(around(...holdings, ...bought)).some(
        ({ area, key }) => area === 'b0' && key === 'distribution',
      );
    expect(isWithheld(sold)).toBe(false);
    expect(isWithheld(asOwner)).toBe(true);
  });

  test('two who pool what they know come near to the third, unless the rules expect it', () => {
    // The second and the third know all but 12 of the 112 that are not the first's: 12 % of it.
    const month = around(...ofOwners('b0', 1, [100, 60, 40, 3, 3, 3, 3]));
    const isWithheld = (pooled: number) =>
      withheld(month, { ...RULES, pooled }).some(({ area, key }) => area === 'b0' && key === 'distribution');
    expect([isWithheld(1), isWithheld(2)]).toEqual([false, true]);
  });

  test('rows that the auditor reads name no owner', () => {
    const month = around(...ofOwners('b0', 1, [200]));
    const table = tableOf(month);
    const text = JSON.stringify(publicationOf(month, table, suppress(highs, table)).rows);
    expect(text).not.toMatch(/owner|seller|buyer/);
  });
});

const BELTS: Belt[] = ['b0', 'b1', 'b2'].map((id, no) => ({
  id,
  city: `c${Math.min(no, 1)}`,
  province: 'p',
  category: `g${no % 2}`,
}));

const values = (value: number) => [value, value, Math.ceil(value / 10), Math.ceil(value / 10)];
const seller = (belt: string, combination: number, owner: string, value: number): Holding => ({
  belt,
  combination,
  side: 'seller',
  owner,
  values: values(value),
});

/** Sellers of these values, each with a buyer of their own. */
function ofOwners(belt: string, combination: number, sizes: readonly number[]): Holding[] {
  return sizes.flatMap((value, no) => {
    const sold = seller(belt, combination, `${belt}/${combination}/${no}`, value);
    return [sold, { ...sold, side: 'buyer' as const }];
  });
}

const grownBy = (one: Holding, factor: number): Holding => ({
  ...one,
  values: one.values.map((value) => Math.round(value * factor * 100) / 100),
});
