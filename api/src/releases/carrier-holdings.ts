/** Who carries growth, as the gate takes it: of each owner a part and the rest of a whole. */
import type { CarrierMeasure } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { addMonths, type Day, firstDayOf, type Month, monthOf } from '../core/calendar.ts';
import { festivalMonths, isFestivalMonth, monthsOfGrowth } from '../core/merged-months.ts';
import { coveredPeriod, isNotLoaded, type LoadedRange } from '../core/period.ts';
import { directionOf } from '../statistics/breadth.ts';
import type { HeldPiece } from './gate-messages.ts';
import { ALL_ORDERS } from './gated-share.ts';

/** Which months a month is compared with, as the query takes them. */
export interface ComparedMonths {
  readonly month: Day;
  readonly from: Day;
  readonly base_from: Day;
  readonly base_to: Day;
}

/**
 * January and February are compared with both of the year before, because the Spring Festival falls into either. Null where these are not wholly loaded: then nobody can say who is
 * new. `loaded`: of the whole source.
 */
export function comparedMonths(month: Month, loaded: LoadedRange): ComparedMonths | null {
  const months = monthsOfGrowth(month);
  const base = months.map((one) => addMonths(one, -12));
  const isWhole = (one: Month) =>
    one >= monthOf(loaded.firstDay) && !isNotLoaded(loaded, one) && coveredPeriod(one, one, loaded).complete;
  const [from = month, baseFrom = month] = [months[0], base[0]];
  if (!base.every(isWhole)) return null;
  return {
    ...{ month: firstDayOf(month), from: firstDayOf(from) },
    ...{ base_from: firstDayOf(baseFrom), base_to: firstDayOf(addMonths(base.at(-1) ?? month, 1)) },
  };
}

/** Whether both sides of the breadth are known: of January not before February is over, and so of February alone. */
export const hasBreadth = (month: Month, loaded: LoadedRange): boolean => {
  if (!isFestivalMonth(month)) return true;
  const [january, february] = festivalMonths(month);
  return month === february && !isNotLoaded(loaded, january) && january >= monthOf(loaded.firstDay);
};

type Row = z.output<typeof queries.carrierHoldings.row>;
type Total = z.output<typeof queries.holdingsTotals.row>;

/** Whose part and rest are both nothing is in no whole. */
function pieceOf(
  { belt_id, side, owners }: Row,
  of: CarrierMeasure,
  part: readonly number[],
  rest: readonly number[],
): HeldPiece {
  const those = [...owners.keys()].filter((at) => (part[at] ?? 0) + (rest[at] ?? 0) > 0);
  return {
    ...{ of, belt: belt_id, combination: ALL_ORDERS, side },
    owners: those.map((at) => owners[at] ?? ''),
    values: [part, rest].map((values) => those.map((at) => values[at] ?? 0)),
  };
}

/** Of a belt's sellers and of its buyers. */
export const newcomerPieceOf = (row: Row): HeldPiece => pieceOf(row, 'newcomers', row.newcomer, row.known);

/**
 * Who rose is 1 of the part, who fell 1 of the rest, and whoever sold about as much half of either, as in `breadth`. Of a row of sellers; that they rose is told of sellers alone, so each of
 * them stands on the other side for themselves. `deadBand`: as of `directionOf`.
 */
export function breadthPiecesOf(row: Row, deadBand: number): HeldPiece[] {
  if (row.side !== 'seller') return [];
  const risen = row.owners.map((_, at) => {
    const direction = directionOf(row.before[at] ?? 0, row.now[at] ?? 0, deadBand);
    return { rising: 1, unchanged: 0.5, falling: 0 }[direction];
  });
  const isIn = row.owners.map((_, at) => (row.before[at] ?? 0) > 0 || (row.now[at] ?? 0) > 0);
  const part = risen.map((value, at) => (isIn[at] ? value : 0));
  const rest = risen.map((value, at) => (isIn[at] ? 1 - value : 0));
  const sellers = pieceOf(row, 'breadth', part, rest);
  return [sellers, { ...sellers, side: 'buyer' }];
}

/** What does not fit; null where all does. Without a value: this ends in the log. */
export function carrierDifference(rows: readonly Row[], totals: readonly Total[]): string | null {
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
  const paid = new Map<string, number>();
  for (const { belt_id, gmv } of totals) paid.set(belt_id, (paid.get(belt_id) ?? 0) + gmv);
  const soldIn = new Set(rows.map(({ belt_id }) => belt_id));
  const missing = [...paid.keys()].find((belt) => !soldIn.has(belt));
  if (missing !== undefined) return `it is not known who is new in belt ${missing || 'none'}`;
  for (const row of rows) {
    const name = `of ${row.side}s of belt ${row.belt_id || 'none'}`;
    if (sum(row.newcomer) + sum(row.known) !== (paid.get(row.belt_id) ?? 0))
      return `what newcomers and others sold ${name} is not what is published`;
    const other = rows.find((one) => one.belt_id === row.belt_id && one.side !== row.side);
    if (sum(row.newcomer) !== sum(other?.newcomer ?? []))
      return `what newcomers sold ${name} is not that of the other side`;
  }
  return null;
}
