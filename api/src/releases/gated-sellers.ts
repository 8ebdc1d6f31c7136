/**
 * The share of the largest sellers in GMV through the gate and past the auditor (ADR 75). Who they are is the same in every area, and others can see it of many: so it is audited as if everybody knew it, beside
 * the tracks, beside the shares that are of the same GMV, and beside GMV itself where that is known of every area.
 */
import { TRACK, TRACKS } from '@beltline/contract';
import type { Highs } from 'highs';
import type { PublicTrack } from '../disclosure-audit/unknowns.ts';
import type { Holding } from '../disclosure/holdings.ts';
import type { PublishedCell } from '../disclosure/publish.ts';
import { type GatedShares, gateShares, type ShareReport, type ShareToGate } from './gated-share.ts';
import { summed } from './gated-sizes.ts';
import {
  type Beside,
  type BreachesBeside,
  breachesOf,
  ofAll,
  ownCategories,
  tellBeside,
} from './told-beside.ts';

export interface SellersToGate extends Omit<ShareToGate, 'without'> {
  /** Areas of which other shares of GMV are told, as `level:area`. */
  readonly told: Readonly<Record<'newcomers' | 'small-orders', ReadonlySet<string>>>;
  /** For the attacks of specs alone: a gate with a defence switched off; `joint`: what is told beside the share. */
  readonly without?: ShareToGate['without'] | 'joint';
}

export interface SellersReport extends ShareReport {
  /** What is told beside the share gives away after the last round: then nothing is told. Null where the solver gave up. */
  readonly beside: number | null;
  readonly rounds: number;
}

/** Beside the bits of tracks, for which a combination has room for sixteen. */
export const SMALL = 1 << 16;
export const NEW = 1 << 17;
const LARGEST = 1 << 18;
/** Of every order, so that those of the other sellers are told apart from none. */
const SOLD = 1 << 19;
const SHARE = 'largest-sellers';
const SHARE_TRACK: PublicTrack = { key: SHARE, bit: LARGEST, isPart: false };
const ALL: PublicTrack = { key: 'all', bit: 0, isPart: false };

/** `holdings`: of each owner, belt and combination of tracks, size and newcomers what is of the largest sellers, and the rest; `rows`: what is published of the month. */
export function gateSellers(
  highs: Highs,
  { without, told, ...asked }: SellersToGate,
  rows: readonly PublishedCell[],
  holdings: readonly Holding[],
): GatedShares<SellersReport> {
  const { belts, rules } = asked;
  const withheld = new Set([
    ...asked.withheld,
    // Goods are in no answer: what is not told needs nothing withheld beside it.
    ...ownCategories(belts, holdings).map((area) => ofAll('category', area)),
  ]);
  const weaker = without === 'joint' ? undefined : without;
  const ofAllOrders = summed(holdings);
  const beside =
    without === 'joint'
      ? []
      : tablesBeside(asked, told, rows, holdings).map((table) => breachesOf(highs, table));
  const { shares, report, breaches, rounds } = tellBeside(
    belts,
    withheld,
    (now) =>
      gateShares(
        highs,
        { ...asked, belts, rules, withheld: now, ...(weaker ? { without: weaker } : {}) },
        ofAllOrders,
      ),
    together(beside),
  );
  return { shares, report: { ...report, beside: breaches, rounds } };
}

/** Null where the solver gave up on any. */
const together =
  (tables: readonly BreachesBeside[]): BreachesBeside =>
  (told) => {
    const found = tables.map((breachesBeside) => breachesBeside(told));
    return found.some((one) => one === null) ? null : found.flatMap((one) => one ?? []);
  };

/** The tables that the share is a part of, each with what is told of it. In each everybody knows which cells are empty, and so where there are largest sellers, and others. */
export function tablesBeside(
  { belts, rules }: Pick<SellersToGate, 'belts' | 'rules'>,
  told: SellersToGate['told'],
  rows: readonly PublishedCell[],
  holdings: readonly Holding[],
): Beside[] {
  const shown = new Set(
    rows.flatMap(({ level, area, by, key, values }) =>
      by === 'track' && values !== null ? [`${key}|${level}:${area}`] : [],
    ),
  );
  const { newcomers, 'small-orders': small } = told;
  const of = { belts, rules };
  return [
    {
      ...{ ...of, holdings: bySeller(holdings, SMALL - 1) },
      tracks: [
        ...TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] })),
        SHARE_TRACK,
      ],
      isTold: (track, area, share) => (track === SHARE ? share.has(area) : shown.has(`${track}|${area}`)),
    },
    {
      ...{ ...of, holdings: bySeller(holdings, SMALL | NEW) },
      tracks: [
        ...[ALL, SHARE_TRACK],
        { key: 'newcomers', bit: NEW, isPart: false },
        { key: 'small-orders', bit: SMALL, isPart: false },
      ],
      isTold: (track, area, share) =>
        track === 'all'
          ? shown.has(`all|${area}`)
          : (track === SHARE ? share : track === 'newcomers' ? newcomers : small).has(area),
    },
    {
      ...{ ...of, holdings: bySeller(holdings, 0), tracks: [ALL, SHARE_TRACK] },
      isTold: (track, area, share) => track === 'all' || share.has(area),
    },
  ];
}

/** GMV alone, by who sold it as if that were a track; of all else `kept` bits are told apart. */
const bySeller = (holdings: readonly Holding[], kept: number): Holding[] => {
  const sums = new Map<string, Holding & { readonly values: [number] }>();
  for (const { belt, side, owner, combination, values } of holdings)
    for (const [at, of] of [LARGEST, 0].entries()) {
      const cents = values[at] ?? 0;
      if (cents <= 0) continue;
      const bits = SOLD | (combination & kept) | of;
      const key = `${side}|${belt}|${bits}|${owner}`;
      const one = sums.get(key) ?? { ...{ belt, side, owner, combination: bits }, values: [0] };
      sums.set(key, one);
      one.values[0] += cents;
    }
  return [...sums.values()];
};

/** The other sellers as the part: a part of GMV is a floor of it, and so is what it leaves; the smaller of both says less. */
export const othersAsPart = (holdings: readonly Holding[]): Holding[] =>
  holdings.map((one) => ({ ...one, values: [one.values[1] ?? 0, one.values[0] ?? 0] }));
