/**
 * A quarter as its own page tells it: figures of each owner, and medians of the group that each was in. A trend is made of these and of nothing else.
 * To trace the members of today's group back would tell past quarters a second time, of other owners, and what two editions differ by is an owner's (`trend-attacks.trials.spec.ts`).
 */
import {
  type BenchmarkMeasure,
  BENCHMARK_MEASURES,
  type BriefFigure,
  type Flag,
  type Reason,
} from '@beltline/contract';
import { unknown } from '../core/brief-figure.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { turns } from '../platform/turns.ts';
import { NO_FACTS, type OwnerFacts } from './owner-facts.ts';
import { ownFigure } from './own-figure.ts';
import { peerGroups } from './peer-groups.ts';
import { type ComparedQuarter, isShare, NOTHING_SOLD, toldAs } from './peer-measures.ts';
import { type BeltAbout, comparedOwners, ownersOf, type PeerRow } from './peer-quarter.ts';
import { type HidesBeside, meanOf, meansOf } from './peer-standing.ts';
import { hidesDifference, type InMean, type Means } from './told-over-time.ts';

export const WITHHELD: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };

/** Means by columns: of each group three, each so many members; their places among the owners and their values one after the other. */
interface PackedMeans {
  /** -1 of a mean that is not told; all three where nothing may be told of the group, which `isNone` tells. */
  readonly lengths: Int16Array;
  readonly isNone: Uint8Array;
  readonly members: Int32Array;
  readonly values: Float64Array;
}

/** A quarter as it is kept: columns, which take no time to write and to read. */
export interface PackedQuarter {
  readonly owners: readonly string[];
  readonly values: ReadonlyMap<BenchmarkMeasure, Float64Array>;
  readonly kindOf: ReadonlyMap<BenchmarkMeasure, Uint8Array>;
  readonly kinds: readonly { readonly flag: Flag; readonly reason: Reason | null }[];
  readonly groupOf: Int32Array;
  readonly means: ReadonlyMap<BenchmarkMeasure, PackedMeans>;
  readonly absent: ReadonlyMap<BenchmarkMeasure, BriefFigure>;
}

/** Of tens of thousands of owners by columns, of which objects would be ten times as large. */
export class PastQuarter {
  private constructor(
    private readonly at: ReadonlyMap<string, number>,
    /** By measure, one owner after the other; NaN where there is none. */
    private readonly values: ReadonlyMap<BenchmarkMeasure, Float64Array>,
    /** Places in `kinds`. */
    private readonly kindOf: ReadonlyMap<BenchmarkMeasure, Uint8Array>,
    private readonly kinds: readonly { readonly flag: Flag; readonly reason: Reason | null }[],
    /** Of an owner; -1 where they were in none. */
    private readonly groupOf: Int32Array,
    /** Of each group, whose values its quartiles are the means of, as they would be told were there no other quarters. */
    private readonly means: ReadonlyMap<BenchmarkMeasure, readonly (Means | null)[]>,
    /** Of who sold nothing, neither now nor in the base. */
    private readonly absent: ReadonlyMap<BenchmarkMeasure, BriefFigure>,
  ) {}

  static async of(
    rows: readonly PeerRow[],
    belts: readonly BeltAbout[],
    factsOf: (owner: string) => OwnerFacts,
    hasBase: boolean,
    { rules, minBase }: { readonly rules: DisclosureRules; readonly minBase: number },
  ): Promise<PastQuarter> {
    const groups = peerGroups(ownersOf(rows, factsOf, hasBase), belts, rules);
    await turns.next();
    const owners = comparedOwners(rows, factsOf, hasBase);
    const at = new Map(owners.map(({ owner }, place) => [owner, place]));
    const groupOf = new Int32Array(owners.length).fill(-1);
    groups.forEach(({ owners: own }, group) =>
      own.forEach(({ owner }) => (groupOf[at.get(owner) ?? NaN] = group)),
    );
    const kinds = new Map<string, { place: number; flag: Flag; reason: Reason | null }>();
    const [values, kindOf, means] = [
      new Map<BenchmarkMeasure, Float64Array>(),
      new Map<BenchmarkMeasure, Uint8Array>(),
      new Map<BenchmarkMeasure, (Means | null)[]>(),
    ];
    for (const measure of BENCHMARK_MEASURES) {
      await turns.next();
      const figures = owners.map(({ quarter }) => ownFigure(measure, asOnPage(quarter), minBase));
      values.set(
        measure,
        Float64Array.from(figures, ({ value }) => value ?? NaN),
      );
      kindOf.set(
        measure,
        Uint8Array.from(figures, ({ flag, reason }) => {
          const kind = kinds.get(`${flag} ${reason}`) ?? { place: kinds.size, flag, reason };
          kinds.set(`${flag} ${reason}`, kind);
          return kind.place;
        }),
      );
      means.set(
        measure,
        groups.map(({ owners: members }) => meansOf(measure, members, rules)),
      );
    }
    const none: ComparedQuarter = {
      now: NOTHING_SOLD,
      before: hasBase ? NOTHING_SOLD : null,
      facts: NO_FACTS,
    };
    const absent = new Map(BENCHMARK_MEASURES.map((measure) => [measure, ownFigure(measure, none, minBase)]));
    const said = [...kinds.values()].map(({ flag, reason }) => ({ flag, reason }));
    return new PastQuarter(at, values, kindOf, said, groupOf, means, absent);
  }

  /** What was packed of a quarter. */
  static from({ owners, values, kindOf, kinds, groupOf, means, absent }: PackedQuarter): PastQuarter {
    const at = new Map(owners.map((owner, place) => [owner, place]));
    const told = new Map([...means].map(([measure, ofGroups]) => [measure, unpackedMeans(ofGroups, owners)]));
    return new PastQuarter(at, values, kindOf, kinds, groupOf, told, absent);
  }

  packed(): PackedQuarter {
    const { at, values, kindOf, kinds, groupOf, means, absent } = this;
    return {
      ...{ owners: [...at.keys()], values, kindOf, kinds, groupOf, absent },
      means: new Map([...means].map(([measure, ofGroups]) => [measure, packedMeans(ofGroups, at)])),
    };
  }

  /** An owner's own. */
  value(owner: string, measure: BenchmarkMeasure): BriefFigure {
    const at = this.at.get(owner);
    if (at === undefined) return this.absent.get(measure) ?? unknown('no-data');
    const value = this.values.get(measure)?.[at] ?? NaN;
    const kind = this.kinds[this.kindOf.get(measure)?.[at] ?? NaN];
    return kind ? { value: Number.isNaN(value) ? null : value, ...kind } : unknown('no-data');
  }

  /** Of the group that an owner was in, as its page tells it beside the quarters before. */
  median(owner: string, measure: BenchmarkMeasure, hides: HidesBeside): BriefFigure {
    const group = this.groupOf[this.at.get(owner) ?? NaN] ?? -1;
    const mean = this.means.get(measure)?.[group]?.[MEDIAN] ?? null;
    if (mean === null || !hides(measure, mean)) return WITHHELD;
    return { value: toldAs(measure, meanOf(mean)), flag: 'final', reason: null };
  }

  /** All means of a measure that may have one of these owners in them. */
  meansAbout(measure: BenchmarkMeasure, owners: readonly InMean[]): readonly (readonly InMean[])[] {
    const groups = owners.map(({ owner }) => this.groupOf[this.at.get(owner) ?? NaN] ?? -1);
    const means = this.means.get(measure) ?? [];
    return groups
      .filter((group, at) => group >= 0 && groups.indexOf(group) === at)
      .flatMap((group) => (means[group] ?? []).filter((mean) => mean !== null));
  }
}

const MEDIAN = 1;
const QUARTILES = 3;
const NOT_TOLD = -1;

function packedMeans(ofGroups: readonly (Means | null)[], at: ReadonlyMap<string, number>): PackedMeans {
  const told = ofGroups.flatMap((means) =>
    Array.from({ length: QUARTILES }, (_, one) => means?.[one] ?? null),
  );
  const inOrder = told.flatMap((mean) => mean ?? []);
  return {
    lengths: Int16Array.from(told, (mean) => mean?.length ?? NOT_TOLD),
    isNone: Uint8Array.from(ofGroups, (means) => (means === null ? 1 : 0)),
    members: Int32Array.from(inOrder, ({ owner }) => at.get(owner) ?? NaN),
    values: Float64Array.from(inOrder, ({ value }) => value),
  };
}

function unpackedMeans(
  { lengths, isNone, members, values }: PackedMeans,
  owners: readonly string[],
): (Means | null)[] {
  let next = 0;
  const told = Array.from(lengths, (length) =>
    length === NOT_TOLD
      ? null
      : Array.from({ length }, () => {
          const [member, value] = [members[next] ?? NaN, values[next] ?? NaN];
          next += 1;
          return { owner: owners[member] ?? '', value };
        }),
  );
  return Array.from(isNone, (none, group) =>
    none ? null : told.slice(group * QUARTILES, (group + 1) * QUARTILES),
  );
}

/** A page of who sold nothing tells what sums of the quarter and its base come to, and no more. */
const asOnPage = (quarter: ComparedQuarter): ComparedQuarter =>
  quarter.now.gmv > 0 ? quarter : { ...quarter, facts: NO_FACTS };

/** Quarters before one that its means are told beside: a year of them. Business that is the same after a longer time is not expected. */
export const TOLD_BESIDE = 4;

/** What is told of a quarter hides its members also from who subtracts what one of these quarters before it tells. Asked once of each mean: all members of a group ask for the same. */
export function hidesBeside(before: readonly PastQuarter[], rules: DisclosureRules): HidesBeside {
  const known = new WeakMap<readonly InMean[], boolean>();
  return (measure, mean) => {
    const told = known.get(mean);
    if (told !== undefined) return told;
    const hides = before.every((past) =>
      past
        .meansAbout(measure, mean)
        .every((earlier) => hidesDifference(earlier, mean, rules, isShare(measure))),
    );
    known.set(mean, hides);
    return hides;
  };
}
