/** Periods as the queries about prices take them. */

/** Parameters of `priced-items`. */
export interface PricedPeriods {
  readonly track_bit: number;
  readonly months: readonly string[];
  readonly period_nos: readonly number[];
  readonly slots: readonly number[];
}

/** Periods by the first days of their months, numbered in their order; what each period sold of an item is taken together. */
export const takenTogether = (periods: readonly (readonly string[])[], trackBit = 0): PricedPeriods => ({
  track_bit: trackBit,
  months: periods.flat(),
  period_nos: periods.flatMap((months, number) => months.map(() => number)),
  slots: periods.flatMap((months) => months.map(() => 0)),
});

/**
 * The same in parts of `monthsTogether`: the first with the first and the second with the second, so that a price that moves within a period is not taken
 * for one that depends on when most is sold. Null where periods have different numbers of months, or no more than one part has.
 */
export function inParts(
  periods: readonly (readonly string[])[],
  monthsTogether: number,
): PricedPeriods | null {
  const count = periods[0]?.length ?? 0;
  if (count <= monthsTogether || periods.some(({ length }) => length !== count)) return null;
  return {
    ...takenTogether(periods),
    slots: periods.flatMap((months) => months.map((_, month) => Math.floor(month / monthsTogether))),
  };
}
