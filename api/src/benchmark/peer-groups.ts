/**
 * Who is compared with whom: every owner of a source is in one peer group at most, and no two groups have an owner in common, so that nothing
 * follows from two of them together. A group is as narrow as the rules allow: the owners of one size in one belt; else of neighbouring sizes
 * there; else of several belts with the same goods in one city, one province, or nationwide.
 */
import { type DisclosureRules, isPeerGroupSafe, isUndominated } from '../disclosure/rules.ts';

/** Sizes of merchants from the smallest up, as sources give them; '' is not known. */
export const SIZES = ['', 'micro', 'small', 'medium', 'large'] as const;
export type Size = (typeof SIZES)[number];

/** A legal owner with all of their shops: what counts as one. */
export interface PeerOwner {
  readonly owner: string;
  /** The belt in which they sold most; '' = none. */
  readonly belt: string;
  readonly size: Size;
  /** What nobody may be dominant in, the same amounts of each owner, none below 0. */
  readonly amounts: readonly number[];
}

/** Where a belt lies, and with which goods; '' is not known, and then nothing is pooled by it. */
export interface PeerPlace {
  readonly beltId: string;
  readonly category: string;
  readonly province: string;
  readonly city: string;
}

/** How far the belts of a group lie apart. */
export const PEER_LEVELS = ['belt', 'city', 'province', 'nation'] as const;
export type PeerLevel = (typeof PEER_LEVELS)[number];

export interface PeerGroup<Owner extends PeerOwner = PeerOwner> {
  readonly level: PeerLevel;
  /** In the order of their ids. */
  readonly belts: readonly string[];
  /** Neighbouring ones, from the smallest up; several where one alone could not be shown. */
  readonly sizes: readonly Size[];
  /** In the order of their ids. */
  readonly owners: readonly Owner[];
}

/** Belts that are taken together, and their groups by size. */
interface Unit<Owner extends PeerOwner> {
  readonly level: PeerLevel;
  readonly belts: readonly PeerPlace[];
  readonly owners: readonly Owner[];
  readonly runs: readonly SizeRun<Owner>[];
}
interface SizeRun<Owner extends PeerOwner> {
  readonly sizes: readonly Size[];
  readonly owners: readonly Owner[];
}

/** Whether owners may be shown each other's group: enough others for each of them, and none who is dominant in an amount. */
export function canStand(owners: readonly PeerOwner[], rules: DisclosureRules): boolean {
  if (!isPeerGroupSafe(owners.length - 1, rules)) return false;
  const amounts = owners[0]?.amounts ?? [];
  return amounts.every((_, at) =>
    isUndominated(
      owners.map((one) => one.amounts[at] ?? 0),
      rules,
    ),
  );
}

/** The groups of a source. Owners who are in none are too few, or one among them too large, even nationwide; or have no belt. */
export function peerGroups<Owner extends PeerOwner>(
  owners: readonly Owner[],
  places: readonly PeerPlace[],
  rules: DisclosureRules,
): PeerGroup<Owner>[] {
  const placeOf = new Map(places.map((place) => [place.beltId, place]));
  const inOrder = [...owners].sort((a, b) => (a.owner < b.owner ? -1 : 1));
  const byBelt = grouped(
    inOrder.filter(({ belt }) => placeOf.has(belt)),
    ({ belt }) => belt,
  );
  const units = [...byBelt]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([belt, own]) => unitOf('belt', [placeOf.get(belt) as PeerPlace], own, rules));
  const byCategory = grouped(units, ({ belts }) => belts[0]?.category ?? '');
  return [...byCategory].flatMap(([category, own]) =>
    (category === '' ? own : widened(own, rules)).flatMap(groupsOf),
  );
}

/** Belts of the same goods: those that cannot stand are taken together, with others if need be, in ever wider places. */
function widened<Owner extends PeerOwner>(belts: readonly Unit<Owner>[], rules: DisclosureRules) {
  let units = belts;
  for (const level of PEER_LEVELS.slice(1)) {
    const byPlace = grouped(units, (unit) => placeKey(level, unit));
    units = [...byPlace].flatMap(([key, own]) => (key === '' ? own : pooled(level, own, rules)));
  }
  return units;
}

/** Whether a unit has groups that may be shown. */
const stands = ({ runs }: Unit<PeerOwner>): boolean => runs.length > 0;

/**
 * Units of one place: those that cannot stand become one, which draws in others, that of the fewest owners first, until it can. Where it cannot even so, all
 * stay as they were. So no group lies within another, and of those who could stand only the few who are drawn in get a wider one.
 */
function pooled<Owner extends PeerOwner>(
  level: PeerLevel,
  units: readonly Unit<Owner>[],
  rules: DisclosureRules,
): readonly Unit<Owner>[] {
  const left = units.filter((unit) => !stands(unit));
  if (left.length === 0) return units;
  const others = units
    .filter(stands)
    .sort((a, b) => a.owners.length - b.owners.length || (firstBelt(a) < firstBelt(b) ? -1 : 1));
  for (let drawn = left.length === 1 ? 1 : 0; drawn <= others.length; drawn++) {
    const together = [...left, ...others.slice(0, drawn)];
    const belts = together.flatMap((unit) => unit.belts).sort((a, b) => (a.beltId < b.beltId ? -1 : 1));
    const owners = together.flatMap((unit) => unit.owners).sort((a, b) => (a.owner < b.owner ? -1 : 1));
    const unit = unitOf(level, belts, owners, rules);
    if (stands(unit)) return [...others.slice(drawn), unit];
  }
  return units;
}

const firstBelt = ({ belts }: Unit<PeerOwner>): string => belts[0]?.beltId ?? '';

/** The place of a level that a unit lies in; '' where it lies in several, or the place is not known. */
function placeKey(level: PeerLevel, { belts }: Unit<PeerOwner>): string {
  const keys = new Set(
    belts.map(({ province, city }) => {
      if (level === 'nation') return 'nation';
      if (province === '') return '';
      if (level === 'province') return province;
      return city === '' ? '' : `${province}/${city}`;
    }),
  );
  return keys.size === 1 ? ([...keys][0] ?? '') : '';
}

/** Owners of some belts with their groups by size; without any where not even all of them together can stand. */
function unitOf<Owner extends PeerOwner>(
  level: PeerLevel,
  belts: readonly PeerPlace[],
  owners: readonly Owner[],
  rules: DisclosureRules,
): Unit<Owner> {
  return { level, belts, owners, runs: canStand(owners, rules) ? runsOf(owners, rules) : [] };
}

/** Each size for itself; one that cannot stand joins the neighbour of fewer owners, the smaller size of two alike, until all can. */
function runsOf<Owner extends PeerOwner>(
  owners: readonly Owner[],
  rules: DisclosureRules,
): readonly SizeRun<Owner>[] {
  let runs: SizeRun<Owner>[] = SIZES.map((size) => ({
    sizes: [size],
    owners: owners.filter((one) => one.size === size),
  })).filter((run) => run.owners.length > 0);
  for (;;) {
    const at = runs.findIndex((run) => !canStand(run.owners, rules));
    if (at < 0 || runs.length === 1) return runs;
    const [before, after] = [runs[at - 1], runs[at + 1]];
    const isWithBefore = before && (!after || before.owners.length <= after.owners.length);
    const first = isWithBefore ? at - 1 : at;
    runs = [...runs.slice(0, first), joined(runs.slice(first, first + 2)), ...runs.slice(first + 2)];
  }
}

const joined = <Owner extends PeerOwner>(runs: readonly SizeRun<Owner>[]): SizeRun<Owner> => ({
  sizes: runs.flatMap(({ sizes }) => sizes),
  owners: runs.flatMap(({ owners }) => owners).sort((a, b) => (a.owner < b.owner ? -1 : 1)),
});

const groupsOf = <Owner extends PeerOwner>({ level, belts, runs }: Unit<Owner>): PeerGroup<Owner>[] =>
  runs.map(({ sizes, owners }) => ({
    level,
    belts: belts.map(({ beltId }) => beltId),
    sizes,
    owners,
  }));

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
