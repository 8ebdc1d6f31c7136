/** What a released figure says, the same on the page and in the file. */
import type {
  Bilingual,
  BriefFigure,
  CarrierMeasure,
  CellState,
  Partition,
  ReleasedArea,
  ReleasedCell,
  ServiceMeasure,
  StructureMeasure,
  Track,
} from '@beltline/contract';
import { growthWords } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Names } from '../../i18n/names.ts';
import type { Translate } from '../../i18n/translate.ts';
import { TRACKS } from '../../shell/vocabulary.ts';

/** The tracks that have columns of their own; the first is all orders. */
export const PARTS = TRACKS.filter((track) => track !== 'all');

export const cellOf = ({ cells }: ReleasedArea, track: Track): ReleasedCell | undefined =>
  cells.find((cell) => cell.track === track);

export const areaName = ({ area }: ReleasedArea, names: Names, t: Translate): string =>
  area.level === 'nation' ? t('region.nation') : names.area(area);

/** Why a figure has no number: told apart from one that is zero. */
export const stateOf = ({ value, flag }: BriefFigure, state: CellState): CellState =>
  value !== null ? state : flag === 'suppressed' ? 'suppressed' : 'no-data';

/** A rate as text, or why there is none. */
export function growthText(growth: BriefFigure, numbers: NumberFormat, t: Translate): string {
  if (growth.flag === 'suppressed') return t('region.states.suppressed');
  return growthWords(growth, numbers, t).text;
}

/** GMV of which 100 is that of the reference year, or why there is none. */
export function levelText(level: BriefFigure, numbers: NumberFormat, t: Translate): string {
  if (level.flag === 'suppressed') return t('region.states.suppressed');
  if (level.flag === 'base-too-small') return t('region.smallBase');
  return level.value === null ? t('region.states.no-data') : numbers.index(level.value);
}
export const hasLevels = (areas: readonly ReleasedArea[]): boolean =>
  areas.some(({ level }) => level !== undefined);

type ShareMeasure = ServiceMeasure | CarrierMeasure | StructureMeasure | 'leavers';
/** Kinds of shares, in the order of their tables. */
export const SHARE_KINDS = ['carriers', 'structure', 'service'] as const;
export type ShareKind = (typeof SHARE_KINDS)[number];
export type GrowthPart = 'fromNewcomers' | 'fromOthers' | 'sameStore';
const MEASURES = {
  service: ['refund-rate', 'on-time', 'repeat-buyers'],
  carriers: ['newcomers', 'breadth'],
  structure: ['small-orders', 'largest-sellers'],
} as const satisfies Record<ShareKind, readonly ShareMeasure[]>;
const hasSameStore = (of: ShareKind, areas: readonly ReleasedArea[]): boolean =>
  of === 'carriers' && areas.some(({ carriers }) => carriers?.sameStore !== undefined);

/** Of an area without orders each is there, also where the month was released before it was told. */
const isToldOfAny = (of: StructureMeasure, areas: readonly ReleasedArea[]): boolean =>
  areas.some(({ structure }) => structure?.some(({ measure, state }) => measure === of && state !== 'zero'));

/** What is told of a kind, in the order of its columns. Of the same shops, and of the largest sellers, only where it is told of any. */
export const sharesTold = (of: ShareKind, areas: readonly ReleasedArea[]): readonly ShareMeasure[] => [
  ...MEASURES[of].filter((measure) => measure !== 'largest-sellers' || isToldOfAny(measure, areas)),
  ...(hasSameStore(of, areas) ? (['leavers'] as const) : []),
];

/** The parts that growth is told in, and that of the same shops. */
export const growthParts = (of: ShareKind, areas: readonly ReleasedArea[]): readonly GrowthPart[] =>
  of !== 'carriers'
    ? []
    : ['fromNewcomers', 'fromOthers', ...(hasSameStore(of, areas) ? (['sameStore'] as const) : [])];

/** Null where nothing is kept of it. */
export const growthOf = ({ carriers }: ReleasedArea, part: GrowthPart): BriefFigure | null =>
  (part === 'sameStore' ? carriers?.sameStore?.growth : carriers?.[part]) ?? null;

type ToldShare = { readonly state: CellState; readonly share: BriefFigure };
const NOT_KNOWN: ToldShare = {
  state: 'no-data',
  share: { value: null, flag: 'not-available', reason: 'no-data' },
};

/** In the order of their tables. */
export const PARTITIONS = ['channels', 'countries'] as const satisfies readonly Partition[];

/** A part of a track, by the name of its part and as it is called. */
export interface PartNamed {
  readonly part: string;
  readonly name: Bilingual;
}

/** The same in all areas that are told them, in their order; none where no area is. */
export const partsTold = (of: Partition, areas: readonly ReleasedArea[]): readonly PartNamed[] =>
  areas
    .map(({ partitions = [] }) => partitions.find(({ partition }) => partition === of)?.parts ?? [])
    .reduce((most, parts) => (parts.length > most.length ? parts : most), []);

/** The share of a part, or why there is none. An area that is told the first parts alone has the others in what is left over. */
export function partOf({ partitions = [] }: ReleasedArea, of: Partition, part: string): ToldShare {
  const own = partitions.find(({ partition }) => partition === of);
  const share = own?.parts.find((one) => one.part === part)?.share;
  if (own && share) return { state: own.state, share };
  const state = own?.state === 'shown' ? 'suppressed' : (own?.state ?? NOT_KNOWN.state);
  return { ...NOT_KNOWN, state };
}

/** A share of an area; of a belt that came after the release nothing is known. */
export const shareOf = (
  { service = [], carriers, structure = [] }: ReleasedArea,
  measure: ShareMeasure,
): ToldShare =>
  (measure === 'leavers'
    ? carriers?.sameStore?.leavers
    : [...service, ...(carriers?.shares ?? []), ...structure].find((one) => one.measure === measure)) ??
  NOT_KNOWN;

/** What is told is never nothing and never everything: less than the half of what is told is less than it. */
export const shareText = (value: number, numbers: NumberFormat): string =>
  value === 0 ? '<0.05%' : value === 1 ? '>99.95%' : numbers.percent(value);

type Cell = string | number;
const figureCell = (figure: BriefFigure, state: CellState, t: Translate): Cell =>
  figure.value ?? t(`region.states.${stateOf(figure, state)}`);
/** A rate as a number, as spreadsheets take it; a small base is no finding there either. */
const rateCell = (growth: BriefFigure, numbers: NumberFormat, t: Translate): Cell =>
  growth.value === null || growth.flag === 'base-too-small' ? growthText(growth, numbers, t) : growth.value;

const levelCell = ({ level }: ReleasedArea, numbers: NumberFormat, t: Translate): Cell => {
  if (!level) return '';
  return level.value === null || level.flag === 'base-too-small' ? levelText(level, numbers, t) : level.value;
};

/** How a file says it. `all`: whose parts have columns; left out: those of the rows. */
interface Saying {
  readonly names: Names;
  readonly numbers: NumberFormat;
  readonly t: Translate;
  readonly name: (of: Bilingual) => string;
  readonly all?: readonly ReleasedArea[];
}

/** The tables of the page as rows of a file, with the same columns in the same order. */
export function rowsOf(
  areas: readonly ReleasedArea[],
  { names, numbers, t, name, all = areas }: Saying,
): Cell[][] {
  // A month that was released before they were told has no columns of them.
  const ofShares = (['service', 'carriers', 'structure'] as const).filter((of) =>
    areas.some((one) => one[of] !== undefined),
  );
  const isLeveled = hasLevels(areas);
  const parts = PARTITIONS.flatMap((of) => partsTold(of, all).map((one) => ({ ...one, of })));
  const head = [
    t('region.area'),
    ...[t('region.total'), t('region.growth'), ...(isLeveled ? [t('region.level')] : [])],
    ...[t('region.orders'), t('region.pieces')],
    ...PARTS.flatMap((track) => {
      const name = t(`track.${track}`);
      return [name, t('region.trackGrowth', { track: name })];
    }),
    ...ofShares.flatMap((of) =>
      [...sharesTold(of, areas), ...growthParts(of, areas)].map((one) => t(`region.shares.${one}`)),
    ),
    ...parts.map((one) => t(`region.partOf.${one.of}`, { part: name(one.name) })),
  ];
  const rows = areas.map((one) => {
    const all = cellOf(one, 'all');
    if (!all) return [areaName(one, names, t)];
    return [
      areaName(one, names, t),
      figureCell(all.gmv, all.state, t),
      rateCell(all.growth, numbers, t),
      ...(isLeveled ? [levelCell(one, numbers, t)] : []),
      figureCell(all.orders, all.state, t),
      figureCell(all.pieces, all.state, t),
      ...PARTS.flatMap((track) => {
        const cell = cellOf(one, track);
        return cell ? [figureCell(cell.gmv, cell.state, t), rateCell(cell.growth, numbers, t)] : ['', ''];
      }),
      ...ofShares.flatMap((of) => [
        ...sharesTold(of, areas).map((measure) => {
          const { state, share } = shareOf(one, measure);
          return figureCell(share, state, t);
        }),
        ...growthParts(of, areas).map((part) => {
          const growth = growthOf(one, part);
          return growth ? rateCell(growth, numbers, t) : '';
        }),
      ]),
      ...parts.map(({ of, part }) => {
        const { state, share } = partOf(one, of, part);
        return figureCell(share, state, t);
      }),
    ];
  });
  return [head, ...rows];
}
