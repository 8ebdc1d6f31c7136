/**
 * The share of small orders in GMV through the gate and past the auditor (ADR 68). Orders of distribution are mostly small and those of classic wholesale mostly large, as everybody knows: what small orders come
 * to is nearly what the one track does, or all that the other leaves. So it is told only where both tracks are, and it and the tracks are audited as one table.
 */
import { type Track, TRACK, TRACKS } from '@beltline/contract';
import type { Highs } from 'highs';
import type { PublicTrack } from '../disclosure-audit/unknowns.ts';
import type { Holding } from '../disclosure/holdings.ts';
import type { PublishedCell } from '../disclosure/publish.ts';
import {
  ALL_ORDERS,
  type GatedShares,
  gateShares,
  type ShareReport,
  type ShareToGate,
} from './gated-share.ts';
import { breachesOf, ofAll, ownCategories, tellBeside } from './told-beside.ts';

export interface SizesToGate extends Omit<ShareToGate, 'without'> {
  /** For the attacks of specs alone: a gate with a defence switched off; `joint`: tracks beside the share; `mirrored`: withheld with either of the two tracks. */
  readonly without?: ShareToGate['without'] | 'joint' | 'mirrored';
}

export interface SizesReport extends ShareReport {
  /** What is told beside the tracks gives away after the last round: then nothing is told. Null where the solver gave up. */
  readonly beside: number | null;
  readonly rounds: number;
}

/** Tracks whose orders are mostly small, or mostly large. */
const MIRRORED: readonly Track[] = ['distribution', 'wholesale'];
/** A combination has room for sixteen tracks. */
const SMALL = 1 << 16;
const SHARE = 'small-orders';
const TOLD: readonly PublicTrack[] = [
  ...TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] })),
  { key: SHARE, bit: SMALL, isPart: false },
];

/** `holdings`: of each owner, belt and combination of tracks what is of small orders, and the rest; `rows`: what is published of the month. */
export function gateSizes(
  highs: Highs,
  { without, ...asked }: SizesToGate,
  rows: readonly PublishedCell[],
  holdings: readonly Holding[],
): GatedShares<SizesReport> {
  const { belts, rules } = asked;
  const mirrored = rows.filter(
    ({ by, key, values }) => by === 'track' && values === null && MIRRORED.some((track) => track === key),
  );
  const withheld = new Set([
    ...asked.withheld,
    ...(without === 'mirrored' ? [] : mirrored.map(({ level, area }) => ofAll(level, area))),
    // Goods are in no answer: what is not told needs nothing withheld beside it.
    ...ownCategories(belts, holdings).map((area) => ofAll('category', area)),
  ]);
  const shown = new Set(
    rows.flatMap(({ level, area, by, key, values }) =>
      by === 'track' && values !== null ? [`${key}|${level}:${area}`] : [],
    ),
  );
  const weaker = without === 'joint' || without === 'mirrored' ? undefined : without;
  const ofAllOrders = summed(holdings);
  const { shares, report, breaches, rounds } = tellBeside(
    belts,
    withheld,
    (now) =>
      gateShares(highs, { ...asked, withheld: now, ...(weaker ? { without: weaker } : {}) }, ofAllOrders),
    without === 'joint'
      ? () => []
      : breachesOf(highs, {
          ...{ belts, rules, tracks: TOLD, holdings: bySize(holdings) },
          isTold: (track, area, told) => (track === SHARE ? told.has(area) : shown.has(`${track}|${area}`)),
        }),
  );
  return { shares, report: { ...report, beside: breaches, rounds } };
}

/** Of all combinations together. */
export function summed(holdings: readonly Holding[]): Holding[] {
  const sums = new Map<string, Holding & { readonly values: [number, number] }>();
  for (const { belt, side, owner, values } of holdings) {
    const key = `${side}|${belt}|${owner}`;
    const one = sums.get(key) ?? { ...{ belt, side, owner, combination: ALL_ORDERS }, values: [0, 0] };
    sums.set(key, one);
    one.values[0] += values[0] ?? 0;
    one.values[1] += values[1] ?? 0;
  }
  return [...sums.values()];
}

/** GMV alone, by the size of the order as if that were a track. */
const bySize = (holdings: readonly Holding[]): Holding[] =>
  holdings.flatMap((one) =>
    [one.combination | SMALL, one.combination].flatMap((combination, at) => {
      const cents = one.values[at] ?? 0;
      return cents > 0 ? [{ ...one, combination, values: [cents] }] : [];
    }),
  );
