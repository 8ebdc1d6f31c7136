/** Who carries growth, in reports of made-up releases in which anything may be withheld. */
import { CARRIER_MEASURES } from '@beltline/contract';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CARRIER_WORDS } from './carrier-wording.ts';
import { aroundOf, areasOf, ownOf, type RegionData } from './region-data.ts';
import { dataWithCarriers, dataWithSameStore, dataWithService } from './region-data.fixture.ts';
import { GROWTH_PARTS } from './report-carriers.ts';
import { csvOf, figureList } from './report-csv.ts';
import { cellOn } from '../documents/report-names.ts';
import { regionReport } from './region-report.ts';

const LANGUAGES = ['zh', 'en'] as const;
const RUNS = { numRuns: 25 };
const sectionOf = (one: RegionData, language: 'zh' | 'en') =>
  regionReport(one, 'd', language).sections.find(({ title }) => title === CARRIER_WORDS[language].section);
const numbersIn = (text: string) =>
  [...text.matchAll(/[−+]?\d[\d,]*(?:\.\d+)?/g)].map(([found]) =>
    Number(found.replace('−', '-').replaceAll(',', '')),
  );
/** What rounds to nothing or to everything is neither. */
const share = (ratio: number) => Math.min(99.95, Math.max(0.05, Math.round(1_000 * ratio) / 10));
const isNear = (told: number, ratio: number) => Math.abs(told - 100 * ratio) < 0.051;

test.each(LANGUAGES)('sentences tell what is published and no other number (%s)', (language) => {
  let parted = 0;
  fc.assert(
    fc.property(dataWithCarriers, (one) => {
      const own = ownOf(one);
      const { sentences } = sectionOf(one, language) ?? { sentences: [] };
      const isZero = cellOn(own, 'all').state === 'zero';
      expect(sentences).toHaveLength(isZero ? 0 : CARRIER_MEASURES.length + 1);
      if (isZero) return;
      CARRIER_MEASURES.forEach((measure, at) => {
        const told = [own, ...aroundOf(one)].map(
          ({ carriers }) => carriers?.shares.find((of) => of.measure === measure)?.share.value ?? null,
        );
        const numbers = told.flatMap((of) => (of === null ? [] : [share(of)]));
        expect(numbersIn(sentences[at] ?? '')).toEqual(told[0] === null ? [] : numbers);
      });
      const published = [cellOn(own, 'all').growth, ...GROWTH_PARTS.map((part) => own.carriers?.[part])];
      const said = numbersIn(sentences.at(-1) ?? '');
      if (own.carriers?.fromNewcomers.value == null) expect(said).toEqual([]);
      else {
        parted += 1;
        expect(said).toHaveLength(published.length);
        said.forEach((number, at) => expect(isNear(number, published[at]?.value ?? NaN)).toBe(true));
      }
    }),
    { numRuns: 100 },
  );
  expect(parted).toBeGreaterThan(0);
});

test.each(LANGUAGES)('no sentence says which way it goes, who is first, or how many (%s)', (language) => {
  fc.assert(
    fc.property(dataWithCarriers, (one) => {
      const said = (sectionOf(one, language)?.sentences ?? []).join('\n');
      expect(said).not.toMatch(
        /上升|下降|高于|低于|多数|少数|主要|最|higher|lower|rose|fell|most|few|mainly|largest|best/i,
      );
    }),
    RUNS,
  );
});

test.each(LANGUAGES)('a cell of a table is its number, or why there is none (%s)', (language) => {
  fc.assert(
    fc.property(dataWithCarriers, (one) => {
      const { tables = [] } = sectionOf(one, language) ?? {};
      for (const { columns, rows } of tables)
        for (const row of rows) {
          expect(row).toHaveLength(columns.length);
          for (const { text } of row) expect(text).not.toMatch(/null|NaN|undefined|[{}]/);
        }
      const numbers = (tables[0]?.rows ?? []).map((row) => row.slice(1).map(({ number }) => number?.value));
      const areas = [ownOf(one), ...aroundOf(one)];
      const shares = CARRIER_MEASURES.map((measure) =>
        areas.map(
          ({ carriers }) => carriers?.shares.find((of) => of.measure === measure)?.share.value ?? undefined,
        ),
      );
      const parts = GROWTH_PARTS.map((part) =>
        areas.map(({ carriers }) => carriers?.[part].value ?? undefined),
      );
      expect([...numbers.slice(0, 2), ...numbers.slice(3)]).toEqual([...shares, ...parts]);
    }),
    RUNS,
  );
});

test.each(LANGUAGES)('the list has each of them once an area (%s)', (language) => {
  fc.assert(
    fc.property(dataWithCarriers, (one) => {
      const [head = [], ...list] = parse(csvOf(figureList(one, null, language)), { bom: true }) as string[][];
      const { names } = CARRIER_WORDS[language];
      const columns = [...CARRIER_MEASURES, ...GROWTH_PARTS].map((of) => head.indexOf(names[of]));
      expect(Math.min(...columns)).toBeGreaterThan(0);
      expect(list.every((row) => row.length === head.length)).toBe(true);
      const told = list.flatMap((row) => columns.flatMap((at) => (row[at] === '' ? [] : [Number(row[at])])));
      const published = areasOf(one).flatMap(({ carriers }) => [
        ...(carriers?.shares ?? []).flatMap(({ share: of }) => of.value ?? []),
        ...GROWTH_PARTS.flatMap((part) => carriers?.[part].value ?? []),
      ]);
      expect(told).toEqual(published);
    }),
    RUNS,
  );
});

/** The same, where half of them tell all of it of their own area: by chance alone one in two hundred does. */
const rate = fc.double({ min: -1, max: 3, noNaN: true });
const known = (value: number) => ({ value, flag: 'final' as const, reason: null });
const oftenTold = fc
  .tuple(dataWithSameStore, fc.boolean(), rate, rate, fc.integer({ min: 0, max: 1_000 }))
  .map(([one, isTold, growth, ofAll, thousandths]): RegionData => {
    const own = ownOf(one);
    if (!isTold || !own.carriers || cellOn(own, 'all').state !== 'shown') return one;
    const sameStore = {
      leavers: { state: 'shown' as const, share: known(thousandths / 1_000) },
      growth: known(growth),
    };
    const told = {
      ...own,
      carriers: { ...own.carriers, sameStore },
      cells: own.cells.map((cell) => (cell.track === 'all' ? { ...cell, growth: known(ofAll) } : cell)),
    };
    const of = <A extends typeof own>(area: A) => (area === own ? told : area);
    return {
      ...{ ...one, nation: of(one.nation), province: one.province && of(one.province) },
      ...{ cities: one.cities.map(of), belts: one.belts.map(of) },
    };
  });

test.each(LANGUAGES)(
  'growth of the same shops is told beside that of all, where both are, in numbers alone (%s)',
  (language) => {
    let told = 0;
    fc.assert(
      fc.property(oftenTold, (one) => {
        const own = ownOf(one);
        const all = cellOn(own, 'all');
        const { sentences, tables, notes } = sectionOf(one, language) ?? {
          sentences: [],
          tables: [],
          notes: [],
        };
        expect(notes).toEqual(expect.arrayContaining([...CARRIER_WORDS[language].sameStoreNotes]));
        const { leavers, growth } = own.carriers?.sameStore ?? {};
        const areas = [own, ...aroundOf(one)];
        const rows = tables[0]?.rows.slice(-2).map((row) => row.slice(1).map(({ number }) => number?.value));
        expect(rows).toEqual([
          areas.map(({ carriers }) => carriers?.sameStore?.growth.value ?? undefined),
          areas.map(({ carriers }) => carriers?.sameStore?.leavers.share.value ?? undefined),
        ]);
        if (all.state === 'zero') return;
        const sentence = sentences.at(-1) ?? '';
        if (growth?.flag === 'suppressed')
          expect(sentence).toBe(CARRIER_WORDS[language].sentences.sameStoreSuppressed);
        const said = numbersIn(sentence);
        const isTold = growth?.value != null && all.growth.value !== null;
        if (!isTold) expect(said).toEqual([]);
        if (growth?.value == null || all.growth.value === null) return;
        told += 1;
        const [same = NaN, rate = NaN, ...left] = said;
        expect([isNear(same, growth.value), isNear(rate, all.growth.value)]).toEqual([true, true]);
        expect(left).toEqual(leavers?.share.value == null ? [] : [share(leavers.share.value)]);
        expect(sentence).not.toMatch(/上升|下降|高于|低于|higher|lower|rose|fell|more than|less than/i);
      }),
      { numRuns: 100 },
    );
    expect(told).toBeGreaterThan(5);
  },
);

test.each(LANGUAGES)(
  'earlier months of which anything is kept are rows, and cells of the list (%s)',
  (language) => {
    fc.assert(
      fc.property(dataWithSameStore, (one) => {
        const months = one.history.filter(({ carriers }) => carriers);
        const table = sectionOf(one, language)?.tables.find(
          ({ caption }) => caption === CARRIER_WORDS[language].captions.months,
        );
        expect(
          table?.rows.map((row) => row.slice(1).map(({ number }) => number?.value ?? null)) ?? [],
        ).toEqual(
          months.length < 2
            ? []
            : months.map(({ carriers = [] }) => carriers.map(({ share: of }) => of.value)),
        );
        const [head = [], ...list] = parse(csvOf(figureList(one, null, language)), {
          bom: true,
        }) as string[][];
        expect(list.every((row) => row.length === head.length)).toBe(true);
        const { names } = CARRIER_WORDS[language];
        const column = (name: string) =>
          list.flatMap((row) => (row[head.indexOf(name)] ? [Number(row[head.indexOf(name)])] : []));
        for (const measure of CARRIER_MEASURES)
          expect(column(names[measure])).toEqual(
            [
              ...areasOf(one).map(({ carriers }) => carriers?.shares),
              ...one.history.slice(0, -1).map(({ carriers }) => carriers),
            ].flatMap((shares) => shares?.find((of) => of.measure === measure)?.share.value ?? []),
          );
        const same = areasOf(one).map(({ carriers }) => carriers?.sameStore);
        expect(column(names['same-store'])).toEqual(same.flatMap((of) => of?.growth.value ?? []));
        expect(column(names.leavers)).toEqual(same.flatMap((of) => of?.leavers.share.value ?? []));
      }),
      RUNS,
    );
  },
);

test('a data set without them tells nothing of it', () => {
  fc.assert(
    fc.property(dataWithService, fc.constantFrom(...LANGUAGES), (one, language) => {
      expect(sectionOf(one, language)).toBeUndefined();
      const names = figureList(one, null, language).columns.map(({ name }) => name);
      expect(names).not.toContain(CARRIER_WORDS[language].names.breadth);
    }),
    RUNS,
  );
});
