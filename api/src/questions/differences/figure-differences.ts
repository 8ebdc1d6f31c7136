/** Figures of several areas, each beside those of the others. */
import type { DifferenceFinding, Figure, Reason, SureFigure, Uncertainty } from '@beltline/contract';
import { unknown } from '../../core/brief-figure.ts';
import { at } from '../../core/vector.ts';
import { sure } from '../../data/owners/figure-error.ts';
import {
  type BoundedDifference,
  differenceOf,
  errorCorrelation,
  type Moves,
} from '../../statistics/difference.ts';
import { discoveries } from '../../statistics/discoveries.ts';
import { gradeOf, movesOf, type OwnerRatio } from '../../statistics/owner-bootstrap.ts';

/** Of the differences that are told to be some, one in ten at most is none, on average. */
export const FALSE_DISCOVERY_RATE = 0.1;
/** What is tested for, so that the rate above holds: the method of both intervals is a little too sure with few, skewed owners (`difference.trials.spec.ts`). */
const TESTED_RATE = 0.08;

/** A figure with its interval, and who moves it. */
export interface OwnedFigure {
  readonly figure: Figure;
  /** Null where it has no interval. */
  readonly moves: Moves | null;
  /** What a value of the figure is as a ratio, by which a standard error is graded: 1 + g of a growth g. */
  readonly whole: (value: number) => number;
}

export interface ToldDifference {
  readonly by: SureFigure;
  readonly finding: DifferenceFinding | null;
}

/** Who moves a figure that is this ratio of sums over owners. */
export function movesBy(ratio: OwnerRatio | null, seeds: Float64Array): Moves | null {
  const found = ratio && movesOf(ratio);
  return found === null || typeof found === 'string' ? null : { seeds, moved: found.moved };
}

/**
 * Each figure less that of each other area: one list of figures an area, of the same kinds in the same order. All of them are tested together, each
 * pair once. By area, other area (null with itself) and kind.
 */
export function differencesAmong(
  lists: readonly (readonly OwnedFigure[])[],
): (readonly ToldDifference[] | null)[][] {
  const pairs = lists.flatMap((own, area) =>
    lists.slice(area + 1).map((others, further) => ({
      ...{ area, other: area + 1 + further },
      told: own.map((one, kind) => boundedDifference(one, at(others, kind))),
    })),
  );
  const tested = pairs.flatMap(({ told }) => told.filter((difference) => difference !== null));
  const found = discoveries(
    tested.map(({ pValue }) => pValue),
    TESTED_RATE,
  );
  const isFound = new Set(tested.filter((_, position) => found[position]));
  const differences = lists.map(() => lists.map((): readonly ToldDifference[] | null => null));
  const tell = (area: number, other: number, told: readonly (BoundedDifference | null)[], sign: 1 | -1) => {
    at(differences, area)[other] = told.map((difference, kind) => ({
      by: toldBy(
        at(at(lists, area), kind),
        at(at(lists, other), kind),
        difference && times(sign, difference),
      ),
      finding:
        difference === null || !isFound.has(difference)
          ? null
          : difference.value * sign > 0
            ? 'more'
            : 'less',
    }));
  };
  for (const { area, other, told } of pairs) {
    tell(area, other, told, 1);
    tell(other, area, told, -1);
  }
  return differences;
}

/** Null where one of them has no interval, or must not be shown. */
function boundedDifference(one: OwnedFigure, other: OwnedFigure): BoundedDifference | null {
  if (!one.moves || !other.moves) return null;
  const [own, others] = [boundsOf(one.figure), boundsOf(other.figure)];
  return own && others && differenceOf(own, others, errorCorrelation(one.moves, other.moves));
}

const boundsOf = ({ value, flag, uncertainty }: Figure) =>
  value === null || flag === 'base-too-small' || uncertainty === null
    ? null
    : { value, low: uncertainty.low, high: uncertainty.high };

const times = (sign: 1 | -1, told: BoundedDifference): BoundedDifference =>
  sign === 1 ? told : { ...told, value: -told.value, low: -told.high, high: -told.low };

/** A difference of figures that are not both known has the reason of the one that is not; of a base too small none is told. */
function toldBy(one: OwnedFigure, other: OwnedFigure, told: BoundedDifference | null): SureFigure {
  const [own, others] = [one.figure, other.figure];
  const missing = [own, others].find(({ value }) => value === null);
  if (missing) return sure(unknown(missing.reason ?? 'no-data'), 'no-data');
  const small = [own, others].find(({ flag }) => flag === 'base-too-small');
  if (small) return sure(unknown('too-little-data'), 'no-data');
  const value = (own.value as number) - (others.value as number);
  const provisional = [own, others].find(({ flag }) => flag !== 'final');
  return sure({ value, flag: provisional?.flag ?? 'final', reason: null }, certaintyOf(one, other, told));
}

function certaintyOf(
  { figure, whole }: OwnedFigure,
  other: OwnedFigure,
  told: BoundedDifference | null,
): Uncertainty | Reason {
  if (told === null) return figure.uncertaintyReason ?? other.figure.uncertaintyReason ?? 'too-few-owners';
  const { low, high, standardError } = told;
  return { low, high, grade: gradeOf(standardError / Math.abs(whole(figure.value ?? 0))) };
}
