/** A quarter of a source: its owners, each in one peer group or in none, and what the members of each group are shown. */
import type { BenchmarkMeasure, Bilingual, PeerGroupAnswer } from '@beltline/contract';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { type RankedGroup, rankedGroup } from './composite-rank.ts';
import type { OwnerFacts } from './owner-facts.ts';
import { differencesOf, type PeerPool, poolsOf } from './peer-differences.ts';
import { turns } from '../platform/turns.ts';
import {
  type PeerGroup,
  peerGroups,
  type PeerOwner,
  type PeerPlace,
  type Size,
  SIZES,
} from './peer-groups.ts';
import { addUp, amountsOf, type ComparedQuarter, PROGRAMME_BITS, type QuarterSums } from './peer-measures.ts';
import { countBand, type HidesBeside, type MeasureStanding, standingsOf } from './peer-standing.ts';

/** What an owner's shops of one size in one belt sold, as the engine tells it. Money in hundredths. */
export interface PeerRow {
  readonly owner: string;
  readonly belt_id: string;
  readonly size: string;
  readonly gmv: number;
  readonly orders: number;
  readonly pieces: number;
  readonly refund: number;
  readonly gmv_before: number;
  readonly orders_before: number;
  readonly pieces_before: number;
  /** Of the five tracks, and of any of them. */
  readonly of_tracks: readonly number[];
  readonly of_tracks_before: readonly number[];
  readonly shops: number;
}

export interface BeltAbout extends PeerPlace {
  readonly name: Bilingual;
  readonly goods: Bilingual;
}

/** A group as all of its members see it. */
export interface ShownGroup {
  readonly about: PeerGroupAnswer;
  /** In the order of their ids. */
  readonly members: readonly string[];
  readonly standings: Readonly<Record<BenchmarkMeasure, MeasureStanding>>;
  /** Null where too little may be told for a rank. */
  readonly ranked: RankedGroup | null;
}

/** Where an owner stands; `group` null: in none, for the reason `noGroup`. */
export interface Placed {
  readonly shops: number;
  readonly facts: OwnerFacts;
  readonly group: number | null;
  /** Of owners who are in a group: which pool they are compared in; null: too few are like them. */
  readonly pool: number | null;
  readonly noGroup: 'too-small' | 'no-belt' | null;
}

export interface PeerQuarter {
  readonly groups: readonly ShownGroup[];
  readonly pools: readonly PeerPool[];
  /** Of whoever sold in the quarter. */
  readonly placed: ReadonlyMap<string, Placed>;
}

/** What is known of the source's owners in a quarter. */
export interface KnownQuarter extends PeerQuarter {
  /** In which belts each owner sold in the months of their trend, '' = none: where the rows of their own figures lie. */
  readonly beltsOf: ReadonlyMap<string, readonly string[]>;
}

interface QuarterOwner extends PeerOwner {
  readonly quarter: ComparedQuarter;
  readonly shops: number;
}

/** `factsOf`: what else is known of an owner. `hides`: what may be told beside earlier quarters. `hasBase`: the same quarter of the year before is whole. In turns, since a source has tens of thousands of owners. */
export async function groupedQuarter(
  source: string,
  rows: readonly PeerRow[],
  belts: readonly BeltAbout[],
  factsOf: (owner: string) => OwnerFacts,
  hasBase: boolean,
  { rules, hides }: { readonly rules: DisclosureRules; readonly hides: HidesBeside },
): Promise<PeerQuarter> {
  const owners = ownersOf(rows, factsOf, hasBase);
  await turns.next();
  const groups = peerGroups(owners, belts, rules);
  const groupOf = new Map(groups.flatMap(({ owners: own }, at) => own.map(({ owner }) => [owner, at])));
  const about = new Map(belts.map((belt) => [belt.beltId, belt]));
  const pools = poolsOf(owners, (belt) => {
    const { category, goods } = about.get(belt) ?? {};
    return category && goods ? { key: category, name: goods } : null;
  });
  const poolOf = new Map(pools.flatMap(({ keys }, at) => keys.map((key) => [key, at])));
  const placed = owners.map(({ owner, belt, shops, quarter: { facts } }): [string, Placed] => {
    const group = groupOf.get(owner) ?? null;
    const noGroup = about.has(belt) ? 'too-small' : 'no-belt';
    const pool = group === null ? null : (poolOf.get(about.get(belt)?.category ?? '') ?? null);
    return [owner, { shops, facts, group, pool, noGroup: group === null ? noGroup : null }];
  });
  const told: PeerPool[] = [];
  for (const pool of pools) told.push(await turns.finish(differencesOf(pool, source)));
  return {
    groups: await turns.map(groups, (group) => shown(group, about, rules, hides)),
    pools: told,
    placed: new Map(placed),
  };
}

interface Compared {
  readonly owner: string;
  readonly rows: readonly PeerRow[];
  readonly quarter: ComparedQuarter;
}

/** Whoever sold in the quarter or in the base, in the order of their ids: all of their shops as one. */
export function comparedOwners(
  rows: readonly PeerRow[],
  factsOf: (owner: string) => OwnerFacts,
  hasBase: boolean,
): Compared[] {
  const byOwner = new Map<string, PeerRow[]>();
  for (const row of rows) {
    const own = byOwner.get(row.owner);
    if (own) own.push(row);
    else byOwner.set(row.owner, [row]);
  }
  return [...byOwner]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([owner, own]) => {
      const before = hasBase ? addUp(own.map(beforeOf)) : null;
      return { owner, rows: own, quarter: { now: addUp(own.map(nowOf)), before, facts: factsOf(owner) } };
    });
}

/** Those who sold in the quarter, in the belt where they sold most, of the largest size that they have there. */
export function ownersOf(
  rows: readonly PeerRow[],
  factsOf: (owner: string) => OwnerFacts,
  hasBase: boolean,
): QuarterOwner[] {
  return comparedOwners(rows, factsOf, hasBase).flatMap(({ owner, rows: own, quarter }) => {
    if (quarter.now.gmv <= 0) return [];
    const belt = homeOf(own);
    const shops = own.reduce((sum, row) => sum + row.shops, 0);
    return [{ owner, belt, size: sizeOf(own, belt), amounts: amountsOf(quarter.now), quarter, shops }];
  });
}

const nowOf = ({ gmv, orders, pieces, refund, of_tracks: tracks }: PeerRow): QuarterSums => ({
  ...{ gmv, orders, pieces, refund },
  ofTracks: tracks.slice(0, PROGRAMME_BITS.length),
  ofProgramme: tracks[PROGRAMME_BITS.length] ?? 0,
});
/** Refunds of the year before are compared nowhere. */
const beforeOf = (row: PeerRow): QuarterSums => ({
  ...{ gmv: row.gmv_before, orders: row.orders_before, pieces: row.pieces_before, refund: 0 },
  ofTracks: row.of_tracks_before.slice(0, PROGRAMME_BITS.length),
  ofProgramme: row.of_tracks_before[PROGRAMME_BITS.length] ?? 0,
});

/** The belt with the largest value, the first by its id of those alike; '' where shops without a belt sold most. */
function homeOf(rows: readonly PeerRow[]): string {
  const of = new Map<string, number>();
  for (const { belt_id: belt, gmv } of rows) of.set(belt, (of.get(belt) ?? 0) + gmv);
  return [...of].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))[0]?.[0] ?? '';
}

const isSize = (size: string): size is Size => (SIZES as readonly string[]).includes(size);
function sizeOf(rows: readonly PeerRow[], belt: string): Size {
  const there = rows.filter((row) => row.belt_id === belt && row.shops > 0).map(({ size }) => size);
  return SIZES.findLast((size) => there.some((one) => (isSize(one) ? one : '') === size)) ?? '';
}

function shown(
  { level, belts, sizes, owners }: PeerGroup<QuarterOwner>,
  aboutOf: ReadonlyMap<string, BeltAbout>,
  rules: DisclosureRules,
  hides: HidesBeside,
): ShownGroup {
  const about = belts.flatMap((id) => aboutOf.get(id) ?? []);
  const [first] = about;
  const standings = standingsOf(owners, rules, hides);
  return {
    about: {
      level,
      province: level === 'nation' ? '' : (first?.province ?? ''),
      city: level === 'belt' || level === 'city' ? (first?.city ?? '') : '',
      goods: first?.goods ?? { zh: '', en: '' },
      sizes: sizes.map((size) => (size === '' ? 'unknown' : size)),
      belts: about.map(({ beltId, name }) => ({ beltId, name })),
      owners: countBand(owners.length),
      widened: [
        ...(sizes.length > 1 ? (['size'] as const) : []),
        ...(level === 'belt' ? [] : (['belts'] as const)),
      ],
    },
    members: owners.map(({ owner }) => owner),
    ...{ standings, ranked: rankedGroup(owners, standings) },
  };
}
