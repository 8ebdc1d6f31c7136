/**
 * A quarter as its own page tells it, of what sums of months tell: figures of each owner, and medians of the group that each was in. A trend is made of these and of nothing else.
 * To trace the members of today's group back would tell past quarters a second time, of other owners, and what two editions differ by is an owner's (`trend-attacks.spec.ts`).
 */
import type { BenchmarkMeasure, BriefFigure, Flag, Reason } from '@beltline/contract';
import { unknown } from '../core/brief-figure.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { turns } from '../platform/turns.ts';
import { NO_FACTS, type OwnerFacts } from './owner-facts.ts';
import { ownFigure } from './own-figure.ts';
import { peerGroups } from './peer-groups.ts';
import { type ComparedQuarter, NOTHING_SOLD, toldAs, TREND_MEASURES } from './peer-measures.ts';
import { type BeltAbout, comparedOwners, ownersOf, type PeerRow } from './peer-quarter.ts';
import { standingOf } from './peer-standing.ts';

export const WITHHELD: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };

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
    private readonly medians: ReadonlyMap<BenchmarkMeasure, readonly (number | null)[]>,
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
    const [values, kindOf, medians] = [
      new Map<BenchmarkMeasure, Float64Array>(),
      new Map<BenchmarkMeasure, Uint8Array>(),
      new Map<BenchmarkMeasure, (number | null)[]>(),
    ];
    for (const measure of TREND_MEASURES) {
      await turns.next();
      const figures = owners.map(({ quarter }) => ownFigure(measure, quarter, minBase));
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
      medians.set(
        measure,
        groups.map(({ owners: members }) => standingOf(measure, members, rules).quartiles[1]),
      );
    }
    const none: ComparedQuarter = {
      now: NOTHING_SOLD,
      before: hasBase ? NOTHING_SOLD : null,
      facts: NO_FACTS,
    };
    const absent = new Map(TREND_MEASURES.map((measure) => [measure, ownFigure(measure, none, minBase)]));
    const said = [...kinds.values()].map(({ flag, reason }) => ({ flag, reason }));
    return new PastQuarter(at, values, kindOf, said, groupOf, medians, absent);
  }

  /** An owner's own. */
  value(owner: string, measure: BenchmarkMeasure): BriefFigure {
    const at = this.at.get(owner);
    if (at === undefined) return this.absent.get(measure) ?? unknown('no-data');
    const value = this.values.get(measure)?.[at] ?? NaN;
    const kind = this.kinds[this.kindOf.get(measure)?.[at] ?? NaN];
    return kind ? { value: Number.isNaN(value) ? null : value, ...kind } : unknown('no-data');
  }

  /** Of the group that an owner was in. */
  median(owner: string, measure: BenchmarkMeasure): BriefFigure {
    const group = this.groupOf[this.at.get(owner) ?? NaN] ?? -1;
    const median = this.medians.get(measure)?.[group] ?? null;
    return median === null ? WITHHELD : { value: toldAs(measure, median), flag: 'final', reason: null };
  }
}
