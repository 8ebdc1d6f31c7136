import type { Trial } from './planted-owners.ts';

/** One line of the table. `holds` compares what was measured with the bar. */
export interface Line {
  readonly name: string;
  readonly bar: string;
  readonly measured: string;
  readonly holds: boolean | null;
  readonly seeds: string;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** A share of planted cases, as a line. */
export function lineOf({ name, share, of, least, most, seeds }: Trial): Line {
  const bars = [
    least === undefined ? '' : `≥ ${percent(least)}`,
    most === undefined ? '' : `≤ ${percent(most)}`,
  ];
  const isTold = least !== undefined || most !== undefined;
  return {
    name,
    bar: bars.filter(Boolean).join(', ') || 'printed',
    measured: `${percent(share)} of ${of}`,
    holds: isTold ? share >= (least ?? 0) && share <= (most ?? 1) : null,
    seeds,
  };
}
