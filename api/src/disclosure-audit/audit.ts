/**
 * The auditor: what an outsider, and whoever has own orders in withheld cells, can derive from what is published; and whether that is
 * nearer to any owner than the rules allow. It shares no code with the gate. Who audits knows the owners; what is derived is derived from
 * the publication alone, and from what one owner knows of their own.
 */
import type { Highs } from 'highs';
import { type Bounds, Derivation, type Own, type Suspicion, withTolerance } from './derivation.ts';
import { type Confidential, Ledger, Owners, type Side, SIDES } from './ledger.ts';
import { largestOfRest, largestWholeOf, leftOf, ownOf, roomOf, wholeOf } from './room.ts';
import { type Publication, rowName, type Sum } from './unknowns.ts';

export interface AuditedRules {
  readonly owners: number;
  readonly percent: number;
}

/** What else a reader knows, or what is published is. */
export interface Assumed {
  /** The measures are parts of one whole, each followed by the rest of it, and everybody knows the whole of every row (ADR 55, 72). */
  readonly ofShares?: boolean;
  /** Of rows, what everybody knows that they are no less than, a number a measure. */
  readonly floors?: ReadonlyMap<string, readonly number[]>;
  /**
   * Of published rows, how uncertain they are told to be: their standard error, drawn owner by owner, by their value, a number a measure. That gives the sum of the owners' squares
   * away, which is its square by that of the value.
   */
  readonly variations?: ReadonlyMap<string, readonly number[]>;
}

export interface Breach {
  /** The rows that give an owner away, alone or together. */
  readonly rows: readonly string[];
  readonly measure: number;
  /** The side whose largest owner is not protected. */
  readonly side: Side;
  /** Who could derive too much: an owner, or null for an outsider. */
  readonly attacker: string | null;
  /** The most that the rows may be for the attacker, and what it would have to be. */
  readonly derived: number;
  readonly needed: number;
}

export interface Audit {
  readonly breaches: readonly Breach[];
  readonly unknowns: number;
  readonly programmes: number;
}

const LEAST_PART = 1;
/** Owners who attack a cell from cells beside it: those who know such a cell wholly, the largest. */
const NEIGHBOURS = 3;

export function audit(
  highs: Highs,
  publication: Publication,
  confidential: readonly Confidential[],
  rules: AuditedRules,
  assumed: Assumed = {},
): Audit {
  const ledger = new Ledger(publication, confidential);
  const derivation = new Derivation(
    highs,
    publication,
    assumed.ofShares ? largestWholeOf(ledger, publication) : undefined,
  );
  try {
    const auditor = new Auditor(derivation, publication, ledger, rules, assumed);
    const breaches = [...auditor.remainders(), ...auditor.squares(), ...auditor.cells()];
    return { breaches, unknowns: derivation.unknowns.count, programmes: derivation.solved };
  } finally {
    derivation.dispose();
  }
}

class Auditor {
  /** By unknown: a row that it is, and what that is made of. */
  private readonly rows: string[] = [];
  private readonly atoms: string[][] = [];
  private readonly owners: Record<Side, Owners>[] = [];
  private readonly held: Record<Side, HeldBy>;
  private readonly beside: Set<number>[] = [];
  /** By unknown: what everybody knows that it is no less than. */
  private readonly floors = new Map<number, readonly number[]>();

  constructor(
    private readonly derivation: Derivation,
    private readonly publication: Publication,
    private readonly ledger: Ledger,
    private readonly rules: AuditedRules,
    private readonly assumed: Assumed,
  ) {
    const { of, count, sums } = derivation.unknowns;
    for (const row of publication.rows) {
      const unknown = of.get(rowName(row));
      if (unknown === undefined) continue;
      const floor = assumed.floors?.get(rowName(row));
      if (floor) this.floors.set(unknown, floor);
      if (this.rows[unknown] !== undefined) continue;
      const atoms = ledger.atomsOf(row);
      this.rows[unknown] = rowName(row);
      this.atoms[unknown] = atoms;
      this.owners[unknown] = {
        seller: ledger.ownersOf(atoms, 'seller'),
        buyer: ledger.ownersOf(atoms, 'buyer'),
      };
    }
    const held = (side: Side) =>
      new HeldBy(
        ledger.countOf(side),
        this.owners.map((owners) => owners[side]),
      );
    this.held = { seller: held('seller'), buyer: held('buyer') };
    for (const unknown of this.rows.keys()) this.assume(unknown);
    for (let unknown = 0; unknown < count; unknown++) this.beside.push(new Set());
    for (const { unknowns } of sums)
      for (const one of unknowns)
        for (const other of unknowns) if (one !== other) this.beside[one]?.add(other);
  }

  private assume(unknown: number): void {
    const floor = this.floors.get(unknown);
    const whole = this.assumed.ofShares ? wholeOf(this.ownersIn(unknown, 'seller')) : Infinity;
    if (floor === undefined && whole === Infinity) return;
    for (const measure of this.measures())
      this.derivation.assume(unknown, measure, { lower: floor?.[measure] ?? 0, upper: whole });
  }

  private ownersIn(unknown: number, side: Side): Owners {
    return this.owners[unknown]?.[side] ?? NOBODY;
  }

  /** What remains when what is shown is taken away from a total, or one total from another, is as good as shown. */
  remainders(): Breach[] {
    const { sums, implied } = this.derivation.unknowns;
    const known = [...sums, ...implied].filter(({ signs }) => signs.every((sign) => sign === 1));
    const remainders = new Map(known.map((sum) => [sum.unknowns.join(), [...sum.unknowns]]));
    for (const sum of known) {
      for (const other of this.within(sum, known)) {
        const left = sum.unknowns.filter((unknown) => !other.unknowns.includes(unknown));
        remainders.set(left.join(), left);
      }
    }
    return [...remainders.values()].flatMap((unknowns) => {
      const atoms = new Set(unknowns.flatMap((unknown) => this.atoms[unknown] ?? []));
      return SIDES.flatMap((side) => {
        const owners = this.ledger.ownersOf(atoms, side);
        return this.measures().flatMap((measure): Breach[] => {
          const { total, slack } = this.needOf(owners, measure, [...atoms]);
          if (slack <= 0) return [];
          const rows = unknowns.map((unknown) => this.rows[unknown] ?? '');
          return [{ rows, measure, side, attacker: null, derived: total, needed: total + slack }];
        });
      });
    });
  }

  private within(sum: Sum, others: readonly Sum[]): Sum[] {
    const all = new Set(sum.unknowns);
    return others.filter(
      ({ unknowns }) =>
        unknowns.length < sum.unknowns.length && unknowns.every((unknown) => all.has(unknown)),
    );
  }

  /**
   * The largest owner of a row whose variation is told is no more than the root of the squares that are left when the second takes their own away: of 50, 20, 10, 8, 7 and 5, who pass
   * the p% rule, the second knows the first to be 52.3 at most.
   */
  squares(): Breach[] {
    return this.publication.rows.flatMap((row) => {
      const variations = this.assumed.variations?.get(rowName(row));
      if (!variations || row.values === null) return [];
      const { values } = row;
      return SIDES.flatMap((side) => {
        const owners = this.ledger.ownersOf(this.ledger.atomsOf(row), side);
        return this.measures().flatMap((measure): Breach[] => {
          const { largest, second, next } = owners.leaders(measure);
          const squares = ((variations[measure] ?? Infinity) * (values[measure] ?? 0)) ** 2;
          const derived = Math.sqrt(Math.max(0, squares - next ** 2));
          const needed = largest * (1 + this.rules.percent / 100);
          if (largest === 0 || derived >= withTolerance(needed)) return [];
          const attacker = second === null ? null : this.ledger.nameOf(side, second);
          return [{ rows: [rowName(row)], measure, side, attacker, derived, needed }];
        });
      });
    });
  }

  /** Each withheld cell, by an outsider or the largest competitor in it, and by owners who know cells beside it. */
  cells(): Breach[] {
    return this.measures().flatMap((measure) => {
      const known: Record<Side, Known> = { seller: new Map(), buyer: new Map() };
      const suspected = [...this.rows.keys()].flatMap((unknown) =>
        SIDES.flatMap((side) => this.suspicions(unknown, side, measure, known[side])),
      );
      const open = this.derivation.unallayed(measure, suspected, this.bounds(measure));
      const breaches = open.flatMap((one) => this.confirmed(one, measure) ?? []);
      // One attacker is enough: the rest would tell the same.
      return [...new Map(breaches.reverse().map((one) => [`${one.rows[0]}/${one.side}`, one])).values()];
    });
  }

  private suspicions(unknown: number, side: Side, measure: number, known: Known): Suspected[] {
    const owners = this.ownersIn(unknown, side);
    const { total, slack, competitor, largest } = this.needOf(owners, measure, this.atoms[unknown] ?? []);
    if (slack <= 0) return [];
    const ofRest = this.assumed.ofShares ? [largestOfRest(owners, measure)] : [];
    const others = [...this.neighbours(unknown, side, measure), ...ofRest].filter(
      (owner) => owner !== largest,
    );
    return [...new Set([competitor, ...others])].map((attacker) => ({
      unknown,
      side,
      attacker,
      needed: total + slack,
      own: this.knownTo(attacker, side, measure, known),
    }));
  }

  private confirmed({ unknown, side, attacker, needed, own }: Suspected, measure: number): Breach | null {
    const derived = this.derivation.upper([unknown], measure, own);
    if (derived >= withTolerance(needed)) return null;
    const name = attacker === null ? null : this.ledger.nameOf(side, attacker);
    return { rows: [this.rows[unknown] ?? ''], measure, side, attacker: name, derived, needed };
  }

  /** What one owner knows wholly stays as it is, and nothing falls below what its largest owner did. */
  private bounds(measure: number): Bounds {
    const { count } = this.derivation.unknowns;
    const [truth, lower] = [new Float64Array(count), new Float64Array(count)];
    const upper = new Float64Array(count).fill(Infinity);
    for (const unknown of this.rows.keys()) {
      const sides = SIDES.map((side) => this.ownersIn(unknown, side));
      const held = sides.map((owners) => owners.leaders(measure));
      const isKnown = sides.some((owners) => owners.size === 1);
      const all = held[0]?.total ?? 0;
      const floor = this.floors.get(unknown)?.[measure] ?? 0;
      truth[unknown] = all;
      lower[unknown] = isKnown ? all : Math.max(0, floor, ...held.map(({ largest }) => largest));
      if (isKnown) upper[unknown] = all;
      else if (this.assumed.ofShares)
        upper[unknown] = all + Math.min(...sides.map((owners) => leftOf(owners, measure)));
    }
    return { truth, lower, upper };
  }

  private neighbours(unknown: number, side: Side, measure: number): number[] {
    return [...(this.beside[unknown] ?? [])]
      .flatMap((other) => {
        const owners = this.ownersIn(other, side);
        const [only] = owners.size === 1 ? owners.numbers : [];
        return only === undefined ? [] : [[only, owners.value(0, measure)] as const];
      })
      .sort(([, a], [, b]) => b - a)
      .slice(0, NEIGHBOURS)
      .map(([owner]) => owner);
  }

  /** The same for all that an owner attacks, so that it is made once. */
  private knownTo(owner: number | null, side: Side, measure: number, known: Known): ReadonlyMap<number, Own> {
    const before = known.get(owner);
    if (before) return before;
    const own = new Map<number, Own>();
    known.set(owner, own);
    if (owner === null) return own;
    for (const [unknown, at] of this.held[side].of(owner)) {
      const owners = this.ownersIn(unknown, side);
      const ofCell = { value: owners.value(at, measure), isAll: owners.size === 1 };
      own.set(unknown, this.assumed.ofShares ? ownOf(owners, at, measure) : ofCell);
    }
    return own;
  }

  /** What a cell of these owners would have to be uncertain by, and whose value it is about. */
  private needOf(owners: Owners, measure: number, atoms: readonly string[]): Need {
    const need = this.askedOf(owners, measure);
    if (!this.assumed.ofShares || need.slack === 0) return need;
    return { ...need, slack: Math.min(need.slack, roomOf(this.ledger, atoms, measure)) };
  }

  private askedOf(owners: Owners, measure: number): Need {
    const { holders, total, first, largest, second, next } = owners.leaders(measure);
    // Of a part, that there is none tells of everybody who has the rest.
    const ofNothing = this.assumed.ofShares && owners.size > 0 ? LEAST_PART : 0;
    if (holders === 0) return { total: 0, slack: ofNothing, largest: null, competitor: null };
    const asked = (this.rules.percent / 100) * largest;
    const slack = holders < this.rules.owners ? asked : asked - (total - largest - next);
    return { total, slack: slack > 1e-9 * total ? slack : 0, largest: first, competitor: second };
  }

  private measures(): number[] {
    return [...Array(this.publication.measures).keys()];
  }
}

/** An owner, or an outsider, who might derive too much of a cell. */
interface Suspected extends Suspicion {
  readonly side: Side;
  readonly attacker: number | null;
}

interface Need {
  readonly total: number;
  readonly slack: number;
  readonly largest: number | null;
  readonly competitor: number | null;
}

const NOBODY = new Owners(new Int32Array(), new Float64Array(), 0);

/** By attacker, an outsider too: what they know of their own. */
type Known = Map<number | null, ReadonlyMap<number, Own>>;

/** In which unknowns each owner of a side is, and at which place among the owners of each. */
class HeldBy {
  private readonly starts: Int32Array;
  private readonly unknowns: Int32Array;
  private readonly places: Int32Array;

  constructor(count: number, owners: readonly Owners[]) {
    this.starts = new Int32Array(count + 2);
    for (const { numbers } of owners)
      for (const owner of numbers) this.starts[owner + 2] = (this.starts[owner + 2] ?? 0) + 1;
    for (let at = 1; at < this.starts.length; at++)
      this.starts[at] = (this.starts[at] ?? 0) + (this.starts[at - 1] ?? 0);
    const entries = this.starts.at(-1) ?? 0;
    [this.unknowns, this.places] = [new Int32Array(entries), new Int32Array(entries)];
    owners.forEach(({ numbers }, unknown) =>
      numbers.forEach((owner, place) => {
        const at = this.starts[owner + 1] ?? 0;
        this.starts[owner + 1] = at + 1;
        this.unknowns[at] = unknown;
        this.places[at] = place;
      }),
    );
  }

  *of(owner: number): Generator<readonly [unknown: number, place: number]> {
    const end = this.starts[owner + 1] ?? 0;
    for (let at = this.starts[owner] ?? 0; at < end; at++)
      yield [this.unknowns[at] ?? 0, this.places[at] ?? 0];
  }
}
