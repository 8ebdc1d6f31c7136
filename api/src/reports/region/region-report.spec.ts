/** Reports of made-up releases, in which anything may be withheld. */
import type { ReleasedArea } from '@beltline/contract';
import fc from 'fast-check';
import { areasOf, ownOf, partsOf, readData, regionData, writtenData } from './region-data.ts';
import { data, dataWithSameStore } from './region-data.fixture.ts';
import { regionReport } from './region-report.ts';
import { createReportNames } from '../documents/report-names.ts';

const LANGUAGES = ['zh', 'en'] as const;
/** A report of one is some milliseconds, for each of two languages. */
const RUNS = { numRuns: 40 };
const essentialsOf = (made: ReturnType<typeof regionReport>) => made.sections[0]?.sentences.join('\n') ?? '';
/** As a reader would: every number in a text, without its grouping. */
const numbersIn = (text: string) =>
  [...text.matchAll(/[+−]?\d[\d,]*(?:\.\d+)?/g)].map(([found]) =>
    Number(found.replaceAll(',', '').replace('−', '-')),
  );

test.each(LANGUAGES)(
  'no sentence names what is withheld, or a number that is not published (%s)',
  (language) => {
    fc.assert(
      fc.property(data, (one) => {
        const said = essentialsOf(regionReport(one, 'd', language));
        const names = createReportNames(language);
        const isShown = (area: ReleasedArea) => area.cells[0]?.state === 'shown';
        const own = ownOf(one);
        const { belts } = partsOf(one);
        for (const belt of belts.filter((area) => !isShown(area)))
          expect(said).not.toContain(names.area(belt));
        for (const { track, state } of own.cells.slice(1))
          if (state !== 'shown') expect(said).not.toContain(names.track(track));
        const published = areasOf(one).flatMap(({ cells }) =>
          cells.flatMap(({ gmv, growth }) => [
            gmv.value,
            growth.flag === 'final' ? Math.round((growth.value ?? 0) * 1_000) / 10 : null,
          ]),
        );
        const [value, whole] = [own.cells[0]?.gmv.value, one.nation.cells[0]?.gmv.value];
        const share =
          value && whole && one.kind !== 'nation' ? Math.round((value / whole) * 1_000) / 10 : null;
        const counts = [belts.length, belts.filter((belt) => belt.cells[0]?.gmv.value !== null).length];
        const known = [...published, share, ...counts, 2025, 1].filter((value) => value !== null);
        const isKnown = (number: number) => known.some((value) => Math.abs(value - number) < 0.0501);
        const withoutNames = areasOf(one).reduce((text, belt) => text.replaceAll(names.area(belt), ''), said);
        expect(numbersIn(withoutNames).filter((number) => !isKnown(number))).toEqual([]);
      }),
      RUNS,
    );
  },
);

test.each(LANGUAGES)(
  'what is said to be the largest is, of what is published, and alone (%s)',
  (language) => {
    fc.assert(
      fc.property(data, (one) => {
        const said = essentialsOf(regionReport(one, 'd', language));
        const names = createReportNames(language);
        const [, first] =
          (language === 'zh'
            ? /产业带中，成交额最大的是(.*?)，为/
            : /belts that are published, (.*?) has/
          ).exec(said) ?? [];
        const values = partsOf(one).belts.flatMap((belt) => {
          const { value } = belt.cells[0]?.gmv ?? { value: null };
          return value === null || value === 0 ? [] : [{ name: names.area(belt), value }];
        });
        const most = Math.max(...values.map(({ value }) => value));
        const largest = values.filter(({ value }) => value === most);
        expect(first).toBe(values.length > 1 && largest.length === 1 ? largest[0]?.name : undefined);
      }),
      RUNS,
    );
  },
);

test.each(LANGUAGES)(
  'tables have a cell for each figure, which is its number or why there is none (%s)',
  (language) => {
    fc.assert(
      fc.property(data, (one) => {
        const { sections } = regionReport(one, 'd', language);
        for (const { columns, rows } of sections.flatMap(({ tables }) => tables))
          for (const row of rows) {
            expect(row).toHaveLength(columns.length);
            for (const { text } of row) expect(text).not.toMatch(/null|NaN|undefined|[{}]/);
          }
        const [tracks] = sections[1]?.tables ?? [];
        tracks?.rows.forEach((row, index) => {
          const { state, gmv } = ownOf(one).cells[index] ?? {};
          if (state === 'shown') expect(numbersIn(row[1]?.text ?? '')).toEqual([gmv?.value]);
          else expect([row[1]?.isQuiet, numbersIn(row[1]?.text ?? '')]).toEqual([true, []]);
        });
      }),
      RUNS,
    );
  },
);

test.each(LANGUAGES)('a report of one area tells of no other beside what it lies in (%s)', (language) => {
  fc.assert(
    fc.property(data, (one) => {
      const { sections } = regionReport(one, 'd', language);
      const names = createReportNames(language);
      const known = new Set(areasOf(one).map((area) => names.area(area)));
      const firstIsArea = sections
        .flatMap(({ tables }) => tables)
        .filter(({ columns }) => columns[0]?.name === (language === 'zh' ? '地区' : 'Area'));
      for (const { rows } of firstIsArea) for (const [first] of rows) expect(known).toContain(first?.text);
      if (one.kind === 'nation') expect(firstIsArea).toEqual([]);
    }),
  );
});

test('the data set has one digest for one content', () => {
  fc.assert(
    fc.property(data, data, (one, other) => {
      const isSame = JSON.stringify(one) === JSON.stringify(other);
      expect(writtenData(one).digest === writtenData(structuredClone(one)).digest).toBe(true);
      expect(writtenData(one).digest === writtenData(other).digest).toBe(isSame);
    }),
  );
});

test('a data set that was frozen before there were kinds is of its province, and needs no months', () => {
  fc.assert(
    fc.property(
      data.filter(({ kind }) => kind === 'province'),
      (one) => {
        const { kind: _kind, history: _history, ...old } = one;
        const read = readData(Buffer.from(JSON.stringify(old)));
        expect([read.kind, read.history]).toEqual(['province', []]);
        const titles = (of: typeof one) => regionReport(of, 'd', 'en').sections.map(({ title }) => title);
        expect(titles(read)).toEqual(titles(one).filter((title) => title !== 'Thirteen months'));
        expect(readData(writtenData(one).bytes)).toEqual(JSON.parse(JSON.stringify(one)));
      },
    ),
    { numRuns: 20 },
  );
});

test.each(LANGUAGES)(
  'a level is told where it is published, beside the nation’s, without a word of recovery (%s)',
  (language) => {
    let told = 0;
    fc.assert(
      fc.property(dataWithSameStore, (one) => {
        const { sections } = regionReport(one, 'd', language);
        const said = essentialsOf(regionReport(one, 'd', language)).replaceAll(/20\d\d/g, '');
        const own = ownOf(one);
        const isZero = own.cells[0]?.state === 'zero';
        const [essentials] = sections;
        const inTable = essentials?.tables[0]?.rows.flatMap((row) =>
          row.flatMap(({ number }) => (number?.kind === 'tenth' ? [number.value] : [])),
        );
        if (!one.reference) {
          expect(inTable ?? []).toEqual([]);
          expect(said).not.toMatch(/水平|Level/);
          return;
        }
        const areas =
          one.kind === 'nation'
            ? []
            : areasOf(one).slice(0, one.kind === 'province' || !one.province ? 2 : 3);
        const numberOf = ({ level }: ReleasedArea) => (level?.flag === 'final' ? [level.value] : []);
        expect(inTable ?? []).toEqual(areas.flatMap(numberOf));
        expect(said).not.toMatch(/已恢复|尚未恢复|recovered|above|below|高于|低于/);
        if (isZero || own.level?.flag !== 'final') return;
        told += 1;
        expect(numbersIn(said).some((number) => Math.abs(number - (own.level?.value ?? NaN)) < 0.0501)).toBe(
          true,
        );
      }),
      { numRuns: 60 },
    );
    expect(told).toBeGreaterThan(0);
  },
);

test('a month that was released before shares were told has no levels in its data set either', () => {
  const [one] = fc.sample(
    dataWithSameStore.filter(({ reference }) => reference !== undefined),
    1,
  );
  if (!one) throw new Error('no data');
  const { format: _format, kind, history, ...release } = one;
  const bare = ({ carriers: _carriers, service: _service, ...area }: ReleasedArea): ReleasedArea => area;
  const all = {
    ...{ ...release, nation: bare(release.nation), troubled: [] },
    provinces: release.province ? [bare(release.province)] : [],
    ...{ cities: release.cities.map(bare), belts: release.belts.map(bare) },
  };
  const text = writtenData(regionData(all, kind, history)).bytes.toString();
  expect(text).not.toMatch(/"level": \{|"reference"|"carriers"/);
  expect(JSON.stringify(one)).toMatch(/"level":\{/);
});
