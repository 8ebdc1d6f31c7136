/** What is read back out of the formats of a report is its data set, whatever is withheld in it and whatever names hold. */
import { vi } from 'vitest';
import { type BriefFigure, REPORT_LANGUAGES } from '@beltline/contract';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { dataWithPartitions } from '../region/parts-data.fixture.ts';
import {
  data,
  dataWithSameStore,
  dataWithService,
  dataWithStructure,
} from '../region/region-data.fixture.ts';
import { areasOf, type Edition, ownOf, type RegionData, writtenData } from '../region/region-data.ts';
import { regionReport } from '../region/region-report.ts';
import { changesBetween, countsOf } from '../region/report-changes.ts';
import { csvOf, figureList } from '../region/report-csv.ts';
import { pageOf } from '../documents/report-page.ts';
import { sheetsOf } from './report-sheets.ts';

const EDITION: Edition = { number: 'BL-2026-0007', day: '2026-11-30', revision: null };
const RUNS = { numRuns: 15 };
/** Text knows one zero. */
const plain = (value: number | null) => (value === null ? null : value + 0);
const told = ({ value, flag }: BriefFigure) => (flag === 'base-too-small' ? null : plain(value));
/** Every number of a data set, in the order of its areas and tracks, then of the months before. */
const numbersOf = (one: RegionData) => [
  ...areasOf(one).flatMap(({ cells }) =>
    cells.map(({ gmv, growth, orders, pieces }) => [gmv.value, told(growth), orders.value, pieces.value]),
  ),
  ...one.history.slice(0, -1).map(({ gmv, orders, pieces }) => [gmv.value, null, orders.value, pieces.value]),
];

test.each(REPORT_LANGUAGES)(
  'the list has each figure once, and no number where there is none (%s)',
  (language) => {
    fc.assert(
      fc.property(data, (one) => {
        const written = csvOf(figureList(one, EDITION, language)).subarray(3);
        const [, ...rows] = parse(written) as string[][];
        const numbers = rows.map((row) => row.slice(10).map((text) => (text === '' ? null : Number(text))));
        expect(numbers).toEqual(numbersOf(one));
        // No cell is taken for a formula.
        for (const text of rows.flat()) expect(text).not.toMatch(/^([=+@\t\r]|-(?!\d))/);
      }),
      RUNS,
    );
  },
);

test.each(REPORT_LANGUAGES)(
  'a workbook and a page hold the numbers of the tables and no others (%s)',
  async (language) => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(data, dataWithService, dataWithStructure, dataWithPartitions),
        async (one) => {
          const report = regionReport(one, writtenData(one).digest, language, EDITION);
          const cells = report.sections.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows.flat()));
          const numbers = cells.flatMap(({ number }) => plain(number?.value ?? null) ?? []);
          const onPage = [
            ...pageOf(report)
              .toString('utf8')
              .matchAll(/<data value="([^"]*)">/g),
          ];
          expect(onPage.map(([, value]) => Number(value))).toEqual(numbers);
          const list = { ...figureList(one, EDITION, language), name: 'All' };
          const files = unzipSync(await sheetsOf(report, list));
          const sheets = Object.keys(files).filter((name) => name.startsWith('xl/worksheets/sheet'));
          const inSheets = sheets.flatMap((name) =>
            [
              ...strFromU8(files[name] ?? new Uint8Array()).matchAll(/<c r="\w+"([^>]*)><v>([^<]*)<\/v>/g),
            ].flatMap(([, attributes = '', value]) => (attributes.includes('t="s"') ? [] : Number(value))),
          );
          const inList = list.rows.flatMap((row) =>
            row.flatMap((value) => (typeof value === 'number' ? (plain(value) ?? []) : [])),
          );
          expect(inSheets).toEqual([...numbers, ...inList]);
        },
      ),
      RUNS,
    );
  },
);

test('what a name holds stays text in a page', async () => {
  const [one] = fc.sample(data, { numRuns: 1, seed: 1 });
  if (!one) throw new Error('no data');
  const hostile = '<script>alert("1")</script>&=1+1';
  const named = { ...one, sourceName: { zh: hostile, en: hostile } };
  const report = regionReport(named, 'd', 'en', EDITION);
  const page = pageOf(report).toString('utf8');
  expect(page).not.toContain('<script');
  expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;=1+1');
});

test('no name turns the words and numbers that follow it, holds what cannot be written, or is a formula', async () => {
  const [one] = fc.sample(data, { numRuns: 1, seed: 3 });
  if (!one) throw new Error('no data');
  const hostile = '=a\u202eb\u2067c\u0001d\ufffee\ud800f';
  const { nation } = one;
  const named: RegionData = {
    ...one,
    sourceName: { zh: hostile, en: hostile },
    nation: { ...nation, area: { ...nation.area, id: hostile }, goods: { zh: hostile, en: hostile } },
  };
  const report = regionReport(named, 'd', 'en', EDITION);
  const list = { ...figureList(named, EDITION, 'en'), name: 'All' };
  const sheets = Object.values(unzipSync(await sheetsOf(report, list)));
  const written = [csvOf(list), pageOf(report), ...sheets].map((bytes) =>
    Buffer.from(bytes).toString('utf8'),
  );
  const [csv, page, ...parts] = written;
  for (const text of [csv, page]) expect(text).toContain('abcde\ufffdf');
  expect(parts.join('')).toContain('abcdef');
  expect(parts.join('')).not.toContain('<f>');
  for (const text of written) expect(text).not.toMatch(/[^\P{Cc}\t\n\r]|[\ufffe\u202a-\u202e\u2066-\u2069]/u);
});

test('the same report is the same workbook at any time of day', async () => {
  const [one] = fc.sample(data, { numRuns: 1, seed: 2 });
  if (!one) throw new Error('no data');
  const report = regionReport(one, 'd', 'en', EDITION);
  const list = { ...figureList(one, EDITION, 'en'), name: 'All' };
  const first = await sheetsOf(report, list);
  const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 86_400_000);
  const second = await sheetsOf(report, list);
  later.mockRestore();
  expect(second.equals(first)).toBe(true);
});

const any = fc.oneof(data, dataWithService, dataWithSameStore, dataWithStructure);
const NAMES: Readonly<Record<string, string>> = {
  ...{ fromNewcomers: 'from-newcomers', fromOthers: 'from-others', 'sameStore.growth': 'same-store' },
  'sameStore.leavers.share': 'leavers',
};

/** Whatever in a data set has a value, a flag and a reason, by where it stands. */
function figuresIn(one: RegionData): Map<string, { value: number | null }> {
  const found = new Map<string, { value: number | null }>();
  const walk = (node: object, path: readonly string[], name: (path: readonly string[]) => string): void => {
    if ('value' in node && 'reason' in node) {
      found.set(name(path), node as { value: number | null });
      return;
    }
    for (const [key, value] of Object.entries(node))
      if (typeof value === 'object' && value !== null) walk(value as object, [...path, key], name);
  };
  const shares = (all: readonly { measure: string; share: object }[] = []) =>
    Object.fromEntries(all.map(({ measure, share }) => [measure, share]));
  const ofAll = (path: readonly string[]) => NAMES[path.join('.')] ?? path.at(-1) ?? '';
  for (const { area, cells, service, carriers, structure, level: against } of areasOf(one)) {
    const at = `${area.level}|${area.id}|`;
    for (const cell of cells) walk(cell, [], ([measure]) => `${at}|${cell.track}|${measure}`);
    const { shares: told, ...others } = carriers ?? {};
    walk(
      {
        ...{ ...shares(service), ...shares(told), ...shares(structure), ...others },
        ...(against && { level: against }),
      },
      [],
      (path) => `${at}|all|${ofAll(path)}`,
    );
  }
  const { level, id } = ownOf(one).area;
  for (const { month, service, carriers, structure, ...sold } of one.history.slice(0, -1))
    walk(
      { ...sold, ...shares(service), ...shares(carriers), ...shares(structure) },
      [],
      (path) => `${level}|${id}|${month}|all|${ofAll(path)}`,
    );
  return found;
}

test('of two editions each figure that differs is told once, with what it moved by, and no other', () => {
  fc.assert(
    fc.property(any, any, (before, after) => {
      const changes = changesBetween(before, after);
      const [old, now] = [figuresIn(before), figuresIn(after)];
      const differing = [...new Set([...old.keys(), ...now.keys()])].filter(
        (key) => JSON.stringify(old.get(key)) !== JSON.stringify(now.get(key)),
      );
      const keys = changes.map(({ level, area, month = '', track, measure }) =>
        [level, area, month, track, measure].join('|'),
      );
      // What an edition has no more, or not yet, and was not known where it is, says the same.
      const missing = JSON.stringify({ value: null, flag: 'not-available', reason: 'no-data' });
      const isSame = (key: string) =>
        (JSON.stringify(old.get(key)) ?? missing) === (JSON.stringify(now.get(key)) ?? missing);
      expect(keys.sort()).toEqual(differing.filter((key) => !isSame(key)).sort());
      for (const { before: was, after: is, by } of changes)
        expect(by).toBe(told(was) === null || told(is) === null ? null : (is.value ?? 0) - (was.value ?? 0));
      const { moved, appeared, gone, other } = countsOf(changes);
      expect(moved + appeared + gone + other).toBe(changes.length);
      expect(changesBetween(before, structuredClone(before))).toEqual([]);
    }),
    RUNS,
  );
});
