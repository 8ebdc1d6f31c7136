/**
 * What is still to come of a period, from what has come and from what was to be expected beforehand. The chain ladder asks what has
 * come alone, Bornhuetter and Ferguson (1972) what was expected alone; Benktander (1976) takes Bornhuetter–Ferguson's whole as the
 * expectation of another round, which is the credibility mixture of both with the part that is usually done by now as the weight of the
 * chain ladder. Mack (2000), "Credible claims reserves: the Benktander method", ASTIN Bulletin 30(2), 333–347.
 */

/** A running period. `completion`: the part that is usually done by now, above 0 and up to 1. `prior`: the whole as it was expected, in the unit of `latest`. */
export interface RunningPeriod {
  readonly latest: number;
  readonly completion: number;
  readonly prior: number;
}

/** What is still to come, by three rules, in the unit of `latest`. */
export interface Reserves {
  readonly chainLadder: number;
  readonly bornhuetterFerguson: number;
  readonly benktander: number;
}

/** @throws RangeError for a completion that is not above 0 and up to 1. */
export function reservesOf({ latest, completion, prior }: RunningPeriod): Reserves {
  if (!(completion > 0 && completion <= 1)) throw new RangeError(`not a part of a whole: ${completion}`);
  const chainLadder = (latest / completion) * (1 - completion);
  const bornhuetterFerguson = prior * (1 - completion);
  const benktander = completion * chainLadder + (1 - completion) * bornhuetterFerguson;
  return { chainLadder, bornhuetterFerguson, benktander };
}
