/** Whose orders a figure is made of: what decides whether it tells too much about too few. It never reaches the wire. */
import type { BriefFigure } from '@beltline/contract';

/** Owners on one side of a figure's orders: how many, and what the two largest of them sold or bought, in the figure's unit. */
export interface Owners {
  readonly count: number;
  readonly largest: number;
  readonly second: number;
}

export interface Contributors {
  readonly sellers: Owners;
  readonly buyers: Owners;
}

/**
 * Under a symbol, for three reasons: the contract's types do not know it, JSON leaves it out, and `{ ...figure }` keeps it, so a
 * figure that is made of another one is of the same owners until something else is said.
 */
const CONTRIBUTORS = Symbol('contributors');

interface Contributed {
  readonly [CONTRIBUTORS]?: Contributors;
}

/** The figure with whose orders it is made of, as far as the place where it may be withheld. */
export const withContributors = <F extends BriefFigure>(figure: F, contributors: Contributors): F => ({
  ...figure,
  [CONTRIBUTORS]: contributors,
});

/** Null where they were not read. */
export const contributorsOf = (figure: BriefFigure): Contributors | null =>
  (figure as Contributed)[CONTRIBUTORS] ?? null;
