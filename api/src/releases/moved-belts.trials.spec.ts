/**
 * A belt whose border changed: it lay in one city, and lies in another of another province. What both maps tell of one month differs by that belt, so that a month is told by one map alone, and
 * what it is compared with is never made anew by a later one (ADR 67).
 */
import { TRACK, TRACKS } from '@beltline/contract';
import { type Audit, audit } from '../disclosure-audit/audit.ts';
import type { PublishedRow, SummedArea } from '../disclosure-audit/unknowns.ts';
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { areaOf, LinkedTable } from '../disclosure/linked-table.ts';
import { plantedMonth, SMALL_SHAPE } from '../disclosure/planted-holdings.ts';
import { publish } from '../disclosure/publish.ts';
import { suppress } from '../disclosure/suppress.ts';
import { loadSolver } from '../statistics/linear-programme.ts';
import { type KeptArea, releasedArea } from './released-area.ts';

const highs = await loadSolver();
const RULES = { owners: 5, peers: 10, percent: 15, pooled: 1 };
const MEASURES = 4;
const tracks = TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] }));
const SEEDS = [31, 41, 51, 61];
const PLACES = ['city', 'province'] as const;

interface Maps {
  readonly before: readonly Belt[];
  readonly after: readonly Belt[];
  readonly holdings: readonly Holding[];
}

/** Of each made-up month the first belt goes to the city of the second. */
function mapsOf(seed: number): Maps {
  const { belts, holdings } = plantedMonth(seed, SMALL_SHAPE);
  const [first, second] = belts;
  if (!first || !second || first.province === second.province) throw new Error('no border to be crossed');
  const moved = { ...first, city: second.city, province: second.province };
  return { before: belts, after: [moved, ...belts.slice(1)], holdings };
}

/** A month by one of the maps, as it is released. */
function gated(belts: readonly Belt[], holdings: readonly Holding[]): PublishedRow[] {
  const table = new LinkedTable(new Holdings(belts, holdings, MEASURES, RULES), RULES, 'track');
  return publish(table, suppress(highs, table));
}

const isPlace = (level: string): level is (typeof PLACES)[number] => PLACES.some((one) => one === level);
const anew = (area: string) => `${area} anew`;
const nameOf = ({ level, area, by, key }: PublishedRow) => [level, area, by, key].join('|');

/** What a reader has of a month who has it by one map, and cities and provinces, or more, by the other too. */
function asked({ before, after, holdings }: Maps, first: PublishedRow[], second: PublishedRow[]): Audit {
  const rows = new Map(first.map((row) => [nameOf(row), row]));
  for (const row of second) {
    const own = isPlace(row.level) ? { ...row, area: anew(row.area) } : row;
    if (!rows.get(nameOf(own))?.values) rows.set(nameOf(own), own);
  }
  const sums = PLACES.flatMap((level) =>
    [...new Set(after.map((belt) => areaOf(belt, level)))].map((area): SummedArea => ({
      total: { level, area: anew(area) },
      below: after
        .filter((belt) => areaOf(belt, level) === area)
        .map(({ id }) => ({ level: 'belt', area: id })),
    })),
  );
  const publication = { belts: before, tracks, measures: MEASURES, rows: [...rows.values()], sums };
  return audit(highs, publication, holdings, RULES);
}

test('two maps of one month differ by a belt: told by both it is found, told by the first alone it is not', () => {
  let [both, one] = [0, 0];
  const seeds = SEEDS.slice(0, 2);
  for (const seed of seeds) {
    const maps = mapsOf(seed);
    const first = gated(maps.before, maps.holdings);
    const second = gated(maps.after, maps.holdings);
    both += asked(maps, first, second).breaches.length;
    one += asked(maps, first, []).breaches.length;
  }
  process.stdout.write(`Two maps of a month: ${both} breaches in ${seeds.length} months; one map: ${one}.\n`);
  expect(both).toBeGreaterThan(5);
  expect(one).toBe(0);
});

/** As it is kept of a release: which belts an area has is told by the map of then. */
const kept = (
  belts: readonly Belt[],
  level: 'city' | 'province',
  area: string,
  rows: PublishedRow[],
): KeptArea => {
  const beltIds = belts.filter((belt) => areaOf(belt, level) === area).map(({ id }) => id);
  const own = rows.filter((row) => row.level === level && row.area === area && row.by === 'track');
  return {
    ...{
      level,
      area,
      about: { name: { zh: area, en: area }, belts: beltIds.length, beltIds: beltIds.sort() },
    },
    cells: TRACKS.flatMap((track) =>
      own.filter(({ key }) => key === track).map(({ values }) => ({ track, values })),
    ),
  };
};

test('growth over a base that is made anew by the later map gives the belt away, and no such growth is told', () => {
  let [restated, told, rates] = [0, 0, 0];
  for (const seed of SEEDS) {
    const maps = mapsOf(seed);
    const first = gated(maps.before, maps.holdings);
    const later = gated(maps.after, plantedMonth(seed + 1, SMALL_SHAPE).holdings);
    const again = gated(maps.after, maps.holdings);
    const isTold = new Set(later.filter(({ values }) => values !== null).map(nameOf));
    // A rate beside its numerator tells its base.
    const bases = again.map((row) =>
      isPlace(row.level) && row.by === 'track' && isTold.has(nameOf(row)) ? row : { ...row, values: null },
    );
    restated += asked(maps, first, bases).breaches.length;
    const released = again.map((row) => {
      if (!isPlace(row.level) || row.by !== 'track') return { ...row, values: null };
      const now = kept(maps.after, row.level, row.area, later);
      const base = kept(maps.before, row.level, row.area, first);
      const { cells } = releasedArea(now, { now: [now], base: [base] }, 0);
      const growth = cells.find(({ track }) => track === row.key)?.growth;
      rates += growth?.value == null ? 0 : 1;
      return growth?.value == null ? { ...row, values: null } : row;
    });
    told += asked(maps, first, released).breaches.length;
  }
  process.stdout.write(
    `Growth across a border: ${restated} breaches where the base is made anew; ${told} of what is told, ${rates} rates.\n`,
  );
  expect(restated).toBeGreaterThan(5);
  expect(told).toBe(0);
  expect(rates).toBeGreaterThan(0);
});
