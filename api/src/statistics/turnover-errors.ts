/**
 * How sure the turnover of merchants is. A merchant's group is what it did; owners are left out with all their merchants (jackknife.ts), since
 * shops of one owner open and close together. Growth has errors of the logarithm of 1 + g, contributions plain ones.
 */
import { type FigureError, jackknife } from './jackknife.ts';
import {
  countOwners,
  hasEnoughOwners,
  type NoError,
  type RatioError,
  ratioError,
} from './owner-bootstrap.ts';
import { type OwnedMerchants, storeSums } from './store-sums.ts';
import { groupOf, TURNOVER_GROUPS, type TurnoverGroupName } from './turnover.ts';

export interface TurnoverErrors {
  readonly allStore: RatioError | NoError;
  readonly sameStore: RatioError | NoError;
  /**
   * Of each group's change ÷ the value of all merchants before, as a ratio. A group of too few owners has none, however many there are in all:
   * with nine entrants among ninety, intervals of 90 % cover 86.
   */
  readonly contributions: Readonly<Record<TurnoverGroupName, FigureError | NoError>>;
}

/** Values of merchants in both periods, as for `turnover`. */
export function turnoverErrors(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  merchants: OwnedMerchants,
): TurnoverErrors {
  const { all, same } = storeSums(before, after, merchants);
  const changes = new Map(TURNOVER_GROUPS.map((name) => [name, new Float64Array(merchants.owners)]));
  for (let merchant = 0; merchant < before.length; merchant++) {
    const [owner, value0, value1] = [
      merchants.ownerOf[merchant] ?? 0,
      before[merchant] ?? 0,
      after[merchant] ?? 0,
    ];
    const group = changes.get(groupOf(value0, value1));
    if (group) group[owner] = (group[owner] ?? 0) + value1 - value0;
  }
  const found = contributionErrors([...changes.values()], all.under, countOwners(all));
  return {
    allStore: ratioError({ ...all, scale: 'log' }),
    sameStore: ratioError({ ...same, scale: 'log' }),
    contributions: Object.fromEntries(
      TURNOVER_GROUPS.map((name, index) => [name, found[index] ?? 'too-few-owners']),
    ) as TurnoverErrors['contributions'],
  };
}

function contributionErrors(
  parts: readonly Float64Array[],
  base: Float64Array,
  all: ReturnType<typeof countOwners>,
): (FigureError | NoError)[] {
  const figures = ([before = 0, ...changes]: readonly number[]) => changes.map((change) => change / before);
  const errors = jackknife([base, ...parts], all.owners, figures);
  const nothing = new Float64Array(base.length);
  return parts.map((part, index) =>
    hasEnoughOwners(countOwners({ over: part, under: nothing }))
      ? (errors[index] ?? 'too-few-owners')
      : 'too-few-owners',
  );
}
