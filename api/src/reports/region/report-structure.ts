/** What GMV is made of, in a report: shares of small orders and of the largest sellers beside those of what the area lies in, of its months and of what lies in it. Of data sets without them there is nothing. */
import {
  type ReleasedArea,
  type ReleasedStructure,
  type ReportLanguage,
  type StructureMeasure,
} from '@beltline/contract';
import type { ReportCell, ReportSection, ReportTable } from '../documents/report-document.ts';
import { monthText } from '../documents/report-names.ts';
import { filled } from '../documents/report-words.ts';
import { aroundOf, ownOf, partsOf, type RegionData, structureMeasures } from './region-data.ts';
import type { Tools } from './report-sentences.ts';
import { shareCell, shareText } from './share-cell.ts';
import { structureTitles, STRUCTURE_WORDS, type StructureWords } from './structure-wording.ts';

type Told = Pick<ReleasedArea, 'structure'>;
const shareOf = ({ structure = [] }: Told, measure: StructureMeasure): ReleasedStructure | null =>
  structure.find((one) => one.measure === measure) ?? null;

/** Null of a data set that tells of none. */
export function structureSection(
  data: RegionData,
  language: ReportLanguage,
  tools: Tools,
): ReportSection | null {
  const own = ownOf(data);
  if (!own.structure) return null;
  const measures = structureMeasures(data);
  const words = STRUCTURE_WORDS[language];
  const { section, captions } = structureTitles(language, measures);
  const { columns, locale } = tools.words;
  const months = data.history.filter(({ structure }) => structure);
  const { cities, belts } = partsOf(data);
  const areas = (all: readonly ReleasedArea[], caption: string) =>
    all.length === 0
      ? []
      : [rowsTable(all, { caption, first: columns.area, called: tools.names.area, measures }, words, tools)];
  const ofMonths = {
    ...{ caption: captions.months, measures },
    first: columns.month,
    called: ({ month }: RegionData['history'][number]) => monthText(month, locale),
  };
  return {
    title: section,
    sentences: measures.flatMap((measure) => sentenceOf(data, measure, words, tools)),
    charts: [],
    tables: [
      comparedTable([own, ...aroundOf(data)], { caption: captions.compared, measures }, words, tools),
      ...(months.length < 2 ? [] : [rowsTable(months, ofMonths, words, tools)]),
      ...areas(cities, captions.cities),
      ...areas(belts, captions.belts),
    ],
    notes: [
      ...measures.map((measure) => words.defined[measure]),
      ...measures.map((measure) => words.notes[measure]),
    ],
  };
}

/** Numbers beside each other, and no word of which is more; of an area without orders nothing. */
function sentenceOf(
  data: RegionData,
  measure: StructureMeasure,
  { sentences, names, nearly }: StructureWords,
  tools: Tools,
): string[] {
  const called = { measure: names[measure] };
  const { state = 'no-data', share } = shareOf(ownOf(data), measure) ?? {};
  if (state === 'zero') return [];
  if (state === 'suppressed') return [filled(sentences.suppressed, called)];
  if (share?.value == null) return [filled(sentences.unknown, called)];
  const text = (value: number) => shareText(value, nearly, tools.figures);
  const around = aroundOf(data).flatMap((area) => {
    const { value } = shareOf(area, measure)?.share ?? { value: null };
    return value === null
      ? []
      : [filled(sentences.around, { area: tools.names.area(area), share: text(value) })];
  });
  const beside = around.length === 0 ? '' : sentences.open + around.join(sentences.join);
  return [filled(sentences.told, { ...called, share: text(share.value) }) + beside + sentences.end];
}

const wide = (name: string) => ({ name, isWide: true, isNumber: false });
const number = (name: string) => ({ name, isWide: false, isNumber: true });
const said = (text: string): ReportCell => ({ text, isQuiet: false });
const SIZE = { size: 8, inset: 5 };

/** A column an area. */
const comparedTable = (
  areas: readonly ReleasedArea[],
  { caption, measures }: Pick<Called<ReleasedArea>, 'caption' | 'measures'>,
  { measure: head, names, nearly }: StructureWords,
  tools: Tools,
): ReportTable => ({
  ...{ caption, ...SIZE },
  columns: [wide(head), ...areas.map((area) => number(tools.names.area(area)))],
  rows: measures.map((measure) => [
    said(names[measure]),
    ...areas.map((area) => shareCell(shareOf(area, measure), nearly, tools)),
  ]),
});

/** What a table is called, its first column, and each row. */
interface Called<T> {
  readonly caption: string;
  readonly first: string;
  readonly called: (one: T) => string;
  /** A row or column each. */
  readonly measures: readonly StructureMeasure[];
}

const rowsTable = <T extends Told>(
  all: readonly T[],
  { caption, first, called, measures }: Called<T>,
  { names, nearly }: StructureWords,
  tools: Tools,
): ReportTable => ({
  ...{ caption, ...SIZE },
  columns: [wide(first), ...measures.map((measure) => number(names[measure]))],
  rows: all.map((one) => [
    said(called(one)),
    ...measures.map((measure) => shareCell(shareOf(one, measure), nearly, tools)),
  ]),
});
