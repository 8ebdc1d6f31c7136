/** A month's report of one province, from what was released of it and from nothing else. */
import { createHash } from 'node:crypto';
import { type ReleaseAnswer, type ReleasedArea, type ReportLanguage, TRACKS } from '@beltline/contract';
import type { ReportCell, ReportDocument, ReportSection, ReportTable } from './report-document.ts';
import { createReportFigures } from './report-figures.ts';
import { cellOn, createReportNames } from './report-names.ts';
import { sentencesOf, type Tools } from './report-sentences.ts';
import { filled, REPORT_WORDS } from './report-words.ts';

/** What a report is made of: a release as its reader sees it, narrowed to one province. */
export interface RegionData extends Omit<ReleaseAnswer, 'provinces'> {
  readonly province: ReleasedArea;
}

/** The data set as it is handed out, and named by its digest. */
export function writtenData(data: RegionData): { readonly bytes: Buffer; readonly digest: string } {
  const bytes = Buffer.from(`${JSON.stringify(data, null, 1)}\n`);
  return { bytes, digest: createHash('sha256').update(bytes).digest('hex') };
}

const SIZE = 8;
/** Eight columns beside each other on a sheet. */
const SMALL = 7;

export function regionReport(data: RegionData, digest: string, language: ReportLanguage): ReportDocument {
  const words = REPORT_WORDS[language];
  const names = createReportNames(language);
  const figures = createReportFigures(language, data.currency);
  const tools = { words, names, figures };
  const { province, nation, release } = data;
  const month = monthText(release.month, words.locale);
  const title = filled(words.title, { province: names.area(province), month });
  const source = data.sourceName[language];
  const made = new Date(release.madeAt);
  const { facts, sections } = words;
  return {
    ...{ language, title, kind: words.kind, level: words.level, author: words.author },
    keywords: [data.source, release.month, names.area(province)],
    made: { year: made.getUTCFullYear(), month: made.getUTCMonth() + 1, day: made.getUTCDate() },
    words: { page: words.page },
    foot: `${source} · ${facts.version} ${release.dataVersion} · SHA-256 ${digest.slice(0, 16)}…`,
    facts: [
      { name: facts.region, value: names.area(province) },
      { name: facts.month, value: month },
      { name: facts.source, value: source },
      { name: facts.version, value: String(release.dataVersion) },
      { name: facts.edition, value: String(release.edition) },
      { name: facts.made, value: `${release.madeAt.slice(0, 16).replace('T', ' ')} UTC` },
      { name: facts.digest, value: digest },
    ],
    sections: [
      {
        title: sections.essentials,
        sentences: sentencesOf(
          { province, nation, belts: data.belts, month, isMerged: data.growthMonths.length > 1 },
          tools,
        ),
        tables: [areasTable([province, nation], words.captions.compared, tools, data.currency)],
        notes: [],
      },
      { title: sections.tracks, sentences: [], tables: [tracksTable(data, tools)], notes: [] },
      ...areaSections(data, tools),
      { title: sections.notes, sentences: [], tables: [], notes: words.notes },
    ],
  };
}

function areaSections(data: RegionData, tools: Tools): ReportSection[] {
  const { captions, sections } = tools.words;
  const { cities, belts, currency } = data;
  const made: ReportSection[] = [];
  if (cities.length > 0) {
    const tables = [areasTable(cities, captions.cities, tools, currency)];
    made.push({ title: sections.cities, sentences: [], tables, notes: [] });
  }
  if (belts.length > 0) {
    const caption = filled(captions.values, { currency });
    const tables = [
      areasTable(belts, captions.belts, tools, currency),
      matrix(belts, caption, tools, 'tenThousands'),
      matrix(belts, captions.rates, tools, 'growth'),
    ];
    made.push({ title: sections.belts, sentences: [], tables, notes: [] });
  }
  return made;
}

const wide = (name: string) => ({ name, isWide: true, isNumber: false });
const number = (name: string) => ({ name, isWide: false, isNumber: true });
const said = (text: string): ReportCell => ({ text, isQuiet: false });

function areasTable(
  areas: readonly ReleasedArea[],
  caption: string,
  { words: { columns }, names, figures }: Tools,
  currency: string,
): ReportTable {
  const hasGoods = areas.some(({ goods }) => goods !== null);
  return {
    caption: filled(caption, { currency }),
    ...{ size: SIZE, inset: 5 },
    columns: [
      wide(columns.area),
      ...(hasGoods ? [wide(columns.goods)] : []),
      ...[columns.gmv, columns.growth, columns.orders, columns.pieces].map(number),
    ],
    rows: areas.map((area) => {
      const cell = cellOn(area, 'all');
      return [
        said(names.area(area)),
        ...(hasGoods ? [said(names.goods(area))] : []),
        ...[figures.gmv(cell), figures.growth(cell), figures.orders(cell), figures.pieces(cell)],
      ];
    }),
  };
}

function tracksTable({ province, nation, currency }: RegionData, tools: Tools): ReportTable {
  const { words, names, figures } = tools;
  const { columns, captions } = words;
  return {
    caption: filled(captions.tracks, { currency }),
    ...{ size: SIZE, inset: 4 },
    columns: [
      wide(columns.track),
      ...[columns.gmv, columns.growth, columns.orders, columns.pieces].map(number),
      ...[columns.nationGmv, columns.nationGrowth].map(number),
    ],
    rows: TRACKS.map((track) => {
      const [own, whole] = [cellOn(province, track), cellOn(nation, track)];
      return [
        said(names.track(track)),
        ...[figures.gmv(own), figures.growth(own), figures.orders(own), figures.pieces(own)],
        ...[figures.gmv(whole), figures.growth(whole)],
      ];
    }),
  };
}

/** Belts by track. */
const matrix = (
  belts: readonly ReleasedArea[],
  caption: string,
  { words, names, figures }: Tools,
  figure: 'tenThousands' | 'growth',
): ReportTable => ({
  caption,
  ...{ size: SMALL, inset: 2.5 },
  columns: [wide(words.columns.area), ...TRACKS.map((track) => number(names.track(track)))],
  rows: belts.map((belt) => [
    said(names.area(belt)),
    ...TRACKS.map((track) => figures[figure](cellOn(belt, track))),
  ]),
});

function monthText(month: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}
