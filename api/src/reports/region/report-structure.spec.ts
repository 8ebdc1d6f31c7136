/** Sizes of orders, in reports of made-up releases in which anything may be withheld. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { cellOn } from '../documents/report-names.ts';
import { aroundOf, areasOf, ownOf, partsOf, type RegionData, regionData } from './region-data.ts';
import { dataWithSameStore, dataWithStructure } from './region-data.fixture.ts';
import { changesBetween } from './report-changes.ts';
import { csvOf, figureList } from './report-csv.ts';
import { regionReport } from './region-report.ts';
import { STRUCTURE_WORDS } from './structure-wording.ts';

const LANGUAGES = ['zh', 'en'] as const;
const RUNS = { numRuns: 40 };
const sectionOf = (one: RegionData, language: 'zh' | 'en') =>
  regionReport(one, 'd', language).sections.find(({ title }) => title === STRUCTURE_WORDS[language].section);
const numbersIn = (text: string) => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([found]) => Number(found));
/** What rounds to nothing or to everything is neither. */
const percent = (ratio: number) => Math.min(99.95, Math.max(0.05, Math.round(1_000 * ratio) / 10));
const shareIn = ({ structure }: Pick<RegionData['nation'], 'structure'>) =>
  structure?.[0]?.share.value ?? null;

test.each(LANGUAGES)(
  'its sentence tells what is published, no other number and no direction (%s)',
  (language) => {
    let told = 0;
    fc.assert(
      fc.property(dataWithStructure, (one) => {
        const own = ownOf(one);
        const { sentences = [] } = sectionOf(one, language) ?? {};
        expect(sentences).toHaveLength(cellOn(own, 'all').state === 'zero' ? 0 : 1);
        const [sentence = ''] = sentences;
        expect(sentence).not.toMatch(
          /上升|下降|高于|低于|最|higher|lower|rose|fell|more|less|largest|null|NaN|[{}]/i,
        );
        const share = shareIn(own);
        const beside = [own, ...aroundOf(one)].flatMap((area) => shareIn(area) ?? []);
        expect(numbersIn(sentence)).toEqual(share === null ? [] : beside.map(percent));
        told += Number(share !== null);
        const { suppressed } = STRUCTURE_WORDS[language].sentences;
        if (own.structure?.[0]?.state === 'suppressed')
          expect(sentence).toBe(
            suppressed.replace('{measure}', STRUCTURE_WORDS[language].names['small-orders']),
          );
      }),
      { numRuns: 300 },
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
        const inTables = tables.map(({ rows }) =>
          rows.flatMap((row) => row.slice(1).map(({ number }) => number?.value ?? null)),
        );
        expect(inTables).toEqual([
          [ownOf(one), ...aroundOf(one)].map(shareIn),
          ...(months.length < 2 ? [] : [months.map(shareIn)]),
          ...[cities, belts].filter((areas) => areas.length > 0).map((areas) => areas.map(shareIn)),
        ]);
        const [head = [], ...list] = parse(csvOf(figureList(one, null, language)), {
          bom: true,
        }) as string[][];
        expect(list.every((row) => row.length === head.length)).toBe(true);
        const at = head.indexOf(STRUCTURE_WORDS[language].names['small-orders']);
        expect(list.flatMap((row) => (row[at] === '' ? [] : [Number(row[at])]))).toEqual(
          [...areasOf(one), ...one.history.slice(0, -1)].flatMap((of) => shareIn(of) ?? []),
        );
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
      expect(changes.every(({ measure }) => measure === 'small-orders')).toBe(true);
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
