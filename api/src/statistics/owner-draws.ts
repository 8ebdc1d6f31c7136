/**
 * Sums over owners as replicates draw them. How often each owner is drawn depends on the owner alone, so that the sums of many columns over the same
 * owners, a dozen months of an area, are made from what is prepared here once.
 *
 * An owner is drawn 0, 1, 2 or 3 times in 98 of 100 replicates. So eight owners at a time: what each of the 256 sets of them has together is
 * added up once for a column, and a replicate adds what the set has whose number of draws is odd, twice that of the set with two or three, and
 * so on: two sums looked up for eight products (the method of the four Russians, Arlazarov and others 1970; half to a third of the time).
 */
import { REPLICATES, weightsOf } from './owner-weights.ts';

/** Owners that are looked up together: as many as a byte has bits. */
const TOGETHER = 8;
const SETS = 2 ** TOGETHER;

/**
 * Parts of a unit that sums over owners may be of and stay exact in any order, with room for the weights that they are drawn with: a power of two, so that
 * nothing is rounded twice.
 */
export const EXACT_PARTS = 64;
/** More than any owner is ever drawn. */
const MOST_DRAWN = 16;

const OWNERS_A_STEP = 500;
/** Groups that are prepared, and those of which a column is looked up, without letting others in between: some milliseconds, and one. */
const PREPARED_A_STEP = 25;
const GROUPS_A_STEP = 1_000;

/** Draws of four and more of a group of owners, which are rare: in which replicate, of which of them, and how many of these draws. */
interface Often {
  readonly from: Uint32Array;
  readonly replicates: Uint16Array;
  readonly sets: Uint8Array;
  readonly times: Uint8Array;
}

/** A column's sums in each replicate, and their logarithms where anybody has asked for them. */
interface Drawn {
  readonly isExact: boolean;
  readonly totals: Float64Array;
  logs: Float64Array | null;
}

/** The draws of the owners of an area. A column has one value an owner; columns are known by identity and not to be written to. */
export class OwnerDraws {
  private readonly drawn = new Map<Float64Array, Drawn>();

  /** `ones` and `twos`: the two lowest bits of how often owners are drawn, a byte for a group of owners and replicate. */
  private constructor(
    private readonly seeds: ArrayLike<number>,
    readonly ones: Uint8Array,
    readonly twos: Uint8Array,
    readonly often: Often,
  ) {}

  /**
   * In steps: owners times replicates can be millions. `seeds`: of each owner, a safe integer that depends on source and owner alone, so that a load
   * that changes nothing changes no replicate.
   */
  static *of(seeds: ArrayLike<number>): Generator<void, OwnerDraws> {
    const groups = Math.ceil(seeds.length / TOGETHER);
    const [ones, twos] = [new Uint8Array(groups * REPLICATES), new Uint8Array(groups * REPLICATES)];
    const [fours, eights] = [new Uint8Array(REPLICATES), new Uint8Array(REPLICATES)];
    const from = new Uint32Array(groups + 1);
    const often: Listed = { replicates: [], sets: [], times: [] };
    for (let group = 0; group < groups; group++) {
      if (group % PREPARED_A_STEP === PREPARED_A_STEP - 1) yield;
      for (let bit = 0; bit < TOGETHER && group * TOGETHER + bit < seeds.length; bit++)
        addBits([ones, twos], [fours, eights], {
          weights: weightsOf(seeds[group * TOGETHER + bit] as number),
          from: group * REPLICATES,
          bit,
        });
      take(fours, 4, often);
      take(eights, 8, often);
      from[group + 1] = often.sets.length;
    }
    return new OwnerDraws(seeds, ones, twos, {
      from,
      replicates: Uint16Array.from(often.replicates),
      sets: Uint8Array.from(often.sets),
      times: Uint8Array.from(often.times),
    });
  }

  /** The sums of a column in each replicate. */
  *totalsOf(values: Float64Array): Generator<void, Float64Array> {
    return (yield* this.drawnOf(values)).totals;
  }

  /** Their logarithms. */
  *logsOf(values: Float64Array): Generator<void, Float64Array> {
    const drawn = yield* this.drawnOf(values);
    return (drawn.logs ??= drawn.totals.map(Math.log));
  }

  /** The sums of a column without some owners: `values` is `all` with 0 in their places. Only what differs is drawn. */
  *totalsWithout(
    values: Float64Array,
    all: Float64Array,
    without: readonly number[],
  ): Generator<void, Float64Array> {
    const drawn = yield* this.drawnOf(all);
    if (!drawn.isExact) return yield* this.totalsOf(values);
    const totals = drawn.totals.slice();
    for (const owner of without) this.addOwner(totals, owner, -(all[owner] as number));
    return totals;
  }

  private *drawnOf(values: Float64Array): Generator<void, Drawn> {
    const known = this.drawn.get(values);
    if (known) return known;
    const drawn: Drawn = { isExact: isExact(values), totals: new Float64Array(REPLICATES), logs: null };
    yield* drawn.isExact ? this.lookUp(values, drawn.totals) : this.addAll(values, drawn.totals);
    this.drawn.set(values, drawn);
    return drawn;
  }

  private *lookUp(values: Float64Array, totals: Float64Array): Generator<void> {
    const groups = Math.ceil(values.length / TOGETHER);
    for (let group = 0; group < groups; group += GROUPS_A_STEP) {
      if (group > 0) yield;
      addGroups(totals, values, this, group, Math.min(groups, group + GROUPS_A_STEP));
    }
  }

  /** In the order of owners, since these sums are rounded. */
  private *addAll(values: Float64Array, totals: Float64Array): Generator<void> {
    for (let owner = 0; owner < values.length; owner++) {
      if (owner % OWNERS_A_STEP === OWNERS_A_STEP - 1) yield;
      this.addOwner(totals, owner, values[owner] as number);
    }
  }

  private addOwner(totals: Float64Array, owner: number, value: number): void {
    if (value === 0) return;
    const weights = weightsOf(this.seeds[owner] as number);
    for (let replicate = 0; replicate < totals.length; replicate++)
      totals[replicate] = (totals[replicate] as number) + (weights[replicate] as number) * value;
  }
}

/** Whether all sums of the values, drawn however often, are exact in any order. */
function isExact(values: Float64Array): boolean {
  let total = 0;
  for (let owner = 0; owner < values.length; owner++) {
    const parts = (values[owner] as number) * EXACT_PARTS;
    if (!Number.isSafeInteger(parts)) return false;
    total += Math.abs(parts);
  }
  return total * MOST_DRAWN <= Number.MAX_SAFE_INTEGER;
}

/** Sets an owner's bit in each replicate. */
function addBits(
  [ones, twos]: readonly [Uint8Array, Uint8Array],
  [fours, eights]: readonly [Uint8Array, Uint8Array],
  { weights, from, bit }: { weights: Uint8Array; from: number; bit: number },
): void {
  for (let replicate = 0; replicate < weights.length; replicate++) {
    const weight = weights[replicate] as number;
    const at = from + replicate;
    ones[at] = (ones[at] as number) | ((weight & 1) << bit);
    twos[at] = (twos[at] as number) | (((weight >> 1) & 1) << bit);
    if (weight < 4) continue;
    fours[replicate] = (fours[replicate] as number) | (((weight >> 2) & 1) << bit);
    eights[replicate] = (eights[replicate] as number) | ((weight >> 3) << bit);
  }
}

interface Listed {
  readonly replicates: number[];
  readonly sets: number[];
  readonly times: number[];
}

/** Lists what a group is drawn so often, and clears it for the next one. */
function take(sets: Uint8Array, times: number, often: Listed): void {
  sets.forEach((set, replicate) => {
    if (set === 0) return;
    often.replicates.push(replicate);
    often.sets.push(set);
    often.times.push(times);
  });
  sets.fill(0);
}

/** Of a group, the sum of each set of its owners. */
const sums = new Float64Array(SETS);

/** Plain loops over plain arrays, and no generator: they run many million times. */
function addGroups(
  totals: Float64Array,
  values: Float64Array,
  { ones, twos, often }: Pick<OwnerDraws, 'ones' | 'twos' | 'often'>,
  from: number,
  to: number,
): void {
  for (let group = from; group < to; group++) {
    if (!addSets(values, group * TOGETHER)) continue;
    for (let replicate = 0, at = group * REPLICATES; replicate < REPLICATES; replicate++, at++)
      totals[replicate] =
        (totals[replicate] as number) +
        (sums[ones[at] as number] as number) +
        2 * (sums[twos[at] as number] as number);
    const end = often.from[group + 1] as number;
    for (let at = often.from[group] as number; at < end; at++) {
      const replicate = often.replicates[at] as number;
      totals[replicate] =
        (totals[replicate] as number) +
        (often.times[at] as number) * (sums[often.sets[at] as number] as number);
    }
  }
}

/** False where all values of the group are 0. */
function addSets(values: Float64Array, from: number): boolean {
  let isAny = false;
  for (let bit = 0; bit < TOGETHER; bit++) {
    const value = from + bit < values.length ? (values[from + bit] as number) : 0;
    if (value !== 0) isAny = true;
    const count = 1 << bit;
    for (let set = 0; set < count; set++) sums[count + set] = (sums[set] as number) + value;
  }
  return isAny;
}
