/** What tracks are made of, in a report: channels of distribution and destinations of cross-border orders, beside those of what the area lies in and of what lies in it. Of data sets without them there is nothing. */
import {
  type Bilingual,
  type CellState,
  DIVIDED_TRACK,
  type Partition,
  PARTITIONS,
  type ReleasedArea,
  type ReleasedPartition,
  type ReportLanguage,
  type Track,
} from '@beltline/contract';
import type { NumberKind, ReportCell, ReportSection, ReportTable } from '../documents/report-document.ts';
import { filled, REPORT_WORDS } from '../documents/report-words.ts';
import { PARTS_WORDS } from './parts-wording.ts';
import { areasOf, aroundOf, ownOf, partsOf, type RegionData } from './region-data.ts';
import type { Tools } from './report-sentences.ts';
import { shareCell, shareText } from './share-cell.ts';

interface PartNamed {
  readonly part: string;
  readonly name: Bilingual;
}

const partitionOf = ({ partitions = [] }: ReleasedArea, partition: Partition): ReleasedPartition | null =>
  partitions.find((one) => one.partition === partition) ?? null;

/** The same in all areas that are told them, in their order. Empty where none is. */
function namedIn(areas: readonly ReleasedArea[], partition: Partition): readonly PartNamed[] {
  const told = areas.map((area) => partitionOf(area, partition)?.parts ?? []);
  return told.reduce((most, parts) => (parts.length > most.length ? parts : most), []);
}

/** An area that is told the first parts alone has the others in what is left over. */
const shareOf = (area: ReleasedArea, partition: Partition, { part }: PartNamed) => {
  const own = partitionOf(area, partition);
  if (own === null) return null;
  const share = own.parts.find((one) => one.part === part)?.share;
  if (own.state !== 'shown') return { state: own.state, share: WITHHELD };
  return share ? { state: own.state, share } : { state: 'suppressed' as const, share: WITHHELD };
};
const WITHHELD = { value: null, flag: 'suppressed', reason: 'confidential' } as const;

/** Null of a data set that tells of none. */
export function partsSection(data: RegionData, language: ReportLanguage, tools: Tools): ReportSection | null {
  const own = ownOf(data);
  if (!own.partitions) return null;
  const words = PARTS_WORDS[language];
  return {
    title: words.section,
    sentences: PARTITIONS.flatMap((partition) => sentenceOf(own, partition, language, tools)),
    charts: [],
    tables: PARTITIONS.flatMap((partition) => tablesOf(data, partition, language, tools)),
    notes: words.notes,
  };
}

/** Numbers beside each other, and no word of which is more; of an area without orders on the track nothing. */
function sentenceOf(
  own: ReleasedArea,
  partition: Partition,
  language: ReportLanguage,
  { figures }: Tools,
): string[] {
  const { sentences, part: template, join, nearly } = PARTS_WORDS[language];
  const { state = 'no-data', parts = [] } = partitionOf(own, partition) ?? {};
  if (state === 'zero') return [];
  if (state !== 'shown') return [sentences[partition][state === 'suppressed' ? 'suppressed' : 'unknown']];
  const said = parts.map(({ name, share }) =>
    filled(template, { part: name[language], share: shareText(share.value ?? 0, nearly, figures) }),
  );
  return [filled(sentences[partition].told, { parts: said.join(join) })];
}

function tablesOf(
  data: RegionData,
  partition: Partition,
  language: ReportLanguage,
  tools: Tools,
): ReportTable[] {
  const words = PARTS_WORDS[language];
  const captions = words.captions[partition];
  const { cities, belts } = partsOf(data);
  const beside = [ownOf(data), ...aroundOf(data)];
  const named = namedIn(areasOf(data), partition);
  if (named.length === 0) return [];
  const inside = (areas: readonly ReleasedArea[], caption: string) =>
    namedIn(areas, partition).length === 0
      ? []
      : [insideTable(areas, { partition, named, caption }, language, tools)];
  return [
    {
      ...{ caption: captions.compared, ...SIZE },
      columns: [wide(words.heads[partition]), ...beside.map((area) => number(tools.names.area(area)))],
      rows: named.map((one) => [
        said(one.name[language]),
        ...beside.map((area) => shareCell(shareOf(area, partition, one), words.nearly, tools)),
      ]),
    },
    ...inside(cities, captions.cities),
    ...inside(belts, captions.belts),
  ];
}

interface Inside {
  readonly partition: Partition;
  readonly named: readonly PartNamed[];
  readonly caption: string;
}

/** A row an area. */
const insideTable = (
  areas: readonly ReleasedArea[],
  { partition, named, caption }: Inside,
  language: ReportLanguage,
  tools: Tools,
): ReportTable => ({
  ...{ caption, ...SIZE },
  columns: [wide(tools.words.columns.area), ...named.map(({ name }) => number(name[language]))],
  rows: areas.map((area) => [
    said(tools.names.area(area)),
    ...named.map((one) => shareCell(shareOf(area, partition, one), PARTS_WORDS[language].nearly, tools)),
  ]),
});

const wide = (name: string) => ({ name, isWide: true, isNumber: false });
const number = (name: string) => ({ name, isWide: false, isNumber: true });
const said = (text: string): ReportCell => ({ text, isQuiet: false });
const SIZE = { size: 8, inset: 5 };

interface ListColumn {
  readonly name: string;
  readonly kind?: NumberKind;
}

/** Columns of a list of figures, of which the rows of the track that is divided have numbers. */
export interface PartsList {
  readonly columns: readonly ListColumn[];
  /** `area` null: of an earlier month, which tells none. */
  cells(area: ReleasedArea | null, track: Track): readonly (string | number | null)[];
}

export function partsList(data: RegionData, language: ReportLanguage): PartsList {
  const { list, states } = REPORT_WORDS[language];
  const { column, state } = PARTS_WORDS[language];
  const areas = areasOf(data);
  const stateText = (of: CellState) => (of === 'shown' ? list.shown : states[of]);
  const all = PARTITIONS.map((partition) => ({ partition, named: namedIn(areas, partition) }));
  return {
    columns: all.flatMap(({ partition, named }): ListColumn[] => [
      { name: state[partition] },
      ...named.map(({ name }): ListColumn => ({
        name: filled(column[partition], { part: name[language] }),
        kind: 'share',
      })),
    ]),
    cells: (area, track) =>
      all.flatMap(({ partition, named }) => {
        const own = area && DIVIDED_TRACK[partition] === track ? partitionOf(area, partition) : null;
        return [
          own ? stateText(own.state) : null,
          ...named.map(({ part }) => own?.parts.find((one) => one.part === part)?.share.value ?? null),
        ];
      }),
  };
}
