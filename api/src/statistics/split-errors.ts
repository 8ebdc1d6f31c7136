/**
 * How sure the parts of a change are that owners sell in, each in several: by exclusive combination of tracks. An owner is left out with all
 * that it sold, in all parts (jackknife.ts): who turns from wholesale to custom orders takes from one part what it adds to another.
 */
import {
  countOwners,
  hasEnoughOwners,
  type NoError,
  type RatioError,
  ratioError,
} from './owner-bootstrap.ts';
import { type OwnerPair, withPassers } from './count-errors.ts';
import { type FigureError, jackknife } from './jackknife.ts';

/**
 * Of each part's change ÷ the baseline of the whole, as a ratio. A part of too few owners has none, however many there are in all. All of
 * the same owners in the same order. `counts`: the values are numbers of shops (count-errors.ts).
 */
export function splitErrors(
  parts: readonly OwnerPair[],
  whole: OwnerPair,
  counts = false,
): readonly (FigureError | NoError)[] {
  const { owners } = countOwners(whole);
  const [base, ...sides] = (counts ? [whole, ...parts].map(withPassers) : [whole, ...parts]) as [OwnerPair];
  const changes = (sides as OwnerPair[]).map(({ over, under }) =>
    over.map((value, owner) => value - (under[owner] ?? 0)),
  );
  const errors = jackknife([base.under, ...changes], owners, ([before = 0, ...moved]) =>
    moved.map((change) => change / before),
  );
  return parts.map((part, index) =>
    hasEnoughOwners(countOwners(part)) ? (errors[index] ?? 'too-few-owners') : 'too-few-owners',
  );
}

/**
 * Of the share, 0 to 1, that a part has of the whole of one period. `part` and `whole`: each owner's, in the same order. Both the part and its rest are
 * of enough owners, or there is none: where nobody happens to sell of a part, leaving owners out moves nothing, and a share of 0 would be certain.
 */
export function shareError(part: Float64Array, whole: Float64Array): RatioError | NoError {
  const nothing = new Float64Array(part.length);
  const rest = whole.map((value, owner) => value - (part[owner] ?? 0));
  const areEnough = [part, rest].every((over) => hasEnoughOwners(countOwners({ over, under: nothing })));
  return areEnough ? ratioError({ over: part, under: whole, scale: 'linear' }) : 'too-few-owners';
}
