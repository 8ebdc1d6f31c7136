/** Axes of charts, of shown figures alone: rounded to steps of 1, 2 or 5, so that they tell no more than how large what is shown is. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

const STEPS = [1, 2, 5, 10] as const;
const MOST_TICKS = 5;
/** Less than anything that is printed. */
const NOTHING = 1e-9;

/** From zero or below to zero or above, over all values; null where there is none, and so nothing to be drawn to scale. */
export function scaleOf(values: readonly number[]): Scale | null {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (most - least < NOTHING) return null;
  const power = 10 ** Math.floor(Math.log10((most - least) / MOST_TICKS));
  const stepsOf = (step: number) => [Math.floor(least / step), Math.ceil(most / step)] as const;
  const fits = (step: number) => {
    const [first, last] = stepsOf(step);
    return last - first <= MOST_TICKS;
  };
  // Two more than the widest: rounding outwards may need them.
  const step = [...STEPS, 20, 50].map((one) => one * power).find(fits) ?? 100 * power;
  const [first, last] = stepsOf(step);
  // Of whole steps, because sums of fractions drift.
  const ticks = Array.from({ length: last - first + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
  return { from: ticks[0] ?? 0, to: ticks.at(-1) ?? 0, ticks };
}

/** Where a value lies, between two ends of a drawing. */
export const placeOf = (
  { from, to }: Scale,
  value: number,
  [start, end]: readonly [number, number],
): number => start + ((value - from) / (to - from)) * (end - start);
