/** Into what the tracks of a month are divided, as it is told of each area: one partition after the other, each beside those before it. */
import { OTHER_PARTS, type Partition, PARTITIONS } from '@beltline/contract';
import type { Highs } from 'highs';
import type { Belt, Holding } from '../disclosure/holdings.ts';
import type { PublishedCell } from '../disclosure/publish.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import type { SuppressOptions } from '../disclosure/suppress.ts';
import {
  type GatedParts,
  gateParts,
  type PartsNamed,
  type StepReport,
  type ToldParts,
} from './gated-parts.ts';

/** What a track of an area is made of: each part that is told, and its share. Null: withheld. Where the track has no orders, there is none. */
export interface GatedPartition {
  readonly partition: Partition;
  readonly parts: readonly (readonly [part: string, share: number])[] | null;
}

export interface PartitionsToGate {
  readonly belts: readonly Belt[];
  readonly rules: DisclosureRules;
  readonly named: Readonly<Record<Partition, PartsNamed>>;
  /** Names of cells of which the neighbouring month told no parts. */
  readonly before: Partial<Readonly<Record<Partition, readonly string[]>>>;
  /** For the attacks of specs alone. */
  readonly without?: SuppressOptions['without'] | undefined;
}

export type PartitionsReport = Partial<Record<Partition, readonly StepReport[]>>;

export interface GatedPartitions {
  readonly report: PartitionsReport;
  /** Of an area, by `level:area`. */
  in(name: string): GatedPartition[];
}

/** The largest part, then two more, then all that are named: each step is told of a half to three quarters of the belts that the one before is told of (ADR 72). */
const FIRST_STEPS = [1, 3];
const stepsOf = ({ named }: PartsNamed): number[] => [
  ...FIRST_STEPS.filter((step) => step < named.length),
  named.length,
];

/** Of one part alone, and of parts without a name, there is nothing to tell. */
export const dividedBy = (named: PartitionsToGate['named']): readonly Partition[] =>
  PARTITIONS.filter((partition) => named[partition].named.length + Number(named[partition].hasOthers) > 1);

/** `held`: as of `gateParts`, lines of all divided tracks. */
export function gatePartitions(
  highs: Highs,
  { belts, rules, named, before, without }: PartitionsToGate,
  rows: readonly PublishedCell[],
  month: readonly Holding[],
  held: readonly Holding[],
): GatedPartitions {
  const gated = new Map<Partition, GatedParts>();
  let beside: ToldParts | undefined;
  for (const partition of dividedBy(named)) {
    const divided = { partition, ...named[partition], steps: stepsOf(named[partition]) };
    const asked = { belts, rules, before: before[partition] ?? [], beside, ...(without ? { without } : {}) };
    const one = gateParts(highs, { ...asked, ...divided }, rows, month, held);
    gated.set(partition, one);
    beside = {
      tracks: [...(beside?.tracks ?? []), ...one.told.tracks],
      areas: new Map([...(beside?.areas ?? []), ...one.told.areas]),
    };
  }
  return {
    report: Object.fromEntries([...gated].map(([partition, { report }]) => [partition, report])),
    in: (name) =>
      [...gated].flatMap(([partition, { shares }]): GatedPartition[] => {
        const told = shares.get(name);
        if (told === undefined) return [];
        return [{ partition, parts: told && partsNamed(told, named[partition]) }];
      }),
  };
}

/** What is left over is the last, where not every part is told or there are others besides. */
function partsNamed(
  told: readonly number[],
  { named, hasOthers }: PartsNamed,
): NonNullable<GatedPartition['parts']> {
  const isLeft = hasOthers || told.length < named.length;
  return told.map((share, at) => {
    const part = isLeft && at === told.length - 1 ? OTHER_PARTS : named[at];
    return [part ?? OTHER_PARTS, share] as const;
  });
}
