/**
 * A month through the gate and past the auditor, from who held what to what is let out. Pure, and minutes of arithmetic at worst: it runs in a
 * thread of its own (`gate-worker.ts`).
 */
import { type Track, TRACK, TRACKS } from '@beltline/contract';
import type { Highs } from 'highs';
import { audit } from '../disclosure-audit/audit.ts';
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { type Level, LinkedTable } from '../disclosure/linked-table.ts';
import { lossOf, type PublishedCell, publish } from '../disclosure/publish.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { nameOf, suppress, type SuppressOptions } from '../disclosure/suppress.ts';

export interface MonthToGate {
  readonly belts: readonly Belt[];
  readonly rules: DisclosureRules;
  readonly measures: number;
  /** Names of cells that the neighbouring month withheld: withheld again rather than others. */
  readonly before: readonly string[];
  /** For the attacks of specs alone: a gate with a defence switched off. */
  readonly without?: SuppressOptions['without'];
}

/** What is said of an area on a track. Null: withheld. Where there are no orders, there is no cell. */
export interface GatedCell {
  readonly track: Track;
  readonly values: readonly number[] | null;
}

export interface GatedArea {
  readonly level: Level;
  readonly area: string;
  readonly cells: readonly GatedCell[];
}

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
}

export interface GatedMonth {
  readonly areas: readonly GatedArea[];
  readonly report: GateReport;
}

/** Of the rules that are written here and in `disclosure`: another one makes other patterns of the same month. */
export const RULES_REVISION = 2;

export function gateMonth(highs: Highs, asked: MonthToGate, holdings: readonly Holding[]): GatedMonth {
  const { belts, rules, measures, before, without } = asked;
  // Officials are told tracks alone: with combinations hidden, a third more of the value can be shown (ADR 42).
  const table = new LinkedTable(new Holdings(belts, holdings, measures, rules), rules, 'track');
  const pattern = suppress(highs, table, { before: new Set(before), ...(without ? { without } : {}) });
  const rows = publish(table, pattern);
  const tracks = TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] }));
  // It is told what is published, and asked with the true holdings whether that gives anybody away.
  const found = audit(highs, { belts, tracks, measures, rows }, holdings, rules);
  const unsafe = lossOf(table, (no) => table.cells[no]?.unsafe !== null);
  const withheld = lossOf(table, (no) => !pattern.isShown[no]);
  const share = ({ value, ofValue }: typeof unsafe) => (ofValue === 0 ? 0 : value / ofValue);
  return {
    areas: areasOf(rows),
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
    },
  };
}

/** By area; combinations and their parts are nowhere shown, and so not in it. */
function areasOf(rows: readonly PublishedCell[]): GatedArea[] {
  const areas = new Map<string, { level: Level; area: string; cells: GatedCell[] }>();
  for (const { level, area, by, key, values } of rows) {
    const name = `${level}:${area}`;
    const one = areas.get(name) ?? { level, area, cells: [] };
    areas.set(name, one);
    if (by === 'track') one.cells.push({ track: key as Track, values });
  }
  return [...areas.values()];
}

/** The names of an area's withheld cells, as the gate of another month takes them. */
export const withheldNames = ({ level, area, cells }: GatedArea): string[] =>
  cells
    .filter(({ values }) => values === null)
    .map(({ track }) => nameOf({ level, area, by: 'track', key: track }));
