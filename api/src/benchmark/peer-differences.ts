/**
 * What those who recover best do differently: the quarter of a pool with the highest recovery level (where that is not known, growth) beside the rest of it, by what they sell, through which tracks,
 * how new and how well. What is told is a direction and a class of size, and only where chance does not explain it. Which of both is the cause is not told.
 */
import type { BenchmarkMeasure, Bilingual } from '@beltline/contract';
import jStat from 'jstat';
import { cliffsDelta } from '../statistics/cliffs-delta.ts';
import { seedOf } from '../statistics/hashed.ts';
import { familyFindings } from '../statistics/holm.ts';
import { type Estimate, pValueOf } from '../statistics/studentised.ts';
import { addUp, type ComparedQuarter, isShare, measureOf } from './peer-measures.ts';
import { type CountBand, countBand } from './peer-standing.ts';

/** What is compared: no amounts, because whoever grows has more of everything. */
export const COMPARED_MEASURES = [
  ...(['programme', 'distribution', 'cross-border', 'custom', 'factory-brand', 'offline'] as const),
  ...(['channels', 'countries', 'new-skus', 'order-value', 'order-pieces'] as const),
  ...(['repeat-buyers', 'top-buyers', 'on-time', 'refund-rate'] as const),
] as const satisfies BenchmarkMeasure[];
export type ComparedMeasure = (typeof COMPARED_MEASURES)[number];

/** Owners that a pool needs, and that must have what is compared: a quarter of them are fifteen. */
export const POOL = 60;
/** The chance that a pool is told of anything where there is nothing. */
const FAMILY_RATE = 0.05;
/** Cliff's delta from which on a difference is small, middling, large; below it is none to speak of. Romano and others (2006). */
const CLASSES = [
  { size: 'large', from: 0.474 },
  { size: 'middling', from: 0.33 },
  { size: 'small', from: 0.147 },
] as const;
type Size = (typeof CLASSES)[number]['size'];
/** What tells who recovers best: the first of these that owners enough have. */
const RECOVERIES = ['recovery-level', 'growth-aligned', 'growth'] as const satisfies BenchmarkMeasure[];

export interface PoolOwner {
  readonly owner: string;
  readonly belt: string;
  readonly quarter: ComparedQuarter;
}

export interface PeerDifference {
  readonly measure: ComparedMeasure;
  /** Of those who recover best. */
  readonly direction: 'higher' | 'lower';
  readonly size: Size;
  /** The ends of its interval in this direction, in the same classes; null: too small to speak of, or none. */
  readonly least: Size | null;
  readonly most: Size;
}

export interface PeerPool {
  /** Null: goods of many kinds, of each of which there are too few owners. */
  readonly goods: Bilingual | null;
  readonly owners: CountBand;
  readonly recovery: (typeof RECOVERIES)[number];
  readonly tested: ComparedMeasure[];
  readonly found: PeerDifference[];
}

/** `keys`: of its goods, whose other owners are told of it too. */
interface Pool<Owner> {
  readonly goods: Bilingual | null;
  readonly keys: readonly string[];
  readonly recovery: PeerPool['recovery'];
  readonly owners: readonly Owner[];
}

/** Owners whose recovery is known, by the goods of their belt: those of each goods alone, where they are enough, and the rest of them together. No owner is in two pools. */
export function poolsOf<Owner extends PoolOwner>(
  owners: readonly Owner[],
  goodsOf: (belt: string) => { readonly key: string; readonly name: Bilingual } | null,
): Pool<Owner>[] {
  const byGoods = new Map<string, { keys: string[]; goods: Bilingual; owners: Owner[] }>();
  for (const owner of owners) {
    const goods = goodsOf(owner.belt);
    if (!goods) continue;
    const group = byGoods.get(goods.key) ?? { keys: [goods.key], goods: goods.name, owners: [] };
    byGoods.set(goods.key, group);
    group.owners.push(owner);
  }
  const all = [...byGoods].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  const wide = all.map((group) => ({ ...group, known: recoveryOf(group.owners) }));
  const few = wide.filter(({ known }) => known === null);
  const rest = recoveryOf(few.flatMap((group) => group.owners));
  return [
    ...wide.flatMap(({ known, goods, keys }) => (known ? [{ goods, keys, ...known }] : [])),
    ...(rest ? [{ goods: null, keys: few.flatMap(({ keys }) => keys), ...rest }] : []),
  ];
}

/** By what it is told who of some owners recovers best, and those of whom it is known; null where these are too few by any measure. */
function recoveryOf<Owner extends PoolOwner>(owners: readonly Owner[]) {
  for (const recovery of RECOVERIES) {
    const known = owners.filter(({ quarter }) => measureOf(recovery, quarter) !== null);
    if (known.length >= POOL) return { recovery, owners: known };
  }
  return null;
}

/** What is told of a pool, a step each measure. `source`: owners are drawn by it and their id, whatever the data version. */
export function* differencesOf(
  { goods, recovery, owners }: Pool<PoolOwner>,
  source: string,
): Generator<void, PeerPool> {
  const best = bestOf(owners, recovery);
  const seeds = new Map(owners.map(({ owner }) => [owner, seedOf(`${source}:${owner}`)]));
  const compared: { measure: ComparedMeasure; delta: Estimate }[] = [];
  for (const measure of COMPARED_MEASURES) {
    yield;
    const own = comparedIn(measure, owners, recovery).map(({ owner, value }) => ({
      ...{ value, isFirst: best.has(owner) },
      seed: seeds.get(owner) ?? NaN,
    }));
    const firsts = own.filter(({ isFirst }) => isFirst).length;
    const delta = own.length >= POOL && firsts >= POOL / 4 ? cliffsDelta(own) : null;
    if (delta) compared.push({ measure, delta });
  }
  const isReal = familyFindings(
    compared.map(({ delta }) => pValueOf(delta, 0)),
    FAMILY_RATE,
  );
  const found = compared.flatMap(({ measure, delta }, at): PeerDifference[] => {
    const { value } = delta;
    const size = isReal[at] ? classOf(Math.abs(value)) : null;
    if (!size) return [];
    const reach = reachOf(delta, FAMILY_RATE / compared.length);
    const [least, most] = [classOf(Math.abs(value) - reach), classOf(Math.abs(value) + reach) ?? size];
    return [{ measure, direction: value > 0 ? 'higher' : 'lower', size, least, most }];
  });
  return {
    ...{ goods, recovery, found },
    owners: countBand(owners.length),
    tested: compared.map(({ measure }) => measure),
  };
}

/** Of the difference in a direction; null where it is none to speak of. */
const classOf = (delta: number): Size | null => CLASSES.find(({ from }) => delta >= from)?.size ?? null;

/** How far an interval reaches to either side that does not hold its truth at this rate. All of a pool's together hold theirs at the rate of the family (Bonferroni). */
const reachOf = ({ standardError, degrees }: Estimate, rate: number): number =>
  standardError * jStat.studentt.inv(1 - rate / 2, degrees);

/** The quarter of owners who recover best; of those alike the first by their ids. */
function bestOf(owners: readonly PoolOwner[], recovery: PeerPool['recovery']): Set<string> {
  const worth = ({ quarter }: PoolOwner) => measureOf(recovery, quarter) ?? 0;
  const sorted = [...owners].sort((a, b) => worth(b) - worth(a) || (a.owner < b.owner ? -1 : 1));
  return new Set(sorted.slice(0, Math.floor(sorted.length / 4)).map(({ owner }) => owner));
}

/** What sums tell of both quarters, and of the base year. */
const OF_SUMS: ReadonlySet<ComparedMeasure> = new Set([
  ...(['programme', 'distribution', 'cross-border', 'custom', 'factory-brand', 'offline'] as const),
  ...(['order-value', 'order-pieces'] as const),
]);

/**
 * Values as they are compared. One large order makes a quarter larger, and with it what an order is worth and the share of its track; so these are taken of both sides of what tells who recovers
 * best together, where chance favours neither: of both quarters for growth, and for a level of all that was sold in the quarter and in the base year. And whoever has more orders, which growth brings with it, has more channels and more buyers who come back; so the rest is compared among owners of as many orders.
 */
function comparedIn(
  measure: ComparedMeasure,
  owners: readonly PoolOwner[],
  recovery: PeerPool['recovery'],
): { owner: string; value: number }[] {
  if (OF_SUMS.has(measure) && recovery === 'recovery-level')
    return owners.flatMap(({ owner, quarter: { now, facts } }) => {
      if (!facts.first) return [];
      // An order counts alike wherever it lies: then the mean of all hangs together with the ratio of both sides no more than by chance.
      const all = addUp([now, { ...facts.first, refund: 0 }]);
      const value = measureOf(measure, { now: all, before: null, facts });
      return value === null ? [] : [{ owner, value }];
    });
  if (OF_SUMS.has(measure))
    return owners.flatMap(({ owner, quarter }) => {
      const { now, before, facts } = quarter;
      const [after, first] = [now, before].map((sums) =>
        sums === null ? null : measureOf(measure, { now: sums, before: null, facts }),
      );
      // Ratios of two quarters cancel as shares of them do by their mean.
      const value = isShare(measure) ? (one: number) => one : Math.log;
      return after == null || first == null ? [] : [{ owner, value: value(after) + value(first) }];
    });
  const known = owners.flatMap(({ owner, quarter }) => {
    const value = measureOf(measure, quarter);
    return value === null ? [] : [{ owner, value, orders: quarter.now.orders }];
  });
  return strataOf(known).flatMap((stratum) =>
    stratum.map(({ owner, value }) => {
      const below = stratum.filter((other) => other.value < value).length;
      const alike = stratum.filter((other) => other.value === value).length;
      return { owner, value: (below + alike / 2) / stratum.length };
    }),
  );
}

/** Owners of about as many orders. */
const STRATUM = 20;
function strataOf<Owner extends { readonly orders: number }>(owners: readonly Owner[]): Owner[][] {
  const sorted = [...owners].sort((a, b) => a.orders - b.orders);
  const strata: Owner[][] = [];
  for (const [at, owner] of sorted.entries()) {
    const last = strata.at(-1);
    const isAlike = owner.orders === sorted[at - 1]?.orders;
    if (last && (last.length < STRATUM || isAlike || sorted.length - at < STRATUM)) last.push(owner);
    else strata.push([owner]);
  }
  return strata;
}
