/** The recovery level of an owner: how far what they sell is back at the mean of the base year, free of the season. */
import type { Reason } from '@beltline/contract';
import { medianLevel, recoveryRatio } from '../statistics/recovery.ts';
import { type LevelShares, SUMS_OF_A_SEASON } from './level-shares.ts';

/** Sums over clean years, in hundredths; `base`: of the base year, above 0 where there is a level. */
export interface LevelFacts {
  /** 100 = the mean of the base year; null where there is none. */
  readonly level: number | null;
  readonly now: number;
  readonly season: number;
  readonly about: number;
  readonly base: number;
  /** Of a season's quarter, or of so many days of the base year. */
  readonly fewestOrders: number;
}

interface LevelRow {
  readonly owner: string;
  readonly sums: readonly number[];
  readonly order_sums: readonly number[];
}

/** By owner; or why nobody has a level. */
export type KnownLevels = ReadonlyMap<string, LevelFacts> | Reason;

export const levelsOf = (rows: readonly LevelRow[], shares: LevelShares): ReadonlyMap<string, LevelFacts> =>
  new Map(rows.map((row) => [row.owner, levelOf(row, shares.partOfBase)]));

function levelOf({ sums, order_sums: orders }: LevelRow, partOfBase: number): LevelFacts {
  const seasons = Array.from({ length: sums.length / SUMS_OF_A_SEASON }, (_, season) => {
    const of = (from: readonly number[]) =>
      from.slice(season * SUMS_OF_A_SEASON, (season + 1) * SUMS_OF_A_SEASON) as [
        number,
        number,
        number,
        number,
      ];
    const [now, before, about, base] = of(sums);
    return { now, before, about, base, level: recoveryRatio(now, base, before, about), orders: of(orders) };
  });
  const counted = seasons.filter(({ level }) => level !== null);
  const total = (part: (season: (typeof seasons)[number]) => number) =>
    seasons.reduce((sum, season) => sum + part(season), 0);
  return {
    level: medianLevel(counted.map(({ level }) => level ?? NaN)),
    now: total(({ now }) => now),
    season: total(({ before }) => before),
    about: total(({ about }) => about),
    base: total(({ base }) => base),
    fewestOrders: Math.min(
      ...counted.map(({ orders: [, before, , base] }) => Math.min(before, base * partOfBase)),
    ),
  };
}
