/** A month's report of one area, from what was released of it and from nothing else. */
import {
  RELEASED_MEASURES,
  type ReleasedArea,
  type ReleasedMeasure,
  type ReportFigure,
  type ReportLanguage,
  SERVICE_MEASURES,
  STRUCTURE_MEASURES,
  TRACKS,
} from '@beltline/contract';
import type { Day } from '../../core/calendar.ts';
import { aroundOf, type Edition, ownOf, partsOf, type RegionData, type Revision } from './region-data.ts';
import { CARRIER_WORDS, type CarrierFigure } from './carrier-wording.ts';
import { carriersSection } from './report-carriers.ts';
import { growthChart, monthsChart } from './report-charts.ts';
import { countsOf } from './report-changes.ts';
import type { ReportCell, ReportDocument, ReportSection, ReportTable } from '../documents/report-document.ts';
import { createReportFigures } from './report-figures.ts';
import { cellOn, createReportNames, monthText } from '../documents/report-names.ts';
import { sentencesOf, type Tools } from './report-sentences.ts';
import type { ReportWords } from '../documents/report-wording.ts';
import { measureName, serviceSection } from './report-service.ts';
import { partsSection } from './report-parts.ts';
import { structureSection } from './report-structure.ts';
import { STRUCTURE_WORDS } from './structure-wording.ts';
import { filled, REPORT_WORDS } from '../documents/report-words.ts';

const SIZE = 8;
/** Eight columns beside each other on a sheet. */
const SMALL = 7;

/** `edition`: of one that is published; null of a month as it is released at the moment. */
export function regionReport(
  data: RegionData,
  digest: string,
  language: ReportLanguage,
  edition: Edition | null = null,
): ReportDocument {
  const words = REPORT_WORDS[language];
  const names = createReportNames(language);
  const figures = createReportFigures(language, data.currency);
  const tools = { words, names, figures };
  const { kind, nation, release } = data;
  const [own, around] = [ownOf(data), aroundOf(data)];
  const month = monthText(release.month, words.locale);
  const subject = filled(words.subjects[kind], { area: names.area(own) });
  const title = filled(words.title, { subject, month });
  const source = data.sourceName[language];
  const { facts, sections } = words;
  const number = edition?.number ?? null;
  const service = serviceSection(data, language, tools);
  const carriers = carriersSection(data, language, tools);
  const structure = structureSection(data, language, tools);
  const parts = partsSection(data, language, tools);
  return {
    ...{ language, title, level: words.level, author: words.author },
    kind: filled(edition !== null && number === null ? words.draft : words.kind, {
      kind: words.levels[kind],
    }),
    keywords: [data.source, release.month, names.area(own), ...(number === null ? [] : [number])],
    made: dayOf(edition?.day ?? release.madeAt.slice(0, 10)),
    words: { page: words.page },
    foot: `${number === null ? '' : `${number} · `}${source} · ${facts.version} ${release.dataVersion} · SHA-256 ${digest.slice(0, 16)}…`,
    facts: [
      ...editionFacts(edition, words),
      { name: facts.region, value: names.area(own) },
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
          {
            ...{ kind, own, nation, month, subject },
            belts: kind === 'province' || kind === 'city' ? partsOf(data).belts : null,
            isMerged: data.growthMonths.length > 1,
            year: data.reference?.year ?? null,
          },
          tools,
        ),
        charts: [growthChart(own, tools, source)],
        tables:
          around.length === 0 ? [] : [areasTable([own, ...around], words.captions.compared, tools, data)],
        notes: [],
      },
      ...(edition?.revision ? [revisionSection(edition.revision, data, language, tools)] : []),
      { ...EMPTY, title: sections.tracks, tables: [tracksTable(data, tools)] },
      ...(data.history.length === 0 ? [] : [monthsSection(data, tools, source)]),
      ...(carriers ? [carriers] : []),
      ...(structure ? [structure] : []),
      ...(parts ? [parts] : []),
      ...(service ? [service] : []),
      ...areaSections(data, tools),
      {
        ...{ ...EMPTY, title: sections.notes },
        notes: data.reference
          ? [...words.notes, filled(words.levelNote, { year: String(data.reference.year) })]
          : words.notes,
      },
    ],
  };
}

function editionFacts(edition: Edition | null, { facts }: ReportWords): ReportDocument['facts'] {
  if (edition === null || edition.number === null) return [];
  return [
    { name: facts.number, value: edition.number },
    { name: facts.published, value: edition.day },
    ...(edition.revision ? [{ name: facts.revises, value: edition.revision.of }] : []),
  ];
}

/** Why there is a revision, and what it says otherwise: each number that became another one, and how many came or went. */
function revisionSection(
  { of, reason, monthsSince, leaversSince, changes }: Revision,
  { reference }: RegionData,
  language: ReportLanguage,
  tools: Tools,
): ReportSection {
  const { words, names, figures } = tools;
  const { revision, columns } = words;
  const counts = Object.entries(countsOf(changes)).map(([kind, count]) => [kind, figures.whole(count)]);
  const isReference = (month: string) => reference?.months.includes(month) ?? false;
  const since = (template: string, of: readonly string[]) => {
    const months = of.map((month) => monthText(month, words.locale)).join(revision.join);
    return months === '' ? [] : [filled(template, { months })];
  };
  const moved = changes.filter(({ by }) => by !== null && by !== 0);
  const hasMonths = moved.some((change) => change.month !== undefined);
  const hasShares = moved.some(({ measure }) => !isOfCell(measure));
  return {
    title: words.sections.revision,
    sentences: [
      filled(revision.revises, { number: of }),
      ...since(
        revision.months,
        monthsSince.filter((month) => !isReference(month)),
      ),
      ...since(revision.reference, monthsSince.filter(isReference)),
      ...(leaversSince ? [revision.leavers] : []),
      ...(reason === null ? [] : [filled(revision.reason, { reason })]),
      filled(revision.counts, Object.fromEntries(counts) as Record<string, string>),
    ],
    charts: [],
    tables:
      moved.length === 0
        ? []
        : [
            {
              caption: hasShares ? words.captions.revisionShares : words.captions.revision,
              ...{ size: SIZE, inset: 4 },
              columns: [
                ...[columns.area, ...(hasMonths ? [columns.month] : []), columns.track, columns.measure].map(
                  wide,
                ),
                ...[columns.before, columns.after, columns.by].map(number),
              ],
              rows: moved.map(({ level, name, track, month, measure, before, after, by }) => [
                said(names.area({ area: { level, name } })),
                ...(hasMonths ? [said(month === undefined ? '' : monthText(month, words.locale))] : []),
                said(names.track(track)),
                said(isOfCell(measure) ? columns[measure] : shareName(measure, language)),
                figures.revised(measure, before),
                figures.revised(measure, after),
                figures.by(measure, by ?? 0),
              ]),
            },
          ],
    notes: [],
  };
}

type OfCell = ReleasedMeasure | 'growth' | 'level';
const isOfCell = (measure: ReportFigure): measure is OfCell =>
  measure === 'growth' || measure === 'level' || RELEASED_MEASURES.some((one) => one === measure);

/** What a figure of all orders is called. */
function shareName(measure: Exclude<ReportFigure, OfCell>, language: ReportLanguage): string {
  const built = STRUCTURE_MEASURES.find((one) => one === measure);
  if (built) return STRUCTURE_WORDS[language].names[built];
  const served = SERVICE_MEASURES.find((one) => one === measure);
  return served ? measureName(served, language) : CARRIER_WORDS[language].names[measure as CarrierFigure];
}

/** A year and the month itself, so that the same month of either year stands in it. */
function monthsSection(data: RegionData, tools: Tools, source: string): ReportSection {
  const { words, figures } = tools;
  const { columns, captions, sections } = words;
  return {
    ...{ ...EMPTY, title: sections.months, charts: [monthsChart(data, tools, source)] },
    tables: [
      {
        caption: filled(captions.months, { currency: data.currency }),
        ...{ size: SIZE, inset: 4 },
        columns: [wide(columns.month), ...[columns.gmv, columns.orders, columns.pieces].map(number)],
        rows: data.history.map((one) => [
          said(monthText(one.month, words.locale)),
          ...[figures.gmv(one), figures.orders(one), figures.pieces(one)],
        ]),
      },
    ],
  };
}

function areaSections(data: RegionData, tools: Tools): ReportSection[] {
  const { captions, sections } = tools.words;
  const { cities, belts } = partsOf(data);
  const { currency } = data;
  const made: ReportSection[] = [];
  if (cities.length > 0) {
    const tables = [areasTable(cities, captions.cities, tools, data)];
    made.push({ ...EMPTY, title: sections.cities, tables });
  }
  if (belts.length > 0) {
    const caption = filled(captions.values, { currency });
    const tables = [
      areasTable(belts, captions.belts, tools, data),
      matrix(belts, caption, tools, 'tenThousands'),
      matrix(belts, captions.rates, tools, 'growth'),
    ];
    made.push({ ...EMPTY, title: sections.belts, tables });
  }
  return made;
}

const EMPTY: Omit<ReportSection, 'title'> = { sentences: [], charts: [], tables: [], notes: [] };
const wide = (name: string) => ({ name, isWide: true, isNumber: false });
const number = (name: string) => ({ name, isWide: false, isNumber: true });
const said = (text: string): ReportCell => ({ text, isQuiet: false });

function areasTable(
  areas: readonly ReleasedArea[],
  caption: string,
  { words: { columns }, names, figures }: Tools,
  { currency, reference }: RegionData,
): ReportTable {
  const hasGoods = areas.some(({ goods }) => goods !== null);
  return {
    caption: filled(caption, { currency }),
    ...{ size: SIZE, inset: 5 },
    columns: [
      wide(columns.area),
      ...(hasGoods ? [wide(columns.goods)] : []),
      ...[columns.gmv, columns.growth].map(number),
      ...(reference ? [number(filled(columns.levelOf, { year: String(reference.year) }))] : []),
      ...[columns.orders, columns.pieces].map(number),
    ],
    rows: areas.map((area) => {
      const cell = cellOn(area, 'all');
      return [
        said(names.area(area)),
        ...(hasGoods ? [said(names.goods(area))] : []),
        ...[figures.gmv(cell), figures.growth(cell)],
        ...(reference ? [figures.level(area.level)] : []),
        ...[figures.orders(cell), figures.pieces(cell)],
      ];
    }),
  };
}

/** With what the area lies in; of two, all columns fit beside each other in smaller print. */
function tracksTable(data: RegionData, tools: Tools): ReportTable {
  const { words, names, figures } = tools;
  const { columns, captions } = words;
  const [own, around] = [ownOf(data), aroundOf(data)];
  const of = (column: string, area: ReleasedArea) =>
    number(filled(columns.of, { column, area: names.area(area) }));
  return {
    caption: filled(captions.tracks, { currency: data.currency }),
    ...(around.length > 1 ? { size: SMALL, inset: 2.5 } : { size: SIZE, inset: 4 }),
    columns: [
      wide(columns.track),
      ...[columns.gmv, columns.growth, columns.orders, columns.pieces].map(number),
      ...around.flatMap((area) => [of(columns.gmv, area), of(columns.growth, area)]),
    ],
    rows: TRACKS.map((track) => {
      const cell = cellOn(own, track);
      return [
        said(names.track(track)),
        ...[figures.gmv(cell), figures.growth(cell), figures.orders(cell), figures.pieces(cell)],
        ...around.flatMap((area) => [figures.gmv(cellOn(area, track)), figures.growth(cellOn(area, track))]),
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

const dayOf = (day: Day) => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, day: date };
};
