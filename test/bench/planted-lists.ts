/** Lists of belts whose growth is planted: how many of the findings among them are false, and do the places hold? */
import { FALSE_DISCOVERY_RATE, TESTED_RATE } from '@beltline/api/ranking';
import { discoveries } from '@beltline/api/statistics/discoveries.js';
import { ratioError } from '@beltline/api/statistics/owner-bootstrap.js';
import { growingOwners, random } from '@beltline/api/statistics/planted.js';
import { rankIntervals } from '@beltline/api/statistics/rank-intervals.js';
import { type Estimate, pValueOf } from '@beltline/api/statistics/studentised.js';
import type { Trial } from './planted-owners.ts';

const LISTS = 400;
const CONFIDENCE = 0.9;

/** Growth of each belt as its owners show it, as a logarithm; null of too few owners. */
function drawn(draw: () => number, truths: readonly number[]): (Estimate | null)[] {
  return truths.map((growth, belt) => {
    const owners = 25 + 15 * (belt % 8);
    const error = ratioError({
      ...growingOwners(draw, { owners, growth, skew: 0.9, scatter: 0.35, orders: 25 }),
      scale: 'log',
    });
    return typeof error === 'string' ? null : { ...error, value: Math.log(error.ratio) };
  });
}

/** Findings among many belts of which some change, and places of all of them together. */
export function lists(): Trial[] {
  return [
    falseFindings('no belt changes', 3_000, Array<number>(60).fill(1)),
    falseFindings('a third of the belts changes', 3_001, [
      ...Array<number>(10).fill(1.35),
      ...Array<number>(10).fill(0.75),
      ...Array<number>(40).fill(1),
    ]),
    places('all belts are alike', 3_002, Array<number>(20).fill(1)),
    places(
      'each belt grows a little more than the next',
      3_003,
      Array.from({ length: 20 }, (_, index) => 0.8 + index / 40),
    ),
  ];
}

function falseFindings(name: string, seed: number, truths: readonly number[]): Trial {
  const draw = random(seed);
  let share = 0;
  for (let list = 0; list < LISTS; list++) {
    const known = drawn(draw, truths).flatMap((estimate, belt) => (estimate ? [{ estimate, belt }] : []));
    const told = discoveries(
      known.map(({ estimate }) => pValueOf(estimate, 0)),
      TESTED_RATE,
    );
    const found = known.filter((_, index) => told[index]);
    const falsely = found.filter(({ belt }) => truths[belt] === 1).length;
    share += found.length === 0 ? 0 : falsely / found.length / LISTS;
  }
  return {
    name: `false findings in a list: ${name}`,
    share,
    of: `${LISTS} lists of ${truths.length}`,
    most: FALSE_DISCOVERY_RATE,
    seeds: String(seed),
  };
}

function places(name: string, seed: number, truths: readonly number[]): Trial {
  const draw = random(seed);
  let held = 0;
  for (let list = 0; list < LISTS; list++) {
    const steps = rankIntervals(drawn(draw, truths), CONFIDENCE);
    let step = steps.next();
    while (!step.done) step = steps.next();
    const intervals = step.value;
    const all = truths.every((truth, belt) => {
      const interval = intervals[belt];
      const first = truths.filter((other) => other > truth).length + 1;
      const last = truths.filter((other) => other >= truth).length;
      return !interval || (interval.low <= first && last <= interval.high);
    });
    if (all) held++;
  }
  return {
    name: `all places of a list hold at once: ${name}`,
    share: held / LISTS,
    of: `${LISTS} lists of ${truths.length}`,
    least: CONFIDENCE - 0.03,
    seeds: String(seed),
  };
}
