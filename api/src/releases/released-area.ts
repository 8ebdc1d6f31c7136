/** What is kept of an area, as it is answered: each cell in one of four states, with the rate where both of its months are shown. */
import {
  type BriefFigure,
  CARRIER_MEASURES,
  type CarrierMeasure,
  type CellState,
  DIVIDED_TRACK,
  PARTITIONS,
  RELEASED_MEASURES,
  type ReleasedArea,
  type ReleasedCarriers,
  type ReleasedCell,
  type ReleasedMeasure,
  type ReleasedPartition,
  type ReleasedSameStore,
  SERVICE_MEASURES,
  type ServiceMeasure,
  STRUCTURE_MEASURES,
  type StructureMeasure,
  type Track,
  TRACKS,
} from '@beltline/contract';
import { known, unknown } from '../core/brief-figure.ts';
import { judge } from '../core/ratio.ts';
import type { GatedCell, GatedShare, ShareMeasure } from './gated-month.ts';
import type { GatedPartition } from './gated-partitions.ts';
import type { LeaversOf } from './leavers-store.service.ts';
import { partName } from './part-names.ts';
import type { AreaAbout } from './release-store.service.ts';
import { sameStoreGrowth, type SoldNow } from './same-store.ts';

/** `cells` null: it is in no release. */
export interface KeptArea {
  readonly level: 'belt' | 'city' | 'province' | 'category' | 'nation';
  readonly area: string;
  readonly about: AreaAbout | null;
  readonly cells: readonly GatedCell[] | null;
  /** Null: nothing is kept of it. */
  readonly service?: readonly GatedShare<ServiceMeasure>[] | null;
  readonly carriers?: readonly GatedShare<CarrierMeasure>[] | null;
  readonly structure?: readonly GatedShare<StructureMeasure>[] | null;
  readonly partitions?: readonly GatedPartition[] | null;
}

interface Kept {
  readonly state: CellState;
  readonly values: readonly number[] | null;
}

const NOTHING: readonly number[] = RELEASED_MEASURES.map(() => 0);
const HUNDRED = 100;
const SUPPRESSED: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };

/** The months that a rate is of, January and February both, and the same a year before; null where one is not released. */
export interface Rated {
  readonly now: readonly (KeptArea | null)[];
  readonly base: readonly (KeptArea | null)[];
  /** The same months of the year that levels are against; left out where there is no level. */
  readonly reference?: readonly (KeptArea | null)[] | undefined;
}

/** `leavers`: what is kept beside the months' releases of who sells no more; null: nothing. */
export function releasedArea(
  one: KeptArea,
  { now, base, reference }: Rated,
  minBase: number,
  leavers: LeaversOf | null = null,
): ReleasedArea {
  const { level, area, about } = one;
  // A belt that went to another area would be taken for growth of this one; and what it was there, others were told.
  const comparable = (other: KeptArea | null) => (other && isSamePlace(about, other.about) ? other : null);
  const rated = { now: now.map(comparable), base: base.map(comparable) };
  const cells = TRACKS.map((track) => cellOf(track, one, rated, minBase));
  const growth = cells[0]?.growth ?? unknown('no-data');
  return {
    area: { level, id: area, name: about?.name ?? { zh: area, en: area }, belts: about?.belts ?? 0 },
    goods: about?.goods ?? null,
    cells,
    ...(reference ? { level: levelOf(one, rated.now, reference.map(comparable), minBase) } : {}),
    ...(one.service ? { service: sharesOf(one, SERVICE_MEASURES, one.service) } : {}),
    ...(one.carriers ? { carriers: carriersOf(one, one.carriers, rated, { growth, leavers }) } : {}),
    ...(one.structure ? { structure: sharesOf(one, structureIn(one, one.structure), one.structure) } : {}),
    ...(one.partitions ? { partitions: partitionsOf(one, one.partitions) } : {}),
  };
}

/** What the release tells of; of an area without orders, of which nothing is kept, all. */
const structureIn = (one: KeptArea, kept: readonly GatedShare<StructureMeasure>[]): StructureMeasure[] =>
  STRUCTURE_MEASURES.filter(
    (of) =>
      of === 'small-orders' ||
      keptOf(one, 'all').state === 'zero' ||
      kept.some(({ measure }) => measure === of),
  );

/** Of whatever has no orders there is no share, and what is withheld in all is withheld in each. */
function sharesOf<M extends ShareMeasure>(
  one: KeptArea,
  measures: readonly M[],
  kept: readonly GatedShare<M>[],
): { measure: M; state: CellState; share: BriefFigure }[] {
  const { state } = keptOf(one, 'all');
  const told = new Map(kept.map(({ measure, share }) => [measure, share]));
  return measures.map((measure) => {
    const share = told.get(measure);
    if (state === 'suppressed' || share === null) return { measure, state: 'suppressed', share: SUPPRESSED };
    if (share === undefined)
      return { measure, state: state === 'zero' ? 'zero' : 'no-data', share: unknown('no-data') };
    return { measure, state: 'shown', share: known(share, 'no-data') };
  });
}

/** Of whatever has no orders on a track there are no parts, and where the track is withheld, they are. */
const partitionsOf = (one: KeptArea, kept: readonly GatedPartition[]): ReleasedPartition[] =>
  PARTITIONS.map((partition) => {
    const { state } = keptOf(one, DIVIDED_TRACK[partition]);
    const parts = kept.find((other) => other.partition === partition)?.parts;
    if (state === 'suppressed' || (state === 'shown' && parts === null))
      return { partition, state: 'suppressed', parts: [] };
    if (state !== 'shown' || !parts)
      return { partition, state: state === 'zero' ? 'zero' : 'no-data', parts: [] };
    return {
      ...{ partition, state },
      parts: parts.map(([part, share]) => ({
        ...{ part, name: partName(partition, part) },
        share: known(share, 'no-data'),
      })),
    };
  });

interface OfGrowth {
  readonly growth: BriefFigure;
  readonly leavers: LeaversOf | null;
}

/** Growth in two parts, from published figures alone: of a share that is rounded, so that it tells no more than that does. */
function carriersOf(
  one: KeptArea,
  kept: NonNullable<KeptArea['carriers']>,
  rated: Rated,
  { growth, leavers }: OfGrowth,
): ReleasedCarriers {
  const shares = sharesOf(one, CARRIER_MEASURES, kept);
  const isWithheld =
    growth.flag === 'suppressed' || rated.now.some((area) => area?.carriers?.some(isWithheldNewcomers));
  const before = sumOf(rated.base.map(allOf), 'gmv');
  const now = soldNow(rated.now);
  const isKnown = growth.value !== null && growth.flag === 'final' && now !== null && before;
  const told = { growth, now: isKnown ? now : null, before: before ?? 0, isWithheld };
  return {
    shares,
    ...partsOf(told),
    ...(leavers ? { sameStore: sameStoreOf(one, rated.base, leavers, told) } : {}),
  };
}

interface ToldOfGrowth {
  readonly growth: BriefFigure;
  /** Null where it is not known. */
  readonly now: readonly SoldNow[] | null;
  readonly before: number;
  readonly isWithheld: boolean;
}

function partsOf({
  growth,
  now,
  before,
  isWithheld,
}: ToldOfGrowth): Pick<ReleasedCarriers, 'fromNewcomers' | 'fromOthers'> {
  const both = (figure: BriefFigure) => ({ fromNewcomers: figure, fromOthers: figure });
  if (isWithheld) return both(SUPPRESSED);
  if (now === null || growth.value === null) return both(unknown('no-data'));
  const part = now.reduce((sum, { value, newcomers }) => sum + newcomers * value, 0) / before;
  return { fromNewcomers: known(part, 'no-data'), fromOthers: known(growth.value - part, 'no-data') };
}

/** By month; null where newcomers of one are not known. What sold nothing has none. */
function soldNow(areas: Rated['now']): SoldNow[] | null {
  const sold = areas.map((area): SoldNow | null => {
    const newcomers = area?.carriers?.find(({ measure }) => measure === 'newcomers')?.share;
    const value = sumOf([allOf(area)], 'gmv');
    if (value === 0) return { value, newcomers: 0 };
    return newcomers == null || value === null ? null : { value, newcomers };
  });
  return sold.every((one) => one !== null) ? sold : null;
}

function sameStoreOf(
  { level, area }: KeptArea,
  base: Rated['base'],
  leavers: LeaversOf,
  { now, before, isWithheld }: ToldOfGrowth,
): ReleasedSameStore {
  const share = leavers.get(`${level}:${area}`);
  const states = base.map((one) => allOf(one)?.state ?? 'no-data');
  // An area that was another one then has no base.
  const none =
    states.find((state) => state === 'no-data') ??
    (states.every((state) => state === 'zero') ? 'zero' : null);
  if (none !== null)
    return { leavers: { state: none, share: unknown('no-data') }, growth: unknown('no-data') };
  if (share == null || states.includes('suppressed'))
    return { leavers: { state: 'suppressed', share: SUPPRESSED }, growth: SUPPRESSED };
  const told = { state: 'shown' as const, share: known(share, 'no-data') };
  if (isWithheld) return { leavers: told, growth: SUPPRESSED };
  return { leavers: told, growth: now === null ? unknown('no-data') : sameStoreGrowth(now, before, share) };
}

const isWithheldNewcomers = ({ measure, share }: GatedShare): boolean =>
  measure === 'newcomers' && share === null;
const allOf = (area: KeptArea | null): Kept | null => area && keptOf(area, 'all');

const isSamePlace = (one: AreaAbout | null, other: AreaAbout | null): boolean =>
  one?.belts === other?.belts &&
  one?.beltIds?.join() === other?.beltIds?.join() &&
  (['adcode', 'province', 'city'] as const).every((where) => one?.[where] === other?.[where]);

function cellOf(track: Track, one: KeptArea, rated: Rated, minBase: number): ReleasedCell {
  const kept = keptOf(one, track);
  const figure = (measure: ReleasedMeasure): BriefFigure => {
    if (kept.state === 'suppressed') return SUPPRESSED;
    return known(valueOf(kept, measure), 'no-data');
  };
  const all = (areas: Rated['now']) => areas.map((area) => area && keptOf(area, track));
  return {
    track,
    state: kept.state,
    ...{ gmv: figure('gmv'), pieces: figure('pieces'), orders: figure('orders') },
    growth: rateOf(kept, all(rated.now), all(rated.base), minBase),
  };
}

/** A rate tells its base with its value, so it needs all of its months. */
function rateOf(
  { state }: Kept,
  now: readonly (Kept | null)[],
  base: readonly (Kept | null)[],
  minBase: number,
): BriefFigure {
  if (state === 'no-data') return unknown('no-data');
  if (state === 'suppressed' || [...now, ...base].some((kept) => kept?.state === 'suppressed'))
    return SUPPRESSED;
  return judge({
    value: sumOf(now, 'gmv'),
    base: sumOf(base, 'gmv'),
    baseOrders: sumOf(base, 'orders'),
    minBase,
    provisional: false,
    unknownBecause: 'other-month-incomplete',
  });
}

/** All orders, 100 being those of the reference months. As a rate it tells its base. */
function levelOf(one: KeptArea, now: Rated['now'], reference: Rated['now'], minBase: number): BriefFigure {
  const rate = rateOf(keptOf(one, 'all'), now.map(allOf), reference.map(allOf), minBase);
  return rate.value === null ? rate : { ...rate, value: HUNDRED * (1 + rate.value) };
}

/** In the unit that is kept, where sums are exact; null where one is not known. */
function sumOf(all: readonly (Kept | null)[], measure: ReleasedMeasure): number | null {
  const at = RELEASED_MEASURES.indexOf(measure);
  if (all.length === 0) return null;
  return all.reduce<number | null>((sum, kept) => {
    const value = kept?.values?.[at];
    return sum === null || value === undefined ? null : sum + value;
  }, 0);
}

function keptOf({ cells }: KeptArea, track: Track): Kept {
  if (cells === null) return { state: 'no-data', values: null };
  const cell = cells.find((one) => one.track === track);
  if (!cell) return { state: 'zero', values: NOTHING };
  return { state: cell.values === null ? 'suppressed' : 'shown', values: cell.values };
}

/** Money is kept in hundredths. */
function valueOf({ values }: Kept, measure: ReleasedMeasure): number | null {
  if (values === null) return null;
  const value = values[RELEASED_MEASURES.indexOf(measure)] ?? 0;
  return measure === 'gmv' ? value / 100 : value;
}
