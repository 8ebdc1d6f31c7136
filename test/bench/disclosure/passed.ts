/** One table of disclosure control, a made-up one or a month: through the gate, past the auditor, and again with each defence switched off. */
import { audit } from '@beltline/api/disclosure-audit/audit.js';
import { type Belt, type Holding, Holdings } from '@beltline/api/disclosure/holdings.js';
import { LinkedTable, valueOf } from '@beltline/api/disclosure/linked-table.js';
import { naivePattern } from '@beltline/api/disclosure/naive.js';
import { type Loss, lossOf, publish } from '@beltline/api/disclosure/publish.js';
import { relax } from '@beltline/api/disclosure/relaxation.js';
import { nameOf, type Pattern, suppress } from '@beltline/api/disclosure/suppress.js';
import { loadSolver } from '@beltline/api/statistics/linear-programme.js';
import { TRACK, TRACKS } from '@beltline/contract';
import { type Seen, seenByProvince } from './seen.ts';

export const RULES = { owners: 5, peers: 10, percent: 15, pooled: 1 };

/** What is switched off; `rule-of-thumb`: the smallest other part of every sum is withheld, and nobody asks whether that protects. */
export const OFF = ['complementary', 'remainders', 'shops-as-owners', 'buyers', 'rule-of-thumb'] as const;
export type Off = (typeof OFF)[number];

export interface ToPass {
  readonly name: string;
  readonly belts: readonly Belt[];
  readonly holdings: readonly Holding[];
  readonly measures: number;
  readonly finest: 'combination' | 'track';
  /** Names of cells that the month beside withheld. */
  readonly before?: readonly string[];
  readonly off: readonly Off[];
}

/** What one table cost, in seconds of the processor and in what is not shown. */
export interface Passed {
  readonly name: string;
  readonly seconds: { readonly table: number; readonly pattern: number; readonly audit: number };
  readonly breaches: number;
  /** By defence, what the auditor finds without it. */
  readonly off: Partial<Readonly<Record<Off, number>>>;
  readonly isWhole: boolean;
  /** Parts of all value. */
  readonly lost: Lost;
  readonly cells: Lost & { readonly all: number };
  /** By province. */
  readonly seen: Readonly<Record<string, Seen>>;
  /** Names of the cells that are withheld. */
  readonly withheld: readonly string[];
}

/** Withheld for itself, by the gate, by the rule of thumb. */
export interface Lost {
  readonly primary: number;
  readonly gate: number;
  readonly naive: number;
}

const tracks = TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] }));
const SHOPS = 10;

export async function pass(asked: ToPass): Promise<Passed> {
  const highs = await loadSolver();
  const { belts, holdings, measures, finest, before } = asked;
  const tableOf = (of: readonly Holding[]) =>
    new LinkedTable(new Holdings(belts, of, measures, RULES), RULES, finest);
  const audited = (table: LinkedTable, pattern: Pattern, truth = holdings): number =>
    audit(highs, { belts, tracks, measures, rows: publish(table, pattern) }, truth, RULES).breaches.length;
  const clock = stopwatch();
  const table = tableOf(holdings);
  const ofTable = clock();
  const options = before ? { before: new Set(before) } : {};
  const pattern = suppress(highs, table, options);
  const ofPattern = clock();
  const breaches = audited(table, pattern);
  const ofAudit = clock();
  const without: Record<Off, () => number> = {
    complementary: () => audited(table, suppress(highs, table, { without: 'complementary' })),
    remainders: () => audited(table, suppress(highs, table, { ...options, without: 'remainders' })),
    'shops-as-owners': () => ofOther(holdings.flatMap(asShops), holdings),
    buyers: () => ofOther(sellersOnBothSides(bought), bought),
    'rule-of-thumb': () => audited(table, naivePattern(table)),
  };
  // Many buy from few as a rule: here few buy from many.
  const bought = holdings.map(
    (one) => ({ ...one, side: one.side === 'buyer' ? 'seller' : 'buyer' }) as const,
  );
  /** Of what a gate lets out that takes others for the owners. */
  const ofOther = (seen: readonly Holding[], truth: readonly Holding[]) => {
    const other = tableOf(seen);
    return audited(other, suppress(highs, other), truth);
  };
  const naive = naivePattern(table);
  const losses = {
    primary: lossOf(table, (no) => table.cells[no]?.unsafe !== null),
    gate: lossOf(table, (no) => !pattern.isShown[no]),
    naive: lossOf(table, (no) => !naive.isShown[no]),
  };
  const part = ({ value, ofValue: all }: Loss) => value / all;
  return {
    name: asked.name,
    seconds: { table: ofTable, pattern: ofPattern, audit: ofAudit },
    breaches,
    off: Object.fromEntries(asked.off.map((off) => [off, without[off]()])),
    isWhole: pattern.isWhole,
    lost: {
      primary: part(losses.primary),
      gate: part(losses.gate),
      naive: part(losses.naive),
    },
    cells: {
      all: losses.gate.ofCells,
      primary: losses.primary.cells,
      gate: losses.gate.cells,
      naive: losses.naive.cells,
    },
    seen: seenByProvince(belts, table, (no) => pattern.isShown[no] === 1),
    withheld: table.cells
      .filter(({ no, isHidden }) => !isHidden && !pattern.isShown[no])
      .flatMap(({ names }) => names.filter(({ by }) => by === 'track').map(nameOf)),
  };
}

/** The least that any pattern withholds, what is withheld for itself included, as a part of the value and in cells. */
export interface Bound {
  readonly value: number;
  readonly cells: number;
  /** Whether no cut was left in both; otherwise they lie higher. */
  readonly isWhole: boolean;
  readonly seconds: number;
}

export async function boundOf({ belts, holdings, measures, finest }: ToPass): Promise<Bound> {
  const highs = await loadSolver();
  const clock = stopwatch();
  const table = new LinkedTable(new Holdings(belts, holdings, measures, RULES), RULES, finest);
  const primary = lossOf(table, (no) => table.cells[no]?.unsafe !== null);
  const least = (of: (value: number) => number) =>
    relax(
      highs,
      table,
      Float64Array.from(table.cells, (cell) => of(valueOf(cell, 0))),
    );
  const [ofValue, ofCells] = [least((value) => value / primary.ofValue), least(() => 1)];
  return {
    value: primary.value / primary.ofValue + ofValue.least,
    // Cells are whole.
    cells: primary.cells + Math.ceil(ofCells.least - 1e-6),
    isWhole: ofValue.isWhole && ofCells.isWhole,
    seconds: clock(),
  };
}

/** One owner as a gate would see them that takes each of their ten shops for an owner. */
const asShops = (one: Holding): Holding[] =>
  one.side === 'buyer'
    ? [one]
    : Array.from({ length: SHOPS }, (_, shop) => ({
        ...one,
        owner: `${one.owner} ${shop}`,
        values: one.values.map((value) => value / SHOPS),
      }));

/** As a gate would see them that does not look at who bought. */
const sellersOnBothSides = (holdings: readonly Holding[]): Holding[] =>
  holdings
    .filter(({ side }) => side === 'seller')
    .flatMap((one) => [one, { ...one, side: 'buyer' as const }]);

/** Seconds of the processor since it was asked last: the machine may have others to serve. */
export function stopwatch(): () => number {
  const used = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  let before = used();
  return () => {
    const [now, since] = [used(), before];
    before = now;
    return now - since;
  };
}
