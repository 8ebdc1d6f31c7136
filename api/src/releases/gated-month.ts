/**
 * A month through the gate and past the auditor, from who held what to what is let out. Pure, and minutes of arithmetic at worst: it runs in a
 * thread of its own (`gate-worker.ts`).
 */
import {
  CARRIER_MEASURES,
  type CarrierMeasure,
  type Partition,
  SERVICE_MEASURES,
  type ServiceMeasure,
  STRUCTURE_MEASURES,
  type StructureMeasure,
  type Track,
  TRACK,
  TRACKS,
} from '@beltline/contract';
import type { Highs } from 'highs';
import { type Audit, audit } from '../disclosure-audit/audit.ts';
import { rowName } from '../disclosure-audit/unknowns.ts';
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { areaOf, type Level, LinkedTable } from '../disclosure/linked-table.ts';
import { lossOf, type PublishedCell, publish } from '../disclosure/publish.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { nameOf, suppress, type SuppressOptions } from '../disclosure/suppress.ts';
import { decided, type GatedShares, gateShares, type ShareReport } from './gated-share.ts';
import { gateSellers, othersAsPart } from './gated-sellers.ts';
import type { PartsNamed } from './gated-parts.ts';
import {
  type GatedPartition,
  type GatedPartitions,
  dividedBy,
  gatePartitions,
  type PartitionsReport,
} from './gated-partitions.ts';
import { gateSizes } from './gated-sizes.ts';

/** What is told as a part of a whole. */
export type ShareMeasure = ServiceMeasure | CarrierMeasure | StructureMeasure;
export const SHARE_MEASURES: readonly ShareMeasure[] = [
  ...SERVICE_MEASURES,
  ...CARRIER_MEASURES,
  ...STRUCTURE_MEASURES,
];

/** Those that are parts of GMV: of which no less than the part was sold. */
const OF_VALUE = ['refund-rate', 'newcomers', 'small-orders', 'largest-sellers'] as const;

export interface MonthToGate {
  readonly belts: readonly Belt[];
  readonly rules: DisclosureRules;
  readonly measures: number;
  /** Names of cells that the neighbouring month withheld: withheld again rather than others. */
  readonly before: readonly string[];
  /** The same of shares. */
  readonly sharesBefore?: Partial<Readonly<Record<ShareMeasure, readonly string[]>>>;
  /** Into what its tracks are divided; left out: nothing is told of it. */
  readonly partitions?: Readonly<Record<Partition, PartsNamed>>;
  /** Names of cells of which the neighbouring month told no parts. */
  readonly partsBefore?: Partial<Readonly<Record<Partition, readonly string[]>>>;
  /** For the attacks of specs alone: a gate with a defence switched off. */
  readonly without?: SuppressOptions['without'];
}

/** What is said of an area on a track. Null: withheld. Where there are no orders, there is no cell. */
export interface GatedCell {
  readonly track: Track;
  readonly values: readonly number[] | null;
}

/** A share of an area, all orders. Null: withheld. Where there is nothing that it could be of, there is no share. */
export interface GatedShare<M extends ShareMeasure = ShareMeasure> {
  readonly measure: M;
  readonly share: number | null;
}

export interface GatedArea {
  readonly level: Level;
  readonly area: string;
  readonly cells: readonly GatedCell[];
  /** Null: of none was anything kept. */
  readonly service: readonly GatedShare<ServiceMeasure>[] | null;
  /** The same. */
  readonly carriers: readonly GatedShare<CarrierMeasure>[] | null;
  /** The same. */
  readonly structure: readonly GatedShare<StructureMeasure>[] | null;
  /** The same. */
  readonly partitions: readonly GatedPartition[] | null;
}

/** Of each share, what each owner has of a part and the rest of its whole; of small orders by combination of tracks, of the largest sellers also by size and newcomers; of `parts` GMV of the tracks that are divided, by part (`partBit`). */
export type ShareHoldings = Partial<Readonly<Record<ShareMeasure | 'parts', readonly Holding[]>>>;

/** What the auditor found and what was withheld. Kept beside the release, and in no answer. */
export interface GateReport {
  readonly breaches: number;
  readonly unknowns: number;
  readonly programmes: number;
  /** No pattern was found that the rules are content with, so everything is withheld. */
  readonly isWhole: boolean;
  readonly cells: number;
  readonly unsafe: number;
  readonly withheld: number;
  /** Parts of the first measure, summed over all cells that could be shown. */
  readonly unsafeShare: number;
  readonly withheldShare: number;
  readonly shares: Partial<Record<ShareMeasure, ShareReport>>;
  readonly partitions: PartitionsReport;
  /** Parts of GMV of which whoever knew them in each cell could tell too much of what it sold: of these nothing is told. */
  readonly telling: readonly ShareMeasure[];
}

export interface GatedMonth {
  readonly areas: readonly GatedArea[];
  readonly report: GateReport;
}

/** Of the rules that are written here and in `disclosure`: another one makes other patterns of the same month. */
export const RULES_REVISION = 6;

export function gateMonth(
  highs: Highs,
  asked: MonthToGate,
  holdings: readonly Holding[],
  ofShares: ShareHoldings = {},
): GatedMonth {
  const { belts, rules, measures, before, without } = asked;
  // Officials are told tracks alone: with combinations hidden, a third more of the value can be shown (ADR 42).
  const table = new LinkedTable(new Holdings(belts, holdings, measures, rules), rules, 'track');
  const pattern = suppress(highs, table, { before: new Set(before), ...(without ? { without } : {}) });
  const rows = publish(table, pattern);
  const tracks = TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] }));
  // It is told what is published, and asked with the true holdings whether that gives anybody away.
  const audited = (floors?: ReadonlyMap<string, readonly number[]>): Audit =>
    audit(highs, { belts, tracks, measures, rows }, holdings, rules, floors ? { floors } : {});
  const { found, telling } = auditedBeside(audited, (of) => partFloors(rows, belts, of), ofShares);
  const shares = sharesOf(highs, asked, rows, ofShares, telling);
  const partitions = partitionsOf(highs, asked, rows, holdings, ofShares);
  const unsafe = lossOf(table, (no) => table.cells[no]?.unsafe !== null);
  const withheld = lossOf(table, (no) => !pattern.isShown[no]);
  const share = ({ value, ofValue }: typeof unsafe) => (ofValue === 0 ? 0 : value / ofValue);
  return {
    areas: areasOf(rows, shares, partitions),
    report: {
      breaches: found.breaches.length,
      unknowns: found.unknowns,
      programmes: found.programmes,
      isWhole: pattern.isWhole,
      cells: unsafe.ofCells,
      unsafe: unsafe.cells,
      withheld: withheld.cells,
      unsafeShare: share(unsafe),
      withheldShare: share(withheld),
      shares: Object.fromEntries([...shares].map(([measure, { report }]) => [measure, report])),
      partitions: partitions?.report ?? {},
      telling,
    },
  };
}

type Shares = ReadonlyMap<ShareMeasure, GatedShares>;
type Floors = ReadonlyMap<string, readonly number[]>;

/**
 * A part of GMV is no more than it: told beside it, it must not say of what is withheld that it is no less. All such parts are taken to be known at once; where the auditor finds
 * anything then, those are left out that cannot be known beside the ones before them.
 */
function auditedBeside(
  audited: (floors?: Floors) => Audit,
  floorsOf: (parts: readonly (readonly Holding[])[]) => Floors,
  ofShares: ShareHoldings,
): { found: Audit; telling: readonly ShareMeasure[] } {
  const there = OF_VALUE.filter((measure) => ofShares[measure]);
  const beside = (known: readonly (typeof OF_VALUE)[number][]): Audit | null => {
    const found = decided(() => audited(floorsOf(known.map((measure) => floorOf(measure, ofShares)))));
    return found?.breaches.length === 0 ? found : null;
  };
  let [known, found]: [(typeof OF_VALUE)[number][], Audit | null] = [[...there], beside(there)];
  if (found === null) {
    known = [];
    for (const measure of there) {
      const more = beside([...known, measure]);
      if (more) [known, found] = [[...known, measure], more];
    }
  }
  return { found: found ?? audited(), telling: there.filter((measure) => !known.includes(measure)) };
}

/** What is taken to be known of a measure: of the largest sellers what the others sold, which is less. */
const floorOf = (measure: (typeof OF_VALUE)[number], ofShares: ShareHoldings): readonly Holding[] => {
  const holdings = ofShares[measure] ?? [];
  return measure === 'largest-sellers' ? othersAsPart(holdings) : holdings;
};

function sharesOf(
  highs: Highs,
  { belts, rules, sharesBefore = {}, without }: MonthToGate,
  rows: readonly PublishedCell[],
  ofShares: ShareHoldings,
  telling: readonly ShareMeasure[],
): Shares {
  const totals = rows.filter(({ by, key }) => by === 'track' && key === 'all');
  const all = new Set(totals.map(nameOf));
  const withheld = new Set(totals.filter(({ values }) => values === null).map(nameOf));
  const gated = new Map<ShareMeasure, GatedShares>();
  const told = (measure: ShareMeasure) =>
    new Set(
      [...(gated.get(measure)?.shares ?? [])].flatMap(([name, share]) => (share === null ? [] : [name])),
    );
  for (const measure of SHARE_MEASURES) {
    const holdings = ofShares[measure];
    if (!holdings) continue;
    const asked = {
      ...{ belts, rules, before: sharesBefore[measure] ?? [] },
      withheld: telling.includes(measure) ? all : withheld,
      ...(without ? { without } : {}),
    };
    const beside = () => ({ newcomers: told('newcomers'), 'small-orders': told('small-orders') });
    gated.set(
      measure,
      measure === 'small-orders'
        ? gateSizes(highs, asked, rows, holdings)
        : measure === 'largest-sellers'
          ? gateSellers(highs, { ...asked, told: beside() }, rows, holdings)
          : gateShares(highs, asked, holdings),
    );
  }
  return gated;
}

/** Null where nothing is divided. */
function partitionsOf(
  highs: Highs,
  { belts, rules, partitions: named, partsBefore = {}, without }: MonthToGate,
  rows: readonly PublishedCell[],
  month: readonly Holding[],
  { parts: held = [] }: ShareHoldings,
): GatedPartitions | null {
  if (!named || held.length === 0 || dividedBy(named).length === 0) return null;
  return gatePartitions(highs, { belts, rules, named, before: partsBefore, without }, rows, month, held);
}

/** By row: the largest of the parts in it, as the least that was sold. */
function partFloors(
  rows: readonly PublishedCell[],
  belts: readonly Belt[],
  parts: readonly (readonly Holding[])[],
): Floors {
  const ofBelts = parts.map((holdings) => {
    const sums = new Map<string, number>();
    for (const { belt, side, values } of holdings)
      if (side === 'seller') sums.set(belt, (sums.get(belt) ?? 0) + (values[0] ?? 0));
    return sums;
  });
  const floors = new Map<string, readonly number[]>();
  for (const row of rows) {
    if (row.by !== 'track' || row.key !== 'all' || row.values !== null) continue;
    const inside = belts.filter((belt) => areaOf(belt, row.level) === row.area);
    const sums = ofBelts.map((of) => inside.reduce((sum, { id }) => sum + (of.get(id) ?? 0), 0));
    floors.set(rowName(row), [Math.max(0, ...sums)]);
  }
  return floors;
}

/** By area; combinations and their parts are nowhere shown, and so not in it. */
function areasOf(
  rows: readonly PublishedCell[],
  shares: Shares,
  partitions: GatedPartitions | null,
): GatedArea[] {
  const areas = new Map<string, GatedArea & { cells: GatedCell[] }>();
  /** Of those of a kind that are there; null where none is. */
  const sharesIn = <M extends ShareMeasure>(measures: readonly M[], name: string): GatedShare<M>[] | null => {
    const told = measures.filter((measure) => shares.has(measure));
    if (told.length === 0) return null;
    return told.flatMap((measure) => {
      const share = shares.get(measure)?.shares.get(name);
      return share === undefined ? [] : [{ measure, share }];
    });
  };
  for (const { level, area, by, key, values } of rows) {
    const name = `${level}:${area}`;
    const one = areas.get(name) ?? {
      ...{ level, area, cells: [] },
      ...{ service: sharesIn(SERVICE_MEASURES, name), carriers: sharesIn(CARRIER_MEASURES, name) },
      structure: sharesIn(STRUCTURE_MEASURES, name),
      partitions: partitions?.in(name) ?? null,
    };
    areas.set(name, one);
    if (by === 'track') one.cells.push({ track: key as Track, values });
  }
  return [...areas.values()];
}

/** The same of the shares of an area. */
export const withheldShares = (
  { level, area, service, carriers, structure }: GatedArea,
  of: ShareMeasure,
): string[] =>
  [...(service ?? []), ...(carriers ?? []), ...(structure ?? [])]
    .filter(({ measure, share }) => measure === of && share === null)
    .map(() => nameOf({ level, area, by: 'track', key: 'all' }));

/** The same of its parts. */
export const withheldParts = ({ level, area, partitions }: GatedArea, of: Partition): string[] =>
  (partitions ?? [])
    .filter(({ partition, parts }) => partition === of && parts === null)
    .map(() => nameOf({ level, area, by: 'track', key: 'all' }));

/** The names of an area's withheld cells, as the gate of another month takes them. */
export const withheldNames = ({ level, area, cells }: GatedArea): string[] =>
  cells
    .filter(({ values }) => values === null)
    .map(({ track }) => nameOf({ level, area, by: 'track', key: track }));
