/**
 * A share of a month through the gate and past the auditor: a part of a whole, as refunds of what was paid, by area, all orders. Part and rest are a linked table
 * of their own, in which the whole of every cell is taken to be known (ADR 55); so are several parts of one whole (ADR 72). What the auditor finds anything in is told of nobody.
 */
import type { Highs } from 'highs';
import { audit } from '../disclosure-audit/audit.ts';
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { LinkedTable, valueOf } from '../disclosure/linked-table.ts';
import { publish } from '../disclosure/publish.ts';
import { type DisclosureRules, rulesOfShares } from '../disclosure/rules.ts';
import { nameOf, type Pattern, suppress, type SuppressOptions } from '../disclosure/suppress.ts';
import { SolverGaveUpError } from '../statistics/linear-programme.ts';

export interface ShareToGate {
  readonly belts: readonly Belt[];
  readonly rules: DisclosureRules;
  /** Names of cells of which the month itself tells nothing: a share beside a withheld whole would tell the whole. */
  readonly withheld: ReadonlySet<string>;
  /** Names of cells that the neighbouring month withheld. */
  readonly before: readonly string[];
  /** For the attacks of specs alone. */
  readonly without?: SuppressOptions['without'];
}

/** Kept beside the release, and in no answer. */
export interface ShareReport {
  /** Null where the solver gave up: nobody knows, so nothing is told. */
  readonly breaches: number | null;
  readonly programmes: number;
  readonly isWhole: boolean;
  readonly cells: number;
  /** Withheld for their own sake; because the month withholds them; in all. */
  readonly unsafe: number;
  readonly forced: number;
  readonly withheld: number;
  /** Part of the whole, summed over all cells, that is withheld. */
  readonly withheldShare: number;
}

export interface GatedShares<R extends ShareReport = ShareReport, S = number> {
  /** By `level:area`; null: withheld. Where there is no whole, there is nothing. */
  readonly shares: ReadonlyMap<string, S | null>;
  readonly report: R;
}

/** All lines of a belt are one: shares are told of all orders alone. */
export const ALL_ORDERS = 0;
/** Told to a tenth of a percentage point. The rules do not rest on it. */
export const STEPS = 1_000;
const ONLY = [{ key: 'all', bit: 0, isPart: false }];

/** `holdings`: of each owner a part and the rest of their whole; a combination of none. */
export function gateShares(highs: Highs, asked: ShareToGate, holdings: readonly Holding[]): GatedShares {
  const { shares, report } = gateWhole(highs, asked, holdings, 1);
  return { shares: new Map([...shares].map(([name, told]) => [name, told?.[0] ?? null])), report };
}

/**
 * Several parts of one whole by one pattern: of an area each share is told, or none is. `holdings`: of each owner each part, followed by the rest of their whole without it; a combination of none.
 * So each part is protected on both sides, by itself; whoever knows every whole knows no sum of some of them better than that.
 */
export function gateWhole(
  highs: Highs,
  { belts, rules, withheld, before, without }: ShareToGate,
  holdings: readonly Holding[],
  parts: number,
): GatedShares<ShareReport, readonly number[]> {
  const ofShares = rulesOfShares(rules);
  const measures = 2 * parts;
  const table = new LinkedTable(new Holdings(belts, holdings, measures, ofShares), ofShares, 'track');
  const options = { withheld, before: new Set(before), ...(without ? { without } : {}) };
  const pattern = decided(() => suppress(highs, table, options)) ?? nothingShown(table);
  const rows = publish(table, pattern);
  const publication = { belts, tracks: ONLY, measures, rows };
  const found = decided(() => audit(highs, publication, holdings, rules, { ofShares: true }));
  const isTold = found !== null && found.breaches.length === 0;
  const told = rows.filter(({ by }) => by === 'track');
  const cells = table.cells.filter(({ isHidden }) => !isHidden);
  const wholes = (of: typeof cells) => of.reduce((sum, cell) => sum + valueOf(cell, 0) + valueOf(cell, 1), 0);
  const hidden = cells.filter(({ no }) => !isTold || !pattern.isShown[no]);
  return {
    shares: new Map(
      told.map(({ level, area, values }) => [`${level}:${area}`, isTold ? sharesOf(values) : null]),
    ),
    report: {
      breaches: found?.breaches.length ?? null,
      programmes: found?.programmes ?? 0,
      isWhole: pattern.isWhole,
      cells: cells.length,
      unsafe: cells.filter(({ unsafe }) => unsafe !== null).length,
      forced: cells.filter(({ names }) => names.some((name) => withheld.has(nameOf(name)))).length,
      withheld: hidden.length,
      withheldShare: cells.length === 0 ? 0 : wholes(hidden) / wholes(cells),
    },
  };
}

const nothingShown = ({ cells }: LinkedTable): Pattern => ({
  isShown: new Uint8Array(cells.length),
  isWhole: true,
});

/** What is asked of the solver; null where it gave up: a share is worth less than the month, which goes on without it. */
export function decided<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof SolverGaveUpError) return null;
    throw error;
  }
}

/** Of each part, which stands before the rest of its whole. */
const sharesOf = (values: readonly number[] | null): number[] | null =>
  values &&
  values.flatMap((part, at) =>
    at % 2 === 0 ? [Math.round((STEPS * part) / (part + (values[at + 1] ?? 0))) / STEPS] : [],
  );
