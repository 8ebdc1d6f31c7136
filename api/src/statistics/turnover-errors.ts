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

/** Values of merchants in both periods, as for `turnover`, and of each the position of its owner, below `owners`. */
export function turnoverErrors(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  { ownerOf, owners }: { readonly ownerOf: ArrayLike<number>; readonly owners: number },
): TurnoverErrors {
  const column = () => new Float64Array(owners);
  const [all0, all1, same0, same1] = [column(), column(), column(), column()];
  const changes = new Map(TURNOVER_GROUPS.map((name) => [name, column()]));
  const add = (to: Float64Array | undefined, owner: number, value: number) => {
    if (to) to[owner] = (to[owner] ?? 0) + value;
  };
  for (let merchant = 0; merchant < before.length; merchant++) {
    const [owner, value0, value1] = [ownerOf[merchant] ?? 0, before[merchant] ?? 0, after[merchant] ?? 0];
    add(all0, owner, value0);
    add(all1, owner, value1);
    add(changes.get(groupOf(value0, value1)), owner, value1 - value0);
    if (value0 <= 0 || value1 <= 0) continue;
    add(same0, owner, value0);
    add(same1, owner, value1);
  }
  const found = contributionErrors([...changes.values()], all0, countOwners({ over: all1, under: all0 }));
  return {
    allStore: ratioError({ over: all1, under: all0, scale: 'log' }),
    sameStore: ratioError({ over: same1, under: same0, scale: 'log' }),
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
