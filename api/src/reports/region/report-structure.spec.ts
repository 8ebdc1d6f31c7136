/** Sizes of orders and the largest sellers, in reports of made-up releases in which anything may be withheld. */
import { STRUCTURE_MEASURES, type StructureMeasure } from '@beltline/contract';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { cellOn } from '../documents/report-names.ts';
import {
  aroundOf,
  areasOf,
  ownOf,
  partsOf,
  type RegionData,
  regionData,
  structureMeasures,
} from './region-data.ts';
import { dataWithSameStore, dataWithStructure } from './region-data.fixture.ts';
import { changesBetween } from './report-changes.ts';
import { csvOf, figureList } from './report-csv.ts';
import { regionReport } from './region-report.ts';
import { STRUCTURE_WORDS, structureTitles } from './structure-wording.ts';

const LANGUAGES = ['zh', 'en'] as const;
const RUNS = { numRuns: 40 };
const sectionOf = (one: RegionData, language: 'zh' | 'en') =>
  regionReport(one, 'd', language).sections.find(
    ({ title }) => title === structureTitles(language, structureMeasures(one)).section,
  );
const numbersIn = (text: string) => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([found]) => Number(found));
/** What rounds to nothing or to everything is neither. */
const percent = (ratio: number) => Math.min(99.95, Math.max(0.05, Math.round(1_000 * ratio) / 10));
type Told = Pick<RegionData['nation'], 'structure'>;
const shareIn = ({ structure }: Told, of: StructureMeasure) =>
  structure?.find(({ measure }) => measure === of)?.share.value ?? null;
const sharesIn = (one: Told) => STRUCTURE_MEASURES.map((of) => shareIn(one, of));

test.each(LANGUAGES)(
  'its sentence tells what is published, no other number and no direction (%s)',
  (language) => {
    let told = 0;
    fc.assert(
      fc.property(dataWithStructure, (one) => {
        const own = ownOf(one);
        const { sentences = [] } = sectionOf(one, language) ?? {};
        expect(sentences).toHaveLength(cellOn(own, 'all').state === 'zero' ? 0 : STRUCTURE_MEASURES.length);
        for (const [at, sentence] of sentences.entries()) {
          const of = STRUCTURE_MEASURES[at] ?? 'small-orders';
          expect(sentence).not.toMatch(
            /上升|下降|高于|低于|最|higher|lower|rose|fell|more|less|null|NaN|[{}]/i,
          );
          const share = shareIn(own, of);
          const beside = [own, ...aroundOf(one)].flatMap((area) => shareIn(area, of) ?? []);
          expect(numbersIn(sentence)).toEqual(share === null ? [] : beside.map(percent));
          told += Number(share !== null);
          const { suppressed } = STRUCTURE_WORDS[language].sentences;
          if (own.structure?.find(({ measure }) => measure === of)?.state === 'suppressed')
            expect(sentence).toBe(suppressed.replace('{measure}', STRUCTURE_WORDS[language].names[of]));
        }
      }),
      { numRuns: 150 },
    );
    expect(told).toBeGreaterThan(3);
  },
);

test.each(LANGUAGES)(
  'tables and the list have each share once, and no number where there is none (%s)',
  (language) => {
    fc.assert(
      fc.property(dataWithStructure, (one) => {
        const { tables = [] } = sectionOf(one, language) ?? {};
        for (const { columns, rows } of tables)
          for (const row of rows) expect(row).toHaveLength(columns.length);
        const months = one.history.filter(({ structure }) => structure);
        const { cities, belts } = partsOf(one);
        const inTables = tables.map(({ rows }, at) => {
          const numbers = rows.map((row) => row.slice(1).map(({ number }) => number?.value ?? null));
          // The first has a row a measure, the others a column.
          return at === 0 ? numbers : STRUCTURE_MEASURES.map((_, no) => numbers.map((row) => row[no]));
        });
        const listed: readonly (readonly Told[])[] = [
          [ownOf(one), ...aroundOf(one)],
          ...(months.length < 2 ? [] : [months]),
          ...[cities, belts].filter((areas) => areas.length > 0),
        ];
        expect(inTables).toEqual(
          listed.map((all) => STRUCTURE_MEASURES.map((of) => all.map((area) => shareIn(area, of)))),
        );
        const [head = [], ...list] = parse(csvOf(figureList(one, null, language)), {
          bom: true,
        }) as string[][];
        expect(list.every((row) => row.length === head.length)).toBe(true);
        for (const of of STRUCTURE_MEASURES) {
          const at = head.indexOf(STRUCTURE_WORDS[language].names[of]);
          expect(list.flatMap((row) => (row[at] === '' ? [] : [Number(row[at])]))).toEqual(
            [...areasOf(one), ...one.history.slice(0, -1)].flatMap((area) => shareIn(area, of) ?? []),
          );
        }
      }),
      RUNS,
    );
  },
);

test('a data set without them tells nothing of it, and a revision that has them lists each', () => {
  fc.assert(
    fc.property(dataWithSameStore, fc.constantFrom(...LANGUAGES), (one, language) => {
      expect(sectionOf(one, language)).toBeUndefined();
      const names = figureList(one, null, language).columns.map(({ name }) => name);
      expect(names).not.toContain(STRUCTURE_WORDS[language].names['small-orders']);
    }),
    { numRuns: 10 },
  );
  fc.assert(
    fc.property(dataWithStructure, (one) => {
      const bare = (area: RegionData['nation']) => ({ ...area, structure: undefined });
      const before = {
        ...{ ...one, nation: bare(one.nation), province: one.province && bare(one.province) },
        ...{ cities: one.cities.map(bare), belts: one.belts.map(bare) },
        history: one.history.map((month) => ({ ...month, structure: undefined })),
      } as unknown as RegionData;
      const shares = [...areasOf(one), ...one.history.slice(0, -1)].flatMap(
        ({ structure = [] }) => structure,
      );
      const differing = shares.filter(({ share }) => share.reason !== 'no-data');
      const changes = changesBetween(before, one);
      expect(changes.every(({ measure }) => STRUCTURE_MEASURES.some((of) => of === measure))).toBe(true);
      expect(changes).toHaveLength(differing.length);
    }),
    RUNS,
  );
});

test('a month that was released before them has the data set that it had, whatever its earlier months tell', () => {
  fc.assert(
    fc.property(dataWithStructure, (one) => {
      const { province, kind, history, format: _format, ...release } = one;
      const bare = ({ structure: _structure, ...area }: RegionData['nation']) => area;
      const answer = {
        ...{ ...release, nation: bare(one.nation), provinces: province ? [bare(province)] : [] },
        ...{ cities: one.cities.map(bare), belts: one.belts.map(bare), troubled: [] },
      };
      const made = regionData(answer, kind, history);
      expect(made.format).not.toBe(5);
      expect(JSON.stringify(made)).not.toContain('small-orders');
    }),
    RUNS,
  );
});

test('a month that was released with small orders alone tells of nothing else, also of areas without orders and of later months', () => {
  fc.assert(
    fc.property(dataWithStructure, fc.constantFrom(...LANGUAGES), (one, language) => {
      const { province, kind, history, format: _format, ...release } = one;
      const nation = { ...one.nation, structure: one.nation.structure?.slice(0, 1) ?? [] };
      const answer = { ...release, nation, provinces: province ? [province] : [], troubled: [] };
      const made = regionData(answer, kind, history);
      expect(made.format).toBe(5);
      expect(JSON.stringify(made)).not.toContain('largest-sellers');
      expect(sectionOf(made, language)?.title).toBe(STRUCTURE_WORDS[language].sizes.section);
      const later = regionData({ ...answer, nation: one.nation }, kind, history);
      expect(sectionOf(later, language)?.title).toBe(STRUCTURE_WORDS[language].several.section);
      expect(areasOf(later).map(sharesIn)).toEqual(areasOf(one).map(sharesIn));
    }),
    RUNS,
  );
});
