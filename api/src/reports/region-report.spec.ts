/** Reports of made-up releases, in which anything may be withheld. */
import { type BriefFigure, type ReleasedArea, type ReleasedCell, TRACKS } from '@beltline/contract';
import fc from 'fast-check';
import { type RegionData, regionReport, writtenData } from './region-report.ts';
import { createReportNames } from './report-names.ts';

const SUPPRESSED: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };
const figure = (value: number): BriefFigure => ({ value, flag: 'final', reason: null });
const RATES: readonly BriefFigure[] = [
  SUPPRESSED,
  { value: null, flag: 'not-available', reason: 'baseline-zero' },
  { value: 9, flag: 'base-too-small', reason: null },
];
const rate = fc.oneof(fc.constantFrom(...RATES), fc.double({ min: -1, max: 3, noNaN: true }).map(figure));
const NOTHING = { gmv: figure(0), pieces: figure(0), orders: figure(0) };

const cell = fc
  .tuple(fc.constantFrom('shown', 'suppressed', 'zero', 'no-data'), fc.integer({ min: 1, max: 1e12 }), rate)
  .map(([state, cents, growth]): Omit<ReleasedCell, 'track'> => {
    const none: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };
    if (state === 'zero') return { state, ...NOTHING, growth };
    if (state === 'suppressed')
      return { state, gmv: SUPPRESSED, pieces: SUPPRESSED, orders: SUPPRESSED, growth: SUPPRESSED };
    if (state === 'no-data') return { state, gmv: none, pieces: none, orders: none, growth: none };
    return { state: 'shown', gmv: figure(cents / 100), pieces: figure(cents), orders: figure(1), growth };
  });
const areaOf = (level: ReleasedArea['area']['level'], id: string) =>
  fc.array(cell, { minLength: TRACKS.length, maxLength: TRACKS.length }).map((cells): ReleasedArea => ({
    area: { level, id, name: { zh: `名${id}名`, en: `<${id}>` }, belts: 3 },
    goods: level === 'belt' ? { zh: '面料', en: 'fabrics' } : null,
    cells: cells.map((one, index) => ({ track: TRACKS[index] ?? 'all', ...one })),
  }));
const some = (level: 'belt' | 'city', most: number) =>
  fc
    .integer({ min: 0, max: most })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, no) => areaOf(level, `${level}${no}`))));
const data = fc
  .record({
    nation: areaOf('nation', ''),
    province: areaOf('province', '浙江省'),
    cities: some('city', 3),
    belts: some('belt', 5),
    isMerged: fc.boolean(),
  })
  .map(({ isMerged, ...areas }): RegionData => ({
    ...{ source: 'demo', sourceName: { zh: '演示', en: 'Demo' }, currency: 'CNY', ...areas },
    release: {
      ...{ month: '2025-01', edition: 1, dataVersion: 3 },
      ...{ madeAt: '2025-02-12T03:04:05.000Z', publishedAt: '2025-02-11T03:04:05.000Z' },
    },
    growthMonths: isMerged ? ['2025-01', '2025-02'] : ['2025-01'],
    baselineMonths: [],
  }));

const LANGUAGES = ['zh', 'en'] as const;
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
        for (const belt of one.belts.filter((area) => !isShown(area)))
          expect(said).not.toContain(names.area(belt));
        for (const { track, state } of one.province.cells.slice(1))
          if (state !== 'shown') expect(said).not.toContain(names.track(track));
        const all = [one.nation, one.province, ...one.belts];
        const published = all.flatMap(({ cells }) =>
          cells.flatMap(({ gmv, growth }) => [
            gmv.value,
            growth.flag === 'final' ? Math.round((growth.value ?? 0) * 1_000) / 10 : null,
          ]),
        );
        const [own, whole] = [one.province.cells[0]?.gmv.value, one.nation.cells[0]?.gmv.value];
        const share = own && whole ? Math.round((own / whole) * 1_000) / 10 : null;
        const counts = [
          one.belts.length,
          one.belts.filter((belt) => belt.cells[0]?.gmv.value !== null).length,
        ];
        const known = [...published, share, ...counts, 2025, 1].filter((value) => value !== null);
        const isKnown = (number: number) => known.some((value) => Math.abs(value - number) < 0.0501);
        const withoutNames = one.belts.reduce((text, belt) => text.replaceAll(names.area(belt), ''), said);
        expect(numbersIn(withoutNames).filter((number) => !isKnown(number))).toEqual([]);
      }),
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
        const values = one.belts.flatMap((belt) => {
          const { value } = belt.cells[0]?.gmv ?? { value: null };
          return value === null || value === 0 ? [] : [{ name: names.area(belt), value }];
        });
        const most = Math.max(...values.map(({ value }) => value));
        const largest = values.filter(({ value }) => value === most);
        expect(first).toBe(values.length > 1 && largest.length === 1 ? largest[0]?.name : undefined);
      }),
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
          const { state, gmv } = one.province.cells[index] ?? {};
          if (state === 'shown') expect(numbersIn(row[1]?.text ?? '')).toEqual([gmv?.value]);
          else expect([row[1]?.isQuiet, numbersIn(row[1]?.text ?? '')]).toEqual([true, []]);
        });
      }),
    );
  },
);

test('the data set has one digest for one content', () => {
  fc.assert(
    fc.property(data, data, (one, other) => {
      const isSame = JSON.stringify(one) === JSON.stringify(other);
      expect(writtenData(one).digest === writtenData(structuredClone(one)).digest).toBe(true);
      expect(writtenData(one).digest === writtenData(other).digest).toBe(isSame);
    }),
  );
});
