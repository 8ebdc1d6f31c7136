/** Of what sizes orders are, as the gate takes it: of each owner what is of small orders, and the rest. */
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import type { HeldPiece } from './gate-messages.ts';

type Row = z.output<typeof queries.sizeHoldings.row>;
type Total = z.output<typeof queries.holdingsTotals.row>;

const SIZES = ['small', 'large'] as const;
const sumOf = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

/** Whose part and rest are both nothing is in no whole. */
export function sizePieceOf({ belt_id, combination, side, owners, small, large }: Row): HeldPiece {
  const those = [...owners.keys()].filter((at) => (small[at] ?? 0) + (large[at] ?? 0) > 0);
  return {
    ...{ of: 'small-orders', belt: belt_id, combination, side },
    owners: those.map((at) => owners[at] ?? ''),
    values: [small, large].map((values) => those.map((at) => values[at] ?? 0)),
  };
}

/** By belt what small orders came to, in hundredths. */
export function smallByBelt(rows: readonly Row[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { belt_id, side, small } of rows)
    if (side === 'seller') sums[belt_id] = (sums[belt_id] ?? 0) + sumOf(small);
  return sums;
}

/** What does not fit; null where all does. Without a value: this ends in the log. */
export function sizeDifference(rows: readonly Row[], totals: readonly Total[]): string | null {
  const keyOf = ({ belt_id, combination }: Pick<Row, 'belt_id' | 'combination'>) =>
    `${belt_id}/${combination}`;
  const bySide = (side: Row['side']) =>
    new Map(rows.filter((row) => row.side === side).map((row) => [keyOf(row), row]));
  const [sellers, buyers] = [bySide('seller'), bySide('buyer')];
  const paid = new Map(totals.map((total) => [keyOf(total), total.gmv]));
  for (const key of new Set([...paid.keys(), ...sellers.keys(), ...buyers.keys()])) {
    const [sold, bought] = [sellers.get(key), buyers.get(key)];
    if (sumOf(sold?.small ?? []) + sumOf(sold?.large ?? []) !== (paid.get(key) ?? 0))
      return `what small and large orders came to is not what is published (${key})`;
    if (SIZES.some((size) => sumOf(sold?.[size] ?? []) !== sumOf(bought?.[size] ?? [])))
      return `what was sold in small orders is not what was bought (${key})`;
  }
  return null;
}
