/** How much of a region an official is told by track in a month like the demo's: of a belt, or where that is withheld, of its city. */
import { loadSolver } from '../statistics/linear-programme.ts';
import { RULES } from './gate.fixture.ts';
import { Holdings } from './holdings.ts';
import { type Cell, LinkedTable, valueOf } from './linked-table.ts';
import { DEMO_SHAPE, plantedMonth } from './planted-holdings.ts';
import { suppress } from './suppress.ts';

const MEASURES = 4;
const BAR = 0.8;
const MAKING_MS = 900_000;

const { belts, holdings } = plantedMonth(1, DEMO_SHAPE);

/** By province: of the value of all its belts on all tracks, unsafe ones included, which part is told. */
function seenOf({ cells }: LinkedTable, isShown: (no: number) => boolean): number[] {
  const cellOf = new Map<string, Cell>();
  for (const cell of cells)
    for (const { level, area, by, key } of cell.names)
      if (by === 'track') cellOf.set([level, area, key].join('|'), cell);
  const seen = new Map<string, { told: number; all: number }>();
  for (const { id, city, province } of belts) {
    const one = seen.get(province) ?? { told: 0, all: 0 };
    seen.set(province, one);
    for (const [name, cell] of cellOf) {
      const [level, area, track] = name.split('|');
      if (level !== 'belt' || area !== id || track === 'all') continue;
      const ofCity = cellOf.get(['city', `${province}/${city}`, track].join('|'));
      one.all += valueOf(cell, 0);
      if (isShown(cell.no) || (ofCity && isShown(ofCity.no))) one.told += valueOf(cell, 0);
    }
  }
  return [...seen.values()].map(({ told, all }) => told / all);
}

test(
  'in every province four fifths of the value of its belts are told by track, of the belt or of its city',
  async () => {
    const table = new LinkedTable(new Holdings(belts, holdings, MEASURES, RULES), RULES, 'track');
    const { isShown } = suppress(await loadSolver(), table);
    const seen = seenOf(table, (no) => isShown[no] === 1);
    expect(seen).toHaveLength(DEMO_SHAPE.provinces);
    expect(Math.min(...seen)).toBeGreaterThan(BAR);
    expect(Math.max(...seenOf(table, () => false))).toBe(0);
  },
  MAKING_MS,
);
