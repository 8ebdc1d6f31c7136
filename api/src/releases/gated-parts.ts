/**
 * The parts of a track's GMV through the gate and past the auditor (ADR 72): downstream channels of distribution, or destinations of cross-border orders. Each part that is shown is an equation with the
 * track and with the others, so an area is told every part of a step or none, by one pattern; only where the track is told; and tracks and all parts are audited as one table.
 */
import { DIVIDED_TRACK, type Partition, PARTITIONS, TRACK, TRACKS } from '@beltline/contract';
import type { Highs } from 'highs';
import type { PublicTrack } from '../disclosure-audit/unknowns.ts';
import type { Belt, Holding } from '../disclosure/holdings.ts';
import { areaOf, type Level, LEVELS } from '../disclosure/linked-table.ts';
import type { PublishedCell } from '../disclosure/publish.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import type { SuppressOptions } from '../disclosure/suppress.ts';
import { ALL_ORDERS, gateWhole, type ShareReport, STEPS } from './gated-share.ts';
import { breachesOf, ofAll, ownCategories, tellBeside } from './told-beside.ts';

/** Into what a track is divided: the parts that are named, the nation's largest first, and whether there is anything besides. */
export interface PartsNamed {
  readonly named: readonly string[];
  readonly hasOthers: boolean;
}

export interface PartsToGate extends PartsNamed {
  readonly partition: Partition;
  readonly belts: readonly Belt[];
  readonly rules: DisclosureRules;
  /** Names of cells of which the neighbouring month told no parts. */
  readonly before: readonly string[];
  /**
   * How many parts are named at each step, all of them at the last. A step divides what the one before left over, where that was told: so an area that is not told all of them may be told the first.
   */
  readonly steps: readonly number[];
  /** What is told already of parts of another track. */
  readonly beside?: ToldParts | undefined;
  /** For the attacks of specs alone: a gate with a defence switched off; `joint`: tracks beside parts; `mirrored`: withheld with the track. */
  readonly without?: SuppressOptions['without'] | 'joint' | 'mirrored';
}

/** Kept beside the release, and in no answer. */
export interface StepReport extends ShareReport {
  /** What is told beside the tracks gives away after the last round: then nothing is told. Null where the solver gave up. */
  readonly beside: number | null;
  readonly rounds: number;
}

/** Parts as tracks of their own, and of which areas each is told. */
export interface ToldParts {
  readonly tracks: readonly PublicTrack[];
  readonly areas: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface GatedParts {
  /**
   * By `level:area`, a share a part that is told, in the order of the parts, the last being all that is left over, where there is anything; each rounded for itself. Null: withheld. Where the track has no
   * orders, there is nothing.
   */
  readonly shares: ReadonlyMap<string, readonly number[] | null>;
  readonly told: ToldParts;
  readonly report: readonly StepReport[];
}

/** A combination has room for sixteen tracks; then for so many parts of each partition. */
const TRACK_BITS = 16;
const MOST_PARTS = 7;
const firstBitOf = (partition: Partition): number => TRACK_BITS + MOST_PARTS * PARTITIONS.indexOf(partition);

/** What a combination has besides, of lines of a part. */
export const partBit = (partition: Partition, part: number): number => 1 << (firstBitOf(partition) + part);
const bitsOf = (partition: Partition, first: number, end: number): number =>
  partBit(partition, end) - partBit(partition, first);

const TRACKS_TOLD: readonly PublicTrack[] = TRACKS.map((key) => ({
  ...{ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] },
}));

/**
 * `rows`: what is published of the month; `month`: who held what in it, GMV first; `held`: of each owner, belt and combination of a divided track what is of each part (`partBit`), GMV alone.
 * @throws RangeError where there are more parts than there is room for
 */
export function gateParts(
  highs: Highs,
  asked: PartsToGate,
  rows: readonly PublishedCell[],
  month: readonly Holding[],
  held: readonly Holding[],
): GatedParts {
  const { partition, belts, rules, before, named, hasOthers, steps, without } = asked;
  const parts = named.length + Number(hasOthers);
  if (parts > MOST_PARTS) throw new RangeError(`${parts} parts of ${DIVIDED_TRACK[partition]}`);
  const weaker = without === 'joint' || without === 'mirrored' ? undefined : without;
  const gate = { belts, rules, before, ...(weaker ? { without: weaker } : {}) };
  const owned = new Owned(asked, held, parts);
  const joint = jointHoldings(asked, month, held);
  const told: ReadonlySet<string>[] = [];
  const report: StepReport[] = [];
  for (const [first, end] of stepsOf(steps, parts)) {
    const pieces = owned.pieces(first, end);
    const step = tellBeside<readonly number[]>(
      belts,
      withheldAt(asked, rows, held, told.at(-1)),
      (withheld) => gateWhole(highs, { ...gate, withheld }, pieces.holdings, pieces.parts),
      without === 'joint'
        ? () => []
        : breachesOf(highs, {
            ...{ belts, rules, holdings: joint },
            ...besideAt(asked, { first, end, parts, rows, before: told.at(-1) }),
          }),
    );
    const names = [...step.shares].flatMap(([name, shares]) => (shares === null ? [] : [name]));
    told.push(new Set(names));
    report.push({ ...step.report, beside: step.breaches, rounds: step.rounds });
    if (names.length === 0) break;
  }
  const ends = stepsOf(steps, parts).map(([, end]) => end);
  return { shares: owned.shares(told, ends), told: toldParts(partition, told, ends, parts), report };
}

/** From which part to which each step goes; the last one names all. One part alone is the whole. */
function stepsOf(steps: readonly number[], parts: number): (readonly [first: number, end: number])[] {
  const ends = [...new Set(steps.map((step) => Math.min(step, parts)))];
  return ends.flatMap((end, at) => {
    const first = ends[at - 1] ?? 0;
    return parts - first < 2 ? [] : [[first, end] as const];
  });
}

/** Where the track is withheld, or was not told what is divided now; goods are in no answer, so that nothing needs to be withheld beside them. */
function withheldAt(
  { partition, belts, without }: PartsToGate,
  rows: readonly PublishedCell[],
  held: readonly Holding[],
  told: ReadonlySet<string> | undefined,
): Set<string> {
  const isMirrored = without !== 'mirrored';
  const names = rows.flatMap(({ level, area, by, key, values }) => {
    if (by !== 'track' || key !== DIVIDED_TRACK[partition]) return [];
    const isDivided = told === undefined || told.has(`${level}:${area}`);
    return (isMirrored && values === null) || !isDivided ? [ofAll(level, area)] : [];
  });
  return new Set([...names, ...ownCategories(belts, held).map((area) => ofAll('category', area))]);
}

interface StepAsked {
  readonly first: number;
  readonly end: number;
  readonly parts: number;
  readonly rows: readonly PublishedCell[];
  /** The areas that were told of the step before, and so of all before that. */
  readonly before: ReadonlySet<string> | undefined;
}

/** What is told beside a step: tracks, the parts of the steps before, and those of other tracks. */
function besideAt(
  { partition, beside = { tracks: [], areas: new Map() } }: PartsToGate,
  { first, end, parts, rows, before }: StepAsked,
) {
  const shown = new Set(
    rows.flatMap(({ level, area, by, key, values }) =>
      by === 'track' && values !== null ? [`${key}|${level}:${area}`] : [],
    ),
  );
  const own = partTracks(partition, 0, end, parts);
  const former = new Set(own.slice(0, first).map(({ key }) => key));
  const now = new Set(own.slice(first).map(({ key }) => key));
  return {
    tracks: [...TRACKS_TOLD, ...beside.tracks, ...own],
    isTold: (key: string, area: string, told: ReadonlySet<string>): boolean => {
      if (now.has(key)) return told.has(area);
      if (former.has(key)) return before?.has(area) ?? false;
      return beside.areas.get(key)?.has(area) ?? shown.has(`${key}|${area}`);
    },
  };
}

/** Parts up to one, and what is left over. */
function partTracks(partition: Partition, first: number, end: number, parts: number): PublicTrack[] {
  const named = Array.from({ length: end - first }, (_, at) => ({
    ...{ key: `${partition} ${first + at}`, bit: partBit(partition, first + at), isPart: false },
  }));
  if (end === parts) return named;
  return [...named, { key: `${partition} from ${end}`, bit: bitsOf(partition, end, parts), isPart: false }];
}

function toldParts(
  partition: Partition,
  told: readonly ReadonlySet<string>[],
  ends: readonly number[],
  parts: number,
): ToldParts {
  const all = told.flatMap((areas, step) =>
    partTracks(partition, ends[step - 1] ?? 0, ends[step] ?? parts, parts).map((track) => ({ track, areas })),
  );
  return {
    tracks: all.map(({ track }) => track),
    areas: new Map(all.map(({ track, areas }) => [track.key, areas])),
  };
}

/** GMV alone. What is of no divided track has no parts; parts of a track of which none is told are no unknowns. */
function jointHoldings(
  { partition, beside }: PartsToGate,
  month: readonly Holding[],
  held: readonly Holding[],
): Holding[] {
  const divided = PARTITIONS.reduce((bits, one) => bits | TRACK[DIVIDED_TRACK[one]].bit, 0);
  const tracks = (1 << TRACK_BITS) - 1;
  const told = (beside?.tracks ?? []).reduce((bits, { bit }) => bits | bit, 0);
  const known = tracks | bitsOf(partition, 0, MOST_PARTS) | told;
  return [
    ...month.flatMap((one) =>
      (one.combination & divided) === 0 ? [{ ...one, values: [one.values[0] ?? 0] }] : [],
    ),
    ...held.map((one) => ({ ...one, combination: one.combination & known })),
  ];
}

type OfOwner = Omit<Holding, 'values'> & { readonly values: number[] };
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** What each owner has of each part, all combinations of the track together. */
class Owned {
  private readonly belts: readonly Belt[];
  private readonly owners: readonly OfOwner[];

  constructor(
    { partition, belts }: PartsToGate,
    held: readonly Holding[],
    private readonly parts: number,
  ) {
    this.belts = belts;
    const owners = new Map<string, OfOwner>();
    for (const { belt, side, owner, combination, values } of held) {
      const part = Math.log2(combination & bitsOf(partition, 0, MOST_PARTS)) - firstBitOf(partition);
      if (part < 0) continue;
      const key = `${side}|${belt}|${owner}`;
      const none = { belt, side, owner, combination: ALL_ORDERS, values: Array<number>(parts).fill(0) };
      const one = owners.get(key) ?? none;
      owners.set(key, one);
      one.values[part] = (one.values[part] ?? 0) + (values[0] ?? 0);
    }
    this.owners = [...owners.values()];
  }

  /** From a part on: each up to another one, then what is left over; each with the rest, which of two is the other one. */
  pieces(first: number, end: number): { readonly holdings: Holding[]; readonly parts: number } {
    const count = end - first + Number(end < this.parts);
    return {
      parts: count === 2 ? 1 : count,
      holdings: this.owners.flatMap((one) => {
        const left = end < this.parts ? [sum(one.values.slice(end))] : [];
        const own = [...one.values.slice(first, end), ...left];
        const whole = sum(own);
        if (whole <= 0) return [];
        return [{ ...one, values: count === 2 ? own : own.flatMap((part) => [part, whole - part]) }];
      }),
    };
  }

  /** By area, of the track: what it is told at the last of the steps that it was told. */
  shares(
    told: readonly ReadonlySet<string>[],
    ends: readonly number[],
  ): Map<string, readonly number[] | null> {
    const found = new Map<string, readonly number[] | null>();
    for (const level of LEVELS)
      for (const [area, sums] of this.sums(level)) {
        const name = `${level}:${area}`;
        const end = ends[told.findLastIndex((names) => names.has(name))];
        found.set(name, end === undefined ? null : sharesUpTo(end, sums));
      }
    return found;
  }

  private sums(level: Level): Map<string, number[]> {
    const areas = new Map(this.belts.map((belt) => [belt.id, areaOf(belt, level)]));
    const sums = new Map<string, number[]>();
    for (const { belt, side, values } of this.owners) {
      if (side !== 'seller') continue;
      const area = areas.get(belt) ?? '';
      const own = sums.get(area) ?? values.map(() => 0);
      sums.set(area, own);
      values.forEach((value, part) => (own[part] = (own[part] ?? 0) + value));
    }
    return sums;
  }
}

function sharesUpTo(end: number, sums: readonly number[]): number[] {
  const [whole, left] = [sum(sums), sums.slice(end)];
  const told = [...sums.slice(0, end), ...(left.length > 0 ? [sum(left)] : [])];
  return told.map((part) => Math.round((STEPS * part) / whole) / STEPS);
}
