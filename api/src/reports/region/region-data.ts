/** What reports are made of: the data set of a month and area, frozen as it was released, and what an edition says of itself. */
import { createHash } from 'node:crypto';
import {
  type FigureChange,
  type ReleaseAnswer,
  type ReleasedArea,
  type ReportArea,
  STRUCTURE_MEASURES,
  type StructureMeasure,
} from '@beltline/contract';
import type { Day, Month } from '../../core/calendar.ts';
import type { ReleasedMonth } from '../../releases/released-areas.service.ts';

/** What a report is made of: a release as its readers see it, narrowed to what lies in one area, and what that lies in. */
export interface RegionData extends Omit<ReleaseAnswer, 'provinces' | 'troubled'> {
  /**
   * Of which shape it is. Left out of the first; 2: with shares of service; 3: also with who carries growth; each where its month was released with them. 4: also with who carried that of earlier
   * months, with growth of the same shops, and with levels where the months that they are against are released. 5: also with the sizes of orders, and where they are told with the largest sellers; who carries growth is
   * not told in all of them. 6: also with channels and destinations, of its own month.
   */
  readonly format?: 2 | 3 | 4 | 5 | 6;
  /** What it is of: the nation, the province, the city, or the one belt. */
  readonly kind: ReportArea;
  /** Of a belt without one, null. */
  readonly province: ReleasedArea | null;
  /** Of the area, all orders: thirteen months, the last being its own. */
  readonly history: readonly ReleasedMonth[];
}

/** The area that a report is of. @throws Error where it is not in its data */
export function ownOf({ kind, nation, province, cities, belts }: RegionData): ReleasedArea {
  const own = { nation, province, city: cities[0], belt: belts[0] }[kind];
  if (!own) throw new Error(`a report has no ${kind}`);
  return own;
}

/** What it lies in, the smallest first. */
export const aroundOf = ({ kind, nation, province }: RegionData): ReleasedArea[] =>
  kind === 'nation' ? [] : [...(kind === 'province' || !province ? [] : [province]), nation];

/** What lies in it. */
export const partsOf = ({ kind, cities, belts }: RegionData): Record<'cities' | 'belts', ReleasedArea[]> => ({
  cities: kind === 'province' ? cities : [],
  belts: kind === 'province' || kind === 'city' ? belts : [],
});

/** Every area that it tells of, each once. */
export function areasOf(data: RegionData): ReleasedArea[] {
  const { cities, belts } = partsOf(data);
  return [ownOf(data), ...aroundOf(data), ...cities, ...belts];
}

/** What a release has of one area. @throws Error where that is not the area's alone */
export function regionData(
  { provinces, troubled: _, ...release }: ReleaseAnswer,
  kind: ReportArea,
  history: readonly ReleasedMonth[],
): RegionData {
  if (provinces.length > 1) throw new Error('a report is of one area, which lies in one province');
  const data: RegionData = { kind, ...release, province: provinces[0] ?? null, history };
  const { service, carriers, structure, partitions } = ownOf(data);
  if (partitions) return { format: 6, ...withoutLater(data) };
  if (structure) return { format: 5, ...withoutLater(data) };
  // A month that was released before they were told has the very data set that it had.
  const bare = { ...data, history: history.map(({ structure: _told, ...month }) => month) };
  if (carriers) return { format: 4, ...bare };
  const before = withoutLevels({
    ...bare,
    history: bare.history.map(({ carriers: _told, ...month }) => month),
  });
  return service ? { format: 2, ...before } : before;
}

/** What its month's release tells GMV to be made of: small orders, and what came to be told later. Whatever the nation is told of. */
export const structureMeasures = ({ nation }: Pick<RegionData, 'nation'>): StructureMeasure[] =>
  STRUCTURE_MEASURES.filter((of) => nation.structure?.some(({ measure }) => measure === of));

/** A month that was released before the later ones were told has the very data set that it had. */
function withoutLater(data: RegionData): RegionData {
  const told = structureMeasures(data);
  const without = <T extends Pick<ReleasedArea, 'structure'>>(one: T): T =>
    one.structure
      ? { ...one, structure: one.structure.filter(({ measure }) => told.includes(measure)) }
      : one;
  return {
    ...data,
    nation: without(data.nation),
    province: data.province && without(data.province),
    cities: data.cities.map(without),
    belts: data.belts.map(without),
    history: data.history.map(without),
  };
}

function withoutLevels({ reference: _reference, ...data }: RegionData): RegionData {
  const without = ({ level: _level, ...area }: ReleasedArea): ReleasedArea => area;
  return {
    ...data,
    nation: without(data.nation),
    province: data.province && without(data.province),
    cities: data.cities.map(without),
    belts: data.belts.map(without),
  };
}

interface Shape {
  readonly format?: number;
}

/** Whether a data set tells who carries growth, whether also of the same shops, whether of what sizes orders are, and whether of channels and destinations. */
export const hasCarriers = ({ format = 0 }: Shape): boolean => format >= 3;
export const hasSameStore = ({ format = 0 }: Shape): boolean => format >= 4;
export const hasStructure = ({ format = 0 }: Shape): boolean => format >= 5;
export const hasPartitions = ({ format = 0 }: Shape): boolean => format >= 6;

/** A data set that was frozen. The first were of provinces, without saying so, and without a history. */
export const readData = (bytes: Buffer): RegionData => ({
  ...{ kind: 'province', history: [] },
  ...(JSON.parse(bytes.toString('utf8')) as RegionData),
});

/** What a publication says of itself beside its data set. */
export interface Edition {
  /** Null while it waits to be released. */
  readonly number: string | null;
  /** On which it is published, in the business time zone. */
  readonly day: Day;
  readonly revision: Revision | null;
}
export interface Revision {
  /** The number that is superseded. */
  readonly of: string;
  readonly reason: string | null;
  readonly monthsSince: readonly Month[];
  /** Whether it was told since who sells no more; left out: not. */
  readonly leaversSince?: true;
  readonly changes: readonly FigureChange[];
}

/** The data set as it is handed out, and named by its digest. */
export function writtenData(data: RegionData): { readonly bytes: Buffer; readonly digest: string } {
  const bytes = Buffer.from(`${JSON.stringify(data, null, 1)}\n`);
  return { bytes, digest: createHash('sha256').update(bytes).digest('hex') };
}
