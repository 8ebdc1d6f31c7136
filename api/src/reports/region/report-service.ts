/** Service in a report: shares of an area beside those of what it lies in, of its months and of what lies in it. Of data sets without them there is nothing. */
import {
  type ReleasedArea,
  type ReleasedShare,
  type ReportLanguage,
  SERVICE_MEASURES,
  type ServiceMeasure,
} from '@beltline/contract';
import { BENCHMARK_DEFINITIONS } from '../../benchmark/benchmark-definitions.ts';
import { aroundOf, ownOf, partsOf, type RegionData } from './region-data.ts';
import type { ReportCell, ReportSection, ReportTable } from '../documents/report-document.ts';
import { cellOn, monthText } from '../documents/report-names.ts';
import type { Tools } from './report-sentences.ts';
import { filled } from '../documents/report-words.ts';
import { SERVICE_WORDS, type ServiceWords } from './service-wording.ts';
import { shareCell, shareText } from './share-cell.ts';

/** Of a normal distribution, what nine in ten lie within. */
const NINE_IN_TEN = 1.645;
const SIZE = 8;

/** What a measure is called, as its definition says. */
export function measureName(measure: ServiceMeasure, language: ReportLanguage): string {
  const definition = BENCHMARK_DEFINITIONS.find(({ id }) => id === measure);
  if (!definition) throw new Error(`the measure ${measure} has no definition`);
  return definition.name[language];
}

/**
 * By how much a share of so many independent orders differs by chance alone, in nine months of ten: half of Wilson's interval (1927), as a ratio. Of two published
 * figures, so that it tells no more than they do; orders of one owner go together, so it is the least that chance does.
 */
export function chanceOf(share: number, orders: number): number {
  const z = NINE_IN_TEN;
  const spread = (share * (1 - share)) / orders + z ** 2 / (4 * orders ** 2);
  return (z * Math.sqrt(spread)) / (1 + z ** 2 / orders);
}

type Told = Pick<ReleasedArea, 'service'>;
const shareOf = ({ service = [] }: Told, measure: ServiceMeasure): ReleasedShare | null =>
  service.find((one) => one.measure === measure) ?? null;

/** Null of a data set that tells of none. */
export function serviceSection(
  data: RegionData,
  language: ReportLanguage,
  tools: Tools,
): ReportSection | null {
  const own = ownOf(data);
  if (!own.service) return null;
  const words = SERVICE_WORDS[language];
  const name = (measure: ServiceMeasure) => measureName(measure, language);
  const { cities, belts } = partsOf(data);
  const { columns, locale } = tools.words;
  const ofAreas = { first: columns.area, called: tools.names.area };
  const ofMonths = {
    first: columns.month,
    called: ({ month }: RegionData['history'][number]) => monthText(month, locale),
  };
  const table = <T extends Told>(all: readonly T[], called: Called<T>) =>
    sharesTable(all, called, name, words, tools);
  const areas = (all: readonly ReleasedArea[], caption: string) =>
    all.length === 0 ? [] : [table(all, { ...ofAreas, caption })];
  const months = data.history.filter(({ service }) => service);
  return {
    title: words.section,
    sentences: SERVICE_MEASURES.flatMap((measure) => sentenceOf(data, measure, name(measure), words, tools)),
    charts: [],
    tables: [
      comparedTable(data, name, words, tools),
      ...(months.length < 2 ? [] : [table(months, { ...ofMonths, caption: words.captions.months })]),
      ...areas(cities, words.captions.cities),
      ...areas(belts, words.captions.belts),
    ],
    notes: [
      ...SERVICE_MEASURES.map((measure) =>
        filled(words.definition, { measure: name(measure), text: words.definitions[measure] }),
      ),
      ...words.notes,
    ],
  };
}

/** What there is of one measure; of an area without orders nothing. */
function sentenceOf(
  data: RegionData,
  measure: ServiceMeasure,
  name: string,
  words: ServiceWords,
  { names, figures }: Tools,
): string[] {
  const { sentences } = words;
  const own = ownOf(data);
  const { state = 'no-data', share } = shareOf(own, measure) ?? {};
  if (state === 'zero') return [];
  if (state === 'suppressed') return [filled(sentences.suppressed, { measure: name })];
  if (share?.value == null) return [filled(sentences.unknown, { measure: name })];
  const points = chancePoints(own, measure);
  const told = filled(sentences.told, {
    measure: name,
    share: shareText(share.value, words.nearly, figures),
  });
  const chance = points === null ? '' : filled(sentences.chance, { chance: figures.tenth(points) });
  const around = aroundOf(data).flatMap((area) => {
    const { value } = shareOf(area, measure)?.share ?? { value: null };
    if (value === null) return [];
    return [
      filled(sentences.around, { area: names.area(area), share: shareText(value, words.nearly, figures) }),
    ];
  });
  const beside = around.length === 0 ? '' : sentences.open + around.join(sentences.join);
  return [told + chance + beside + sentences.end];
}

const wide = (name: string) => ({ name, isWide: true, isNumber: false });
const number = (name: string) => ({ name, isWide: false, isNumber: true });
const said = (text: string): ReportCell => ({ text, isQuiet: false });

function comparedTable(
  data: RegionData,
  name: (measure: ServiceMeasure) => string,
  words: ServiceWords,
  tools: Tools,
): ReportTable {
  const [own, around] = [ownOf(data), aroundOf(data)];
  return {
    caption: words.captions.compared,
    ...{ size: SIZE, inset: 5 },
    columns: [
      wide(words.columns.measure),
      ...[tools.names.area(own), words.columns.chance, ...around.map((area) => tools.names.area(area))].map(
        number,
      ),
    ],
    rows: SERVICE_MEASURES.map((measure) => [
      said(name(measure)),
      shareCell(shareOf(own, measure), words.nearly, tools),
      chanceCell(own, measure, tools),
      ...around.map((area) => shareCell(shareOf(area, measure), words.nearly, tools)),
    ]),
  };
}

/** Shares of counts, of which it can be said what chance does; of amounts it cannot. */
const COUNTED: readonly ServiceMeasure[] = ['on-time', 'repeat-buyers'];

function chancePoints(own: ReleasedArea, measure: ServiceMeasure): number | null {
  const share = shareOf(own, measure)?.share.value ?? null;
  const orders = cellOn(own, 'all').orders.value;
  return share === null || !orders || !COUNTED.includes(measure) ? null : 100 * chanceOf(share, orders);
}

function chanceCell(own: ReleasedArea, measure: ServiceMeasure, { words, figures }: Tools): ReportCell {
  const points = chancePoints(own, measure);
  if (points === null) return { text: words.noRate, isQuiet: true };
  return { text: `±${figures.tenth(points)}`, isQuiet: false, number: { value: points, kind: 'tenth' } };
}

/** What a table of shares is called, its first column, and each row. */
interface Called<T> {
  readonly caption: string;
  readonly first: string;
  readonly called: (one: T) => string;
}

function sharesTable<T extends Told>(
  all: readonly T[],
  { caption, first, called }: Called<T>,
  name: (measure: ServiceMeasure) => string,
  words: ServiceWords,
  tools: Tools,
): ReportTable {
  return {
    caption,
    ...{ size: SIZE, inset: 5 },
    columns: [wide(first), ...SERVICE_MEASURES.map((measure) => number(name(measure)))],
    rows: all.map((one) => [
      said(called(one)),
      ...SERVICE_MEASURES.map((measure) => shareCell(shareOf(one, measure), words.nearly, tools)),
    ]),
  };
}
