/** Who the largest sellers are, as the gate takes it: of each owner what is of the largest, and the rest, told apart by tracks, the size of the order and whether its seller is new. */
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { firstDayOf, type Month } from '../core/calendar.ts';
import { SMALL_ORDER_PIECES } from '../core/service.ts';
import type { ComparedMonths } from './carrier-holdings.ts';
import type { HeldPiece } from './gate-messages.ts';
import { NEW, SMALL } from './gated-sellers.ts';

type Row = z.output<typeof queries.sellerHoldings.row>;
type Total = z.output<typeof queries.holdingsTotals.row>;

const KINDS = ['largest', 'others'] as const;
const sumOf = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

/** What the query is asked. `compared`: as of newcomers; null where the year before is not wholly loaded: then nobody is told to be new. */
export function sellersAsked(month: Month, compared: ComparedMonths | null) {
  const day = firstDayOf(month);
  const none = { month: day, from: day, base_from: day, base_to: day };
  return { ...(compared ?? none), small_pieces: SMALL_ORDER_PIECES };
}

/** Whose part and rest are both nothing is in no whole. */
export function sellerPieceOf(row: Row): HeldPiece {
  const { belt_id, combination, is_small, is_new, side, owners, largest, others } = row;
  const those = [...owners.keys()].filter((at) => (largest[at] ?? 0) + (others[at] ?? 0) > 0);
  return {
    ...{ of: 'largest-sellers', belt: belt_id, side },
    combination: combination | (is_small ? SMALL : 0) | (is_new ? NEW : 0),
    owners: those.map((at) => owners[at] ?? ''),
    values: [largest, others].map((values) => those.map((at) => values[at] ?? 0)),
  };
}

/** By belt what all but the largest sellers sold, in hundredths. */
export function othersByBelt(rows: readonly Row[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { belt_id, side, others } of rows)
    if (side === 'seller') sums[belt_id] = (sums[belt_id] ?? 0) + sumOf(others);
  return sums;
}

/** What does not fit; null where all does. Without a value: this ends in the log. */
export function sellerDifference(rows: readonly Row[], totals: readonly Total[]): string | null {
  const sums = new Map<string, number>();
  const add = (key: string, value: number) => sums.set(key, (sums.get(key) ?? 0) + value);
  for (const { belt_id, combination, is_small, is_new, side, largest, others } of rows) {
    const sign = side === 'seller' ? 1 : -1;
    for (const [kind, values] of [['largest', largest] as const, ['others', others] as const]) {
      add(`${kind} ${belt_id}/${combination}/${is_small}/${is_new}`, sign * sumOf(values));
      if (side === 'seller') add(`all ${belt_id}/${combination}`, sumOf(values));
    }
  }
  for (const { belt_id, combination, gmv } of totals) add(`all ${belt_id}/${combination}`, -gmv);
  const wrong = [...sums].find(([, sum]) => sum !== 0)?.[0];
  if (wrong === undefined) return null;
  return KINDS.some((kind) => wrong.startsWith(kind))
    ? `what was sold is not what was bought (${wrong})`
    : `what the largest sellers and the others sold is not what is published (${wrong})`;
}
