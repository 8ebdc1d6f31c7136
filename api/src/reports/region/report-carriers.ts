/** Who carries growth, in a report: newcomers, breadth, and the two parts of growth, beside what the area lies in. Of data sets without them there is nothing. */
import {
  CARRIER_MEASURES,
  type CarrierMeasure,
  type ReleasedArea,
  type ReleasedCarriers,
  type ReportLanguage,
} from '@beltline/contract';
import { CARRIER_WORDS, type CarrierWords, type GrowthPart } from './carrier-wording.ts';
import { aroundOf, ownOf, partsOf, type RegionData } from './region-data.ts';
import type { ReportCell, ReportSection, ReportTable } from '../documents/report-document.ts';
import { rateMissing } from './report-figures.ts';
import { cellOn } from '../documents/report-names.ts';
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
  const areas = (all: readonly ReleasedArea[], caption: string) =>
    all.length === 0 ? [] : [areasTable(all, caption, words, tools)];
  return {
    title: words.section,
    // Of an area without orders nothing is said.
    sentences:
      cellOn(own, 'all').state === 'zero'
        ? []
        : [
            ...CARRIER_MEASURES.map((measure) => shareSaid(data, measure, words, tools)),
            partsSaid(own, words, tools),
          ],
    charts: [],
    tables: [
      comparedTable([own, ...aroundOf(data)], words, tools),
      ...areas(cities, words.captions.cities),
      ...areas(belts, words.captions.belts),
    ],
    notes: words.notes,
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

const wide = (name: string) => ({ name, isWide: true, isNumber: false });
const number = (name: string) => ({ name, isWide: false, isNumber: true });
const said = (text: string): ReportCell => ({ text, isQuiet: false });
const SIZE = 8;

function partCell({ carriers }: Told, part: GrowthPart, { words, figures }: Tools): ReportCell {
  const figure = carriers?.[part];
  const value = figure?.value ?? null;
  if (figure === undefined || value === null) {
    const isWithheld = figure !== undefined && rateMissing(figure) === 'suppressed';
    return { text: isWithheld ? words.states.suppressed : words.noRate, isQuiet: true };
  }
  return { text: figures.rate(value), isQuiet: false, number: { value, kind: 'rate' } };
}

/** A column an area. */
function comparedTable(areas: readonly ReleasedArea[], words: CarrierWords, tools: Tools): ReportTable {
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
    ],
  };
}

/** A row an area. */
function areasTable(
  areas: readonly ReleasedArea[],
  caption: string,
  { names, nearly }: CarrierWords,
  tools: Tools,
): ReportTable {
  return {
    caption,
    ...{ size: SIZE, inset: 5 },
    columns: [
      wide(tools.words.columns.area),
      ...[...CARRIER_MEASURES, ...GROWTH_PARTS].map((column) => number(names[column])),
    ],
    rows: areas.map((area) => [
      said(tools.names.area(area)),
      ...CARRIER_MEASURES.map((measure) => shareCell(shareOf(area, measure), nearly, tools)),
      ...GROWTH_PARTS.map((part) => partCell(area, part, tools)),
    ]),
  };
}
