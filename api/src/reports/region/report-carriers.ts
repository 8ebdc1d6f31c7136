/** Who carries growth, in a report: newcomers, breadth, and the two parts of growth, beside what the area lies in. Of data sets without them there is nothing. */
import {
  type BriefFigure,
  CARRIER_MEASURES,
  type CarrierMeasure,
  type ReleasedArea,
  type ReleasedCarriers,
  type ReportLanguage,
} from '@beltline/contract';
import { CARRIER_WORDS, type CarrierWords, type GrowthPart } from './carrier-wording.ts';
import { aroundOf, hasSameStore, ownOf, partsOf, type RegionData } from './region-data.ts';
import type { ReportCell, ReportSection, ReportTable } from '../documents/report-document.ts';
import { rateMissing } from './report-figures.ts';
import { cellOn, monthText } from '../documents/report-names.ts';
import type { Tools } from './report-sentences.ts';
import { filled } from '../documents/report-words.ts';
import { shareCell, shareText } from './share-cell.ts';

export const GROWTH_PARTS: readonly GrowthPart[] = ['fromNewcomers', 'fromOthers'];

/** Null of a data set that tells of none. */
export function carriersSection(
  data: RegionData,
  language: ReportLanguage,
  tools: Tools,
): ReportSection | null {
  const own = ownOf(data);
  if (!own.carriers) return null;
  const words = CARRIER_WORDS[language];
  const { cities, belts } = partsOf(data);
  const isOfSameStore = hasSameStore(data);
  const areas = (all: readonly ReleasedArea[], caption: string) =>
    all.length === 0 ? [] : [areasTable(all, { caption, isOfSameStore }, words, tools)];
  return {
    title: words.section,
    // Of an area without orders nothing is said.
    sentences:
      cellOn(own, 'all').state === 'zero'
        ? []
        : [
            ...CARRIER_MEASURES.map((measure) => shareSaid(data, measure, words, tools)),
            partsSaid(own, words, tools),
            ...(isOfSameStore ? [sameStoreSaid(own, words, tools)] : []),
          ],
    charts: [],
    tables: [
      comparedTable([own, ...aroundOf(data)], isOfSameStore, words, tools),
      ...monthsTable(data, words, tools),
      ...areas(cities, words.captions.cities),
      ...areas(belts, words.captions.belts),
    ],
    notes: isOfSameStore
      ? [...words.notes.slice(0, -1), ...words.sameStoreNotes, ...words.notes.slice(-1)]
      : words.notes,
  };
}

type Told = Pick<ReleasedArea, 'carriers'>;
const shareOf = ({ carriers }: Told, measure: CarrierMeasure): ReleasedCarriers['shares'][number] | null =>
  carriers?.shares.find((one) => one.measure === measure) ?? null;

function shareSaid(
  data: RegionData,
  measure: CarrierMeasure,
  { sentences, names, nearly }: CarrierWords,
  tools: Tools,
): string {
  const called = { measure: names[measure] };
  const { state = 'no-data', share } = shareOf(ownOf(data), measure) ?? {};
  if (state === 'suppressed') return filled(sentences.suppressed, called);
  if (share?.value == null) return filled(sentences.unknown, called);
  const text = (value: number) => shareText(value, nearly, tools.figures);
  const around = aroundOf(data).flatMap((area) => {
    const { value } = shareOf(area, measure)?.share ?? { value: null };
    if (value === null) return [];
    return [filled(sentences.around, { area: tools.names.area(area), share: text(value) })];
  });
  const beside = around.length === 0 ? '' : sentences.open + around.join(sentences.join);
  return filled(sentences.told, { ...called, share: text(share.value) }) + beside + sentences.end;
}

/** Signed numbers, and no word of who carries more: none has an interval. */
function partsSaid({ carriers, cells }: ReleasedArea, { sentences }: CarrierWords, tools: Tools): string {
  const growth = cells.find(({ track }) => track === 'all')?.growth.value ?? null;
  const [newcomers = null, others = null] = GROWTH_PARTS.map((part) => carriers?.[part].value ?? null);
  if (carriers?.fromNewcomers.flag === 'suppressed') return sentences.partsSuppressed;
  if (growth === null || newcomers === null || others === null) return sentences.partsUnknown;
  const { rate } = tools.figures;
  return filled(sentences.parts, { rate: rate(growth), newcomers: rate(newcomers), others: rate(others) });
}

/** Two numbers beside each other, and no word of which is more. */
function sameStoreSaid(
  { carriers, cells }: ReleasedArea,
  { sentences, nearly }: CarrierWords,
  tools: Tools,
): string {
  const { leavers, growth } = carriers?.sameStore ?? {};
  const rate = cells.find(({ track }) => track === 'all')?.growth.value ?? null;
  if (growth?.flag === 'suppressed') return sentences.sameStoreSuppressed;
  if (growth?.value == null || rate === null) return sentences.sameStoreUnknown;
  const told = { same: tools.figures.rate(growth.value), rate: tools.figures.rate(rate) };
  const left = leavers?.share.value ?? null;
  const share =
    left === null ? '' : filled(sentences.leavers, { share: shareText(left, nearly, tools.figures) });
  return filled(sentences.sameStore, told) + share + sentences.end;
}

const wide = (name: string) => ({ name, isWide: true, isNumber: false });
const number = (name: string) => ({ name, isWide: false, isNumber: true });
const said = (text: string): ReportCell => ({ text, isQuiet: false });
const SIZE = 8;
/** Seven columns beside each other. */
const SMALL = 7;

const partCell = ({ carriers }: Told, part: GrowthPart, tools: Tools): ReportCell =>
  rateCell(carriers?.[part], tools);

function rateCell(figure: BriefFigure | undefined, { words, figures }: Tools): ReportCell {
  const value = figure?.value ?? null;
  if (figure === undefined || value === null) {
    const isWithheld = figure !== undefined && rateMissing(figure) === 'suppressed';
    return { text: isWithheld ? words.states.suppressed : words.noRate, isQuiet: true };
  }
  return { text: figures.rate(value), isQuiet: false, number: { value, kind: 'rate' } };
}

/** A column an area. */
function comparedTable(
  areas: readonly ReleasedArea[],
  isOfSameStore: boolean,
  words: CarrierWords,
  tools: Tools,
): ReportTable {
  const { names } = words;
  return {
    caption: words.captions.compared,
    ...{ size: SIZE, inset: 5 },
    columns: [wide(words.measure), ...areas.map((area) => number(tools.names.area(area)))],
    rows: [
      ...CARRIER_MEASURES.map((measure) => [
        said(names[measure]),
        ...areas.map((area) => shareCell(shareOf(area, measure), words.nearly, tools)),
      ]),
      [said(tools.words.columns.growth), ...areas.map((area) => tools.figures.growth(cellOn(area, 'all')))],
      ...GROWTH_PARTS.map((part) => [said(names[part]), ...areas.map((area) => partCell(area, part, tools))]),
      ...(isOfSameStore
        ? [
            [said(names['same-store']), ...areas.map((area) => sameStoreCell(area, tools))],
            [said(names.leavers), ...areas.map((area) => leaversCell(area, words, tools))],
          ]
        : []),
    ],
  };
}

const sameStoreCell = ({ carriers }: Told, tools: Tools): ReportCell =>
  rateCell(carriers?.sameStore?.growth, tools);
const leaversCell = ({ carriers }: Told, { nearly }: CarrierWords, tools: Tools): ReportCell =>
  shareCell(carriers?.sameStore?.leavers ?? null, nearly, tools);

/** A row a month of which anything is kept; none where that is this one alone. */
function monthsTable(data: RegionData, words: CarrierWords, tools: Tools): ReportTable[] {
  const months = data.history.filter(({ carriers }) => carriers);
  if (months.length < 2) return [];
  const { columns, locale } = tools.words;
  return [
    {
      caption: words.captions.months,
      ...{ size: SIZE, inset: 5 },
      columns: [wide(columns.month), ...CARRIER_MEASURES.map((measure) => number(words.names[measure]))],
      rows: months.map(({ month, carriers = [] }) => [
        said(monthText(month, locale)),
        ...CARRIER_MEASURES.map((measure) =>
          shareCell(carriers.find((one) => one.measure === measure) ?? null, words.nearly, tools),
        ),
      ]),
    },
  ];
}

/** A row an area. */
function areasTable(
  areas: readonly ReleasedArea[],
  { caption, isOfSameStore }: { readonly caption: string; readonly isOfSameStore: boolean },
  words: CarrierWords,
  tools: Tools,
): ReportTable {
  const { names, heads, nearly } = words;
  const ofSameStore = isOfSameStore ? (['same-store', 'leavers'] as const) : [];
  return {
    caption,
    ...(isOfSameStore ? { size: SMALL, inset: 3 } : { size: SIZE, inset: 5 }),
    columns: [
      wide(tools.words.columns.area),
      ...[...CARRIER_MEASURES, ...GROWTH_PARTS, ...ofSameStore].map((column) =>
        number((isOfSameStore ? heads : names)[column]),
      ),
    ],
    rows: areas.map((area) => [
      said(tools.names.area(area)),
      ...CARRIER_MEASURES.map((measure) => shareCell(shareOf(area, measure), nearly, tools)),
      ...GROWTH_PARTS.map((part) => partCell(area, part, tools)),
      ...(isOfSameStore ? [sameStoreCell(area, tools), leaversCell(area, words, tools)] : []),
    ]),
  };
}
