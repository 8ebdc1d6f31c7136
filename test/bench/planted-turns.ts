/** Turning points of series in which nothing happens, and of such with turns that are planted. */
import { foundTurns, PLANTED_TURNS, shareTurned } from '@beltline/api/statistics/planted-turns.js';
import type { Trial } from './planted-owners.ts';

const RUNS = 1_000;
const SEED = 7_000;
const NAMES = { v: 'a V', w: 'a W', doubleDip: 'a double dip' } as const;

/** Noise that is said to turn, and planted turns that are found within two months. */
export function turns(): Trial[] {
  const seeds = String(SEED);
  const still = ([name, rise]: readonly [string, number]): Trial => ({
    name: `white noise said to have turned, ${name}`,
    share: shareTurned((month) => rise * month, RUNS, SEED),
    of: `${RUNS} series`,
    ...{ most: 0.1, seeds },
  });
  const planted = (Object.keys(NAMES) as (keyof typeof NAMES)[]).map((path): Trial => {
    const { found } = foundTurns(PLANTED_TURNS[path], RUNS, SEED);
    const of = `${RUNS * PLANTED_TURNS[path].turns.length} turns`;
    return {
      name: `planted turns found within two months: ${NAMES[path]}`,
      share: found,
      of,
      least: 0.9,
      seeds,
    };
  });
  return [
    ...(
      [
        ['level', 0],
        ['on a trend', 0.1],
      ] as const
    ).map(still),
    ...planted,
  ];
}
