/**
 * A month through the gate and past the auditor, from who held what to what is let out. Pure, and minutes of arithmetic at worst: it runs in a
 * thread of its own (`gate-worker.ts`).
 */
import { SERVICE_MEASURES, type ServiceMeasure, type Track, TRACK, TRACKS } from '@beltline/contract';
import type { Highs } from 'highs';
import { type Audit, audit } from '../disclosure-audit/audit.ts';
import { rowName } from '../disclosure-audit/unknowns.ts';
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { areaOf, type Level, LinkedTable } from '../disclosure/linked-table.ts';
import { lossOf, type PublishedCell, publish } from '../disclosure/publish.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { nameOf, suppress, type SuppressOptions } from '../disclosure/suppress.ts';
import { decided, type GatedShares, gateShares, type ShareReport } from './gated-share.ts';

export interface MonthToGate {
  readonly belts: readonly Belt[];
  readonly rules: DisclosureRules;
  readonly measures: number;
  /** Names of cells that the neighbouring month withheld: withheld again rather than others. */
  readonly before: readonly string[];
  /** The same of shares. */
  readonly sharesBefore?: Partial<Readonly<Record<ServiceMeasure, readonly string[]>>>;
  /** For the attacks of specs alone: a gate with a defence switched off. */
  readonly without?: SuppressOptions['without'];
}

/** What is said of an area on a track. Null: withheld. Where there are no orders, there is no cell. */
export interface GatedCell {
  readonly track: Track;
  readonly values: readonly number[] | null;
}

/** A share of an area, all orders. Null: withheld. Where there is nothing that it could be of, there is no share. */
export interface GatedShare {
  readonly measure: ServiceMeasure;
  readonly share: number | null;
}

export interface GatedArea {
  readonly level: Level;
  readonly area: string;
  readonly cells: readonly GatedCell[];
  /** Null: of none was anything kept. */
  readonly service: readonly GatedShare[] | null;
}

/** Of each share, what each owner has of a part and the rest of its whole. */
export type ServiceHoldings = Partial<Readonly<Record<ServiceMeasure, readonly Holding[]>>>;

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
  readonly shares: Partial<Record<ServiceMeasure, ShareReport>>;
  /** Whoever knew what was refunded in each cell could tell too much of what it sold: then nothing is told of refunds. */
  readonly areRefundsTelling: boolean;
}

export interface GatedMonth {
  readonly areas: readonly GatedArea[];
  readonly report: GateReport;
}

/** Of the rules that are written here and in `disclosure`: another one makes other patterns of the same month. */
export const RULES_REVISION = 3;

export function gateMonth(
  highs: Highs,
  asked: MonthToGate,
  holdings: readonly Holding[],
  service: ServiceHoldings = {},
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
  // Refunds are no more than what was paid: told beside it, they must not say of what is withheld that it is no less.
  const beside = decided(() => audited(refundFloors(rows, belts, service['refund-rate'] ?? [])));
  const areRefundsTelling = beside === null || beside.breaches.length > 0;
  const found = areRefundsTelling ? audited() : beside;
  const shares = sharesOf(highs, asked, rows, service, areRefundsTelling);
  const unsafe = lossOf(table, (no) => table.cells[no]?.unsafe !== null);
  const withheld = lossOf(table, (no) => !pattern.isShown[no]);
  const share = ({ value, ofValue }: typeof unsafe) => (ofValue === 0 ? 0 : value / ofValue);
  return {
    areas: areasOf(rows, shares),
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
      areRefundsTelling,
    },
  };
}

type Shares = ReadonlyMap<ServiceMeasure, GatedShares>;

function sharesOf(
  highs: Highs,
  { belts, rules, sharesBefore = {}, without }: MonthToGate,
  rows: readonly PublishedCell[],
  service: ServiceHoldings,
  areRefundsTelling: boolean,
): Shares {
  const totals = rows.filter(({ by, key }) => by === 'track' && key === 'all');
  const all = new Set(totals.map(nameOf));
  const withheld = new Set(totals.filter(({ values }) => values === null).map(nameOf));
  return new Map(
    SERVICE_MEASURES.flatMap((measure) => {
      const holdings = service[measure];
      if (!holdings) return [];
      const asked = {
        ...{ belts, rules, before: sharesBefore[measure] ?? [] },
        withheld: measure === 'refund-rate' && areRefundsTelling ? all : withheld,
        ...(without ? { without } : {}),
      };
      return [[measure, gateShares(highs, asked, holdings)] as const];
    }),
  );
}

/** By row: what was refunded in it, as the least that was sold. */
function refundFloors(
  rows: readonly PublishedCell[],
  belts: readonly Belt[],
  refunds: readonly Holding[],
): ReadonlyMap<string, readonly number[]> {
  const ofBelts = new Map<string, number>();
  for (const { belt, side, values } of refunds)
    if (side === 'seller') ofBelts.set(belt, (ofBelts.get(belt) ?? 0) + (values[0] ?? 0));
  const floors = new Map<string, readonly number[]>();
  for (const row of rows) {
    if (row.by !== 'track' || row.key !== 'all' || row.values !== null) continue;
    const inside = belts.filter((belt) => areaOf(belt, row.level) === row.area);
    floors.set(rowName(row), [inside.reduce((sum, { id }) => sum + (ofBelts.get(id) ?? 0), 0)]);
  }
  return floors;
}

/** By area; combinations and their parts are nowhere shown, and so not in it. */
function areasOf(rows: readonly PublishedCell[], shares: Shares): GatedArea[] {
  const areas = new Map<
    string,
    { level: Level; area: string; cells: GatedCell[]; service: GatedShare[] | null }
  >();
  const serviceOf = (name: string) =>
    shares.size === 0
      ? null
      : [...shares].flatMap(([measure, { shares: of }]): GatedShare[] => {
          const share = of.get(name);
          return share === undefined ? [] : [{ measure, share }];
        });
  for (const { level, area, by, key, values } of rows) {
    const name = `${level}:${area}`;
    const one = areas.get(name) ?? { level, area, cells: [], service: serviceOf(name) };
    areas.set(name, one);
    if (by === 'track') one.cells.push({ track: key as Track, values });
  }
  return [...areas.values()];
}

/** The same of the shares of an area. */
export const withheldShares = ({ level, area, service }: GatedArea, of: ServiceMeasure): string[] =>
  (service ?? [])
    .filter(({ measure, share }) => measure === of && share === null)
    .map(() => nameOf({ level, area, by: 'track', key: 'all' }));

/** The names of an area's withheld cells, as the gate of another month takes them. */
export const withheldNames = ({ level, area, cells }: GatedArea): string[] =>
  cells
    .filter(({ values }) => values === null)
    .map(({ track }) => nameOf({ level, area, by: 'track', key: track }));
