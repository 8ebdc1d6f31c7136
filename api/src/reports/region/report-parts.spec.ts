/** Channels and destinations, in reports of made-up releases in which anything may be withheld. */
import { DIVIDED_TRACK, PARTITIONS, type Partition, type ReleasedArea } from '@beltline/contract';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { plain } from '../documents/report-markup.ts';
import { createReportNames } from '../documents/report-names.ts';
import { filled, REPORT_WORDS } from '../documents/report-words.ts';
import { PARTS_WORDS } from './parts-wording.ts';
import { dataWithPartitions } from './parts-data.fixture.ts';
import { dataWithStructure } from './region-data.fixture.ts';
import { areasOf, aroundOf, ownOf, partsOf, type RegionData, regionData } from './region-data.ts';
import { csvOf, figureList } from './report-csv.ts';
import { regionReport } from './region-report.ts';

const LANGUAGES = ['zh', 'en'] as const;
const RUNS = { numRuns: 40 };
const sectionOf = (one: RegionData, language: 'zh' | 'en') =>
  regionReport(one, 'd', language).sections.find(({ title }) => title === PARTS_WORDS[language].section);
const numbersIn = (text: string) => [...text.matchAll(/\d+(?:\.\d+)?(?=%)/g)].map(([found]) => Number(found));
/** What rounds to nothing or to everything is neither. */
const percent = (ratio: number) => Math.min(99.95, Math.max(0.05, Math.round(1_000 * ratio) / 10));
const toldOf = ({ partitions = [] }: ReleasedArea, partition: Partition) =>
  partitions.find((one) => one.partition === partition);
/** The parts that any area is told, in their order. */
const named = (areas: readonly ReleasedArea[], partition: Partition): string[] => {
  const lists = areas.map((area) => toldOf(area, partition)?.parts.map(({ part }) => part) ?? []);
  return lists.sort((a, b) => b.length - a.length)[0] ?? [];
};
const valuesOf = (area: ReleasedArea, partition: Partition, parts: readonly string[]) =>
  parts.map((part) => toldOf(area, partition)?.parts.find((one) => one.part === part)?.share.value ?? null);

test.each(LANGUAGES)(
  'its sentences tell what is published, no other number and no direction (%s)',
  (language) => {
    let told = 0;
    fc.assert(
      fc.property(dataWithPartitions, (one) => {
        const own = ownOf(one);
        const { sentences = [] } = sectionOf(one, language) ?? {};
        const expected = PARTITIONS.filter((partition) => toldOf(own, partition)?.state !== 'zero');
        expect(sentences).toHaveLength(expected.length);
        expected.forEach((partition, at) => {
          const sentence = sentences[at] ?? '';
          expect(sentence).not.toMatch(
            /上升|下降|高于|低于|最|higher|lower|rose|fell|more|less|largest|null|NaN|[{}]/i,
          );
          const { state, parts = [] } = toldOf(own, partition) ?? {};
          expect(numbersIn(sentence)).toEqual(parts.map(({ share }) => percent(share.value ?? NaN)));
          told += parts.length;
          if (state === 'suppressed')
            expect(sentence).toBe(PARTS_WORDS[language].sentences[partition].suppressed);
        });
      }),
      { numRuns: 200 },
    );
    expect(told).toBeGreaterThan(10);
  },
);

test.each(LANGUAGES)(
  'tables have each area beside each other, and the list each share once; no number where there is none (%s)',
  (language) => {
    fc.assert(
      fc.property(dataWithPartitions, (one) => {
        const { tables = [] } = sectionOf(one, language) ?? {};
        for (const { columns, rows } of tables)
          for (const row of rows) expect(row).toHaveLength(columns.length);
        const { cities, belts } = partsOf(one);
        const beside = [ownOf(one), ...aroundOf(one)];
        const expected = PARTITIONS.flatMap((partition) => {
          const parts = named(areasOf(one), partition);
          if (parts.length === 0) return [];
          const compared = parts.map((part) =>
            beside.map((area) => valuesOf(area, partition, [part])[0] ?? null),
          );
          const inside = [cities, belts].filter((areas) => named(areas, partition).length > 0);
          return [compared, ...inside.map((areas) => areas.map((area) => valuesOf(area, partition, parts)))];
        });
        expect(
          tables.map(({ rows }) =>
            rows.map((row) => row.slice(1).map(({ number }) => number?.value ?? null)),
          ),
        ).toEqual(expected);
        // What is withheld is told apart from what there is not.
        const { states } = REPORT_WORDS[language];
        for (const { rows } of tables)
          for (const cell of rows.flatMap((row) => row.slice(1)))
            if (!cell.number) expect(Object.values(states)).toContain(cell.text);
        expect(listed(one, language)).toEqual(
          PARTITIONS.flatMap((partition) =>
            named(areasOf(one), partition).map((part) =>
              areasOf(one).flatMap((area) => valuesOf(area, partition, [part])[0] ?? []),
            ),
          ),
        );
      }),
      RUNS,
    );
  },
);

/** By column of a part, the numbers of the list; each stands on the row of its area and track. */
function listed(one: RegionData, language: 'zh' | 'en'): number[][] {
  const written = csvOf(figureList(one, null, language));
  const [head = [], ...list] = parse(written, { bom: true }) as string[][];
  expect(list.every((row) => row.length === head.length)).toBe(true);
  const { column } = PARTS_WORDS[language];
  return PARTITIONS.flatMap((partition) => {
    const begin = plain(filled(column[partition], { part: '' }));
    const columns = [...head.keys()].filter((at) => head[at]?.startsWith(begin));
    const track = createReportNames(language).track(DIVIDED_TRACK[partition]);
    for (const row of list) if (columns.some((at) => row[at] !== '')) expect(row[7]).toBe(plain(track));
    return columns.map((at) => list.flatMap((row) => (row[at] === '' ? [] : [Number(row[at])])));
  });
}

test('a data set without them tells nothing of it', () => {
  fc.assert(
    fc.property(dataWithStructure, fc.constantFrom(...LANGUAGES), (one, language) => {
      expect(sectionOf(one, language)).toBeUndefined();
      const names = figureList(one, null, language).columns.map(({ name }) => name);
      expect(names).not.toContain(PARTS_WORDS[language].state.channels);
    }),
    { numRuns: 10 },
  );
});

test('a month that was released with them has them in its data set, and one before has not', () => {
  fc.assert(
    fc.property(dataWithPartitions, fc.boolean(), (one, isBefore) => {
      const { province, kind, history, format: _format, ...release } = one;
      const { partitions: _partitions, ...bare } = one.nation;
      const without = ({ partitions: _told, ...area }: ReleasedArea): ReleasedArea => area;
      const of = (area: ReleasedArea) => (isBefore ? without(area) : area);
      const answer = {
        ...{ ...release, nation: isBefore ? bare : one.nation, provinces: province ? [of(province)] : [] },
        ...{ cities: one.cities.map(of), belts: one.belts.map(of), troubled: [] },
      };
      expect(regionData(answer, kind, history).format).toBe(isBefore ? 5 : 6);
    }),
    RUNS,
  );
});
