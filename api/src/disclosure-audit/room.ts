/**
 * What a reader knows beforehand of a part and the rest of a whole: the whole, of every row, and what they hold themselves. A part can seem to be more only by
 * what is left of the rest, so nothing further is asked of a publication.
 */
import type { Own } from './derivation.ts';
import { type Ledger, type Owners, SIDES } from './ledger.ts';
import type { Publication } from './unknowns.ts';

const totalOf = (owners: Owners, measure: number): number => owners.leaders(measure).total;

/** Each measure is followed by the rest of its whole. */
const restOf = (measure: number): number => measure ^ 1;

/** Of all rows the largest whole; 1 where there is none. */
export const largestWholeOf = (ledger: Ledger, { rows }: Publication): number =>
  Math.max(1, ...rows.map((row) => wholeOf(ledger.ownersOf(ledger.atomsOf(row), 'seller'))));

export const wholeOf = (owners: Owners): number => totalOf(owners, 0) + totalOf(owners, 1);

/** What is left of the rest for who knows most of it: by how much the part may seem to be more, beforehand. */
export const leftOf = (owners: Owners, measure: number): number =>
  totalOf(owners, restOf(measure)) - (owners.size === 1 ? 0 : owners.leaders(restOf(measure)).largest);

/** By how much the part of several belts together may seem to be more for anybody, beforehand. What somebody knows wholly seems otherwise to others alone. */
export function roomOf(ledger: Ledger, atoms: readonly string[], measure: number): number {
  return atoms.reduce((sum, atom) => {
    const sides = SIDES.map((side) => ledger.ownersOf([atom], side));
    if (atoms.length > 1 && sides.some((owners) => owners.size === 1)) return sum;
    return sum + Math.max(0, Math.min(...sides.map((owners) => leftOf(owners, measure))));
  }, 0);
}

/** What an owner, who stands at a place of them, knows of a row's part. */
export function ownOf(owners: Owners, at: number, measure: number): Own {
  const most = wholeOf(owners) - owners.value(at, restOf(measure));
  return { value: owners.value(at, measure), isAll: owners.size === 1, most };
}

/** The largest owner of the rest, who knows best how little the part can be more. Who is alone in the whole attacks nobody in it. */
export const largestOfRest = (owners: Owners, measure: number): number | null =>
  owners.size === 1 ? null : owners.leaders(restOf(measure)).first;
