/** What counts of buyers do not cover, because the source does not tell who bought it. */
import type { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import type { Amount } from '../../core/amounts.ts';
import { ratioOf } from '../../core/ratio.ts';

export type UnknownRow = z.output<typeof queries.unknownBuyers.row>;

export const addedUnknown = (all: UnknownRow, one: UnknownRow): UnknownRow => ({
  ...all,
  line_count: all.line_count + one.line_count,
  baseline_line_count: all.baseline_line_count + one.baseline_line_count,
  unknown_gmv: all.unknown_gmv + one.unknown_gmv,
  baseline_unknown_gmv: all.baseline_unknown_gmv + one.baseline_unknown_gmv,
});

/**
 * A count of buyers beside the part of the GMV (`gmv`, of the same lines) that it does not cover. Where no buyer is told of what was sold, how many there
 * were is not known, which is not none.
 */
export function covering(count: Amount, row: UnknownRow | undefined, gmv: Amount): Amount {
  if (row === undefined) return count;
  const counted = (units: number | null, lines: number) => (units === 0 && lines > 0 ? null : units);
  return {
    value: counted(count.value, row.line_count),
    baseline: counted(count.baseline, row.baseline_line_count),
    uncovered: {
      value: partOf(row.unknown_gmv, gmv.value),
      baseline: partOf(row.baseline_unknown_gmv, gmv.baseline),
    },
  };
}

/** Nothing of nothing is nothing. */
export const partOf = (unknown: number, whole: number | null): number | null =>
  unknown === 0 ? 0 : ratioOf(unknown, whole);
