/** Service in reports of made-up releases, in which anything may be withheld. */
import { SERVICE_MEASURES } from '@beltline/contract';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { aroundOf, areasOf, ownOf, type RegionData } from './region-data.ts';
import { data, dataWithService } from './region-data.fixture.ts';
import { regionReport } from './region-report.ts';
import { csvOf, figureList } from './report-csv.ts';
import { cellOn } from '../documents/report-names.ts';
import { pageOf } from '../documents/report-page.ts';
import { chanceOf, measureName } from './report-service.ts';
import { SERVICE_WORDS } from './service-wording.ts';

const LANGUAGES = ['zh', 'en'] as const;
const RUNS = { numRuns: 25 };
const sectionOf = (one: RegionData, language: 'zh' | 'en') =>
  regionReport(one, 'd', language).sections.find(({ title }) => title === SERVICE_WORDS[language].section);
const numbersIn = (text: string) => [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([found]) => Number(found));

test.each(LANGUAGES)('sentences tell each share that is published and no other number (%s)', (language) => {
  fc.assert(
    fc.property(dataWithService, (one) => {
      const own = ownOf(one);
      const { sentences } = sectionOf(one, language) ?? { sentences: [] };
      expect(sentences).toHaveLength(cellOn(own, 'all').state === 'zero' ? 0 : SERVICE_MEASURES.length);
      for (const sentence of sentences) {
        const measure = SERVICE_MEASURES.find((of) => sentence.startsWith(measureName(of, language)));
        const shares = [own, ...aroundOf(one)].map(
          ({ service }) => service?.find((share) => share.measure === measure)?.share.value ?? null,
        );
        const [share = null, ...around] = shares;
        // What rounds to nothing or to everything is neither.
        const percent = (ratio: number) => Math.min(99.95, Math.max(0.05, Math.round(1_000 * ratio) / 10));
        if (share === null) {
          expect(numbersIn(sentence)).toEqual([]);
          continue;
        }
        const points = 100 * chanceOf(share, cellOn(own, 'all').orders.value ?? 0);
        const chance = measure === 'refund-rate' ? [] : [expect.closeTo(Math.round(10 * points) / 10, 5)];
        // Names of made-up areas may hold anything; those of what is around are the nation and a province.
        expect(numbersIn(sentence)).toEqual([
          percent(share),
          ...chance,
          ...around.flatMap((of) => (of === null ? [] : [percent(of)])),
        ]);
      }
    }),
    RUNS,
  );
});

test.each(LANGUAGES)(
  'nothing is said of a rise, a fall, or who is best: no interval is published (%s)',
  (language) => {
    fc.assert(
      fc.property(dataWithService, (one) => {
        const said = (sectionOf(one, language)?.sentences ?? []).join('\n');
        expect(said).not.toMatch(
          /上升|下降|高于|低于|改善|恶化|最[高低好差]|higher|lower|rose|fell|better|worse|best|worst|highest|lowest/i,
        );
      }),
      RUNS,
    );
  },
);

test.each(LANGUAGES)('a cell of a table is its number, or why there is none (%s)', (language) => {
  fc.assert(
    fc.property(dataWithService, (one) => {
      const section = sectionOf(one, language);
      if (!section) throw new Error('a data set with service has no section of it');
      for (const { columns, rows } of section.tables)
        for (const row of rows) {
          expect(row).toHaveLength(columns.length);
          for (const { text } of row) expect(text).not.toMatch(/null|NaN|undefined|[{}]/);
        }
      const [compared] = section.tables;
      SERVICE_MEASURES.forEach((measure, at) => {
        const row = compared?.rows[at] ?? [];
        const areas = [ownOf(one), ...aroundOf(one)];
        areas.forEach(({ service }, no) => {
          const share = service?.find((of) => of.measure === measure);
          // Beside the area's own share stands what chance does.
          const cell = row[no === 0 ? 1 : no + 2];
          expect(cell?.number?.value).toBe(share?.share.value ?? undefined);
          expect(cell?.isQuiet).toBe(share?.state !== 'shown');
        });
      });
      const page = pageOf(regionReport(one, 'd', language)).toString();
      for (const note of section.notes.slice(0, SERVICE_MEASURES.length))
        expect(page).toContain(note.split('：')[0]?.split(':')[0]);
    }),
    RUNS,
  );
});

test.each(LANGUAGES)('the list has each share with its state, once an area (%s)', (language) => {
  fc.assert(
    fc.property(dataWithService, (one) => {
      const rows = parse(csvOf(figureList(one, null, language)), { bom: true }) as string[][];
      const [head = [], ...list] = rows;
      const told = SERVICE_MEASURES.map((measure) => head.indexOf(measureName(measure, language)));
      expect(told.every((at) => at > 0)).toBe(true);
      const shares = list.flatMap((row) => told.flatMap((at) => (row[at] === '' ? [] : [Number(row[at])])));
      const published = [...areasOf(one), ...one.history.slice(0, -1)].flatMap(({ service = [] }) =>
        service.flatMap(({ share }) => share.value ?? []),
      );
      expect(shares).toEqual(published);
      const states = list.flatMap((row) => told.flatMap((at) => (row[at + 1] === '' ? [] : [row[at + 1]])));
      expect(states).toHaveLength(
        [...areasOf(one), ...one.history.slice(0, -1)].flatMap(({ service = [] }) => service).length,
      );
    }),
    RUNS,
  );
});

test('a data set without service tells nothing of it', () => {
  fc.assert(
    fc.property(data, fc.constantFrom(...LANGUAGES), (one, language) => {
      expect(sectionOf(one, language)).toBeUndefined();
      const { columns } = figureList(one, null, language);
      expect(columns.map(({ name }) => name)).not.toContain(measureName('on-time', language));
    }),
    RUNS,
  );
});

describe('what chance does', () => {
  test('is half of Wilson’s interval: 10 % of 100 orders', () => {
    // From 0.0607 to 0.1604, by hand with z = 1.645.
    expect(chanceOf(0.1, 100)).toBeCloseTo(0.04982, 5);
  });

  test('holds nine in ten counts of independent orders, or about so many', () => {
    for (const orders of [40, 200, 1_000])
      for (const share of [0.02, 0.1, 0.5, 0.93]) {
        const reach = chanceOf(share, orders) * orders;
        let [inside, log] = [0, orders * Math.log(1 - share)];
        for (let count = 0; count <= orders; count++) {
          if (Math.abs(count - share * orders) <= reach) inside += Math.exp(log);
          log += Math.log(((orders - count) / (count + 1)) * (share / (1 - share)));
        }
        expect([orders, share, inside > 0.84 && inside < 0.995]).toEqual([orders, share, true]);
      }
  });

  test('is there where nothing or everything is told, too', () => {
    expect(chanceOf(0, 50)).toBeGreaterThan(0.01);
    expect(chanceOf(1, 50)).toBeCloseTo(chanceOf(0, 50), 12);
  });
});
