/**
 * The auditor: what an outsider, and whoever has own orders in withheld cells, can derive from what is published; and whether that is
 * nearer to any owner than the rules allow. It shares no code with the gate. Who audits knows the owners; what is derived is derived from
 * the publication alone, and from what one owner knows of their own.
 */
import type { Highs } from 'highs';
import { type Bounds, Derivation, type Own, type Suspicion, withTolerance } from './derivation.ts';
import { type Confidential, Ledger, type Owners, type Side, SIDES } from './ledger.ts';
import { largestOfRest, largestWholeOf, leftOf, ownOf, roomOf, wholeOf } from './room.ts';
import { type Publication, rowName, type Sum } from './unknowns.ts';

export interface AuditedRules {
  readonly owners: number;
  readonly percent: number;
}

/** What else a reader knows, or what is published is. */
export interface Assumed {
  /** The two measures are a part of a whole and the rest of it, and everybody knows the whole of every row (ADR 55). */
  readonly ofShares?: boolean;
  /** Of rows, what everybody knows that they are no less than, a number a measure. */
  readonly floors?: ReadonlyMap<string, readonly number[]>;
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
    const breaches = [...auditor.remainders(), ...auditor.cells()];
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
  private readonly held: Record<Side, Map<string, number[]>> = { seller: new Map(), buyer: new Map() };
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
      for (const side of SIDES) {
        for (const owner of this.owners[unknown][side].keys())
          this.held[side].set(owner, [...(this.held[side].get(owner) ?? []), unknown]);
      }
    }
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
    return this.owners[unknown]?.[side] ?? new Map();
  }

  /** What remains when what is shown is taken away from a total, or one total from another, is as good as shown. */
  remainders(): Breach[] {
    const known = this.derivation.unknowns.sums.filter(({ signs }) => signs.every((sign) => sign === 1));
    const remainders = new Map(known.map((sum) => [sum.unknowns.join(), [...sum.unknowns]]));
    for (const sum of known) {
      for (const other of this.within(sum, known)) {
        const left = sum.unknowns.filter((unknown) => !other.unknowns.includes(unknown));
        remainders.set(left.join(), left);
      }
    }
    return [...remainders.values()].flatMap((unknowns) => {
      const atoms = new Set(unknowns.flatMap((unknown) => this.atoms[unknown] ?? []));
      return SIDES.flatMap((side) =>
        this.measures().flatMap((measure): Breach[] => {
          const { total, slack } = this.needOf(this.ledger.ownersOf(atoms, side), measure, [...atoms]);
          if (slack <= 0) return [];
          const rows = unknowns.map((unknown) => this.rows[unknown] ?? '');
          return [{ rows, measure, side, attacker: null, derived: total, needed: total + slack }];
        }),
      );
    });
  }

  private within(sum: Sum, others: readonly Sum[]): Sum[] {
    const all = new Set(sum.unknowns);
    return others.filter(
      ({ unknowns }) =>
        unknowns.length < sum.unknowns.length && unknowns.every((unknown) => all.has(unknown)),
    );
  }

  /** Each withheld cell, by an outsider or the largest competitor in it, and by owners who know cells beside it. */
  cells(): Breach[] {
    return this.measures().flatMap((measure) => {
      const suspected = [...this.rows.keys()].flatMap((unknown) =>
        SIDES.flatMap((side) => this.suspicions(unknown, side, measure)),
      );
      const open = this.derivation.unallayed(measure, suspected, this.bounds(measure));
      const breaches = open.flatMap((one) => this.confirmed(one, measure) ?? []);
      // One attacker is enough: the rest would tell the same.
      return [...new Map(breaches.reverse().map((one) => [`${one.rows[0]}/${one.side}`, one])).values()];
    });
  }

  private suspicions(unknown: number, side: Side, measure: number): Suspected[] {
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
      own: attacker === null ? new Map<number, Own>() : this.knownTo(attacker, side, measure),
    }));
  }

  private confirmed({ unknown, side, attacker, needed, own }: Suspected, measure: number): Breach | null {
    const derived = this.derivation.upper([unknown], measure, own);
    if (derived >= withTolerance(needed)) return null;
    return { rows: [this.rows[unknown] ?? ''], measure, side, attacker, derived, needed };
  }

  /** What one owner knows wholly stays as it is, and nothing falls below what its largest owner did. */
  private bounds(measure: number): Bounds {
    const { count } = this.derivation.unknowns;
    const [truth, lower] = [new Float64Array(count), new Float64Array(count)];
    const upper = new Float64Array(count).fill(Infinity);
    for (const unknown of this.rows.keys()) {
      const sides = SIDES.map((side) => this.ownersIn(unknown, side));
      const held = sides.map((owners) => [...owners.values()].map((values) => values[measure] ?? 0));
      const isKnown = sides.some((owners) => owners.size === 1);
      const all = (held[0] ?? []).reduce((sum, one) => sum + one, 0);
      const floor = this.floors.get(unknown)?.[measure] ?? 0;
      truth[unknown] = all;
      lower[unknown] = isKnown ? all : Math.max(0, floor, ...held.flat());
      if (isKnown) upper[unknown] = all;
      else if (this.assumed.ofShares)
        upper[unknown] = all + Math.min(...sides.map((owners) => leftOf(owners, measure)));
    }
    return { truth, lower, upper };
  }

  private neighbours(unknown: number, side: Side, measure: number): string[] {
    return [...(this.beside[unknown] ?? [])]
      .flatMap((other) => {
        const owners = this.ownersIn(other, side);
        const [only] = owners.size === 1 ? [...owners] : [];
        return only ? [[only[0], only[1][measure] ?? 0] as const] : [];
      })
      .sort(([, a], [, b]) => b - a)
      .slice(0, NEIGHBOURS)
      .map(([owner]) => owner);
  }

  private knownTo(owner: string, side: Side, measure: number): Map<number, Own> {
    const known = new Map<number, Own>();
    for (const unknown of this.held[side].get(owner) ?? []) {
      const owners = this.ownersIn(unknown, side);
      const own = { value: owners.get(owner)?.[measure] ?? 0, isAll: owners.size === 1 };
      known.set(unknown, this.assumed.ofShares ? ownOf(owners, owner, measure) : own);
    }
    return known;
  }

  /** What a cell of these owners would have to be uncertain by, and whose value it is about. */
  private needOf(owners: Owners, measure: number, atoms: readonly string[]): Need {
    const need = this.askedOf(owners, measure);
    if (!this.assumed.ofShares || need.slack === 0) return need;
    return { ...need, slack: Math.min(need.slack, roomOf(this.ledger, atoms, measure)) };
  }

  private askedOf(owners: Owners, measure: number): Need {
    const held = [...owners]
      .map(([owner, values]) => [owner, values[measure] ?? 0] as const)
      .filter(([, value]) => value > 0);
    // Of a part, that there is none tells of everybody who has the rest.
    const ofNothing = this.assumed.ofShares && owners.size > 0 ? LEAST_PART : 0;
    if (held.length === 0) return { total: 0, slack: ofNothing, largest: null, competitor: null };
    held.sort(([, a], [, b]) => b - a);
    const total = held.reduce((sum, [, value]) => sum + value, 0);
    const [[largest, x1] = ['', 0], [competitor, x2] = [null, 0]] = held;
    const asked = (this.rules.percent / 100) * x1;
    const slack = held.length < this.rules.owners ? asked : asked - (total - x1 - x2);
    return { total, slack: slack > 1e-9 * total ? slack : 0, largest, competitor };
  }

  private measures(): number[] {
    return [...Array(this.publication.measures).keys()];
  }
}

/** An owner, or an outsider, who might derive too much of a cell. */
interface Suspected extends Suspicion {
  readonly side: Side;
  readonly attacker: string | null;
}

interface Need {
  readonly total: number;
  readonly slack: number;
  readonly largest: string | null;
  readonly competitor: string | null;
}
