/** Who sells no more, as the gate takes it: which months are looked at, and what each owner sold in those that later ones are compared with. */
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { addMonths, type Day, firstDayOf, type Month } from '../core/calendar.ts';
import { monthsOfGrowth } from '../core/merged-months.ts';
import { comparedMonths } from './carrier-holdings.ts';
import type { LoadedRange } from '../core/period.ts';
import type { HeldPiece } from './gate-messages.ts';
import type { StoredArea } from './release-store.service.ts';

/** Months whose growth is one figure: a month, or January and February, of which February is the one that leavers are kept beside. */
export interface GrowthMonths {
  readonly now: readonly Month[];
  readonly base: readonly Month[];
}

export const growthMonthsOf = (month: Month): GrowthMonths => {
  const now = monthsOfGrowth(month);
  return { now, base: now.map((one) => addMonths(one, -12)) };
};

/** Beside which month's release leavers are kept that a month's growth is told with. */
export const leaversMonthOf = (month: Month): Month => growthMonthsOf(month).now.at(-1) ?? month;

/** As the query takes them; `to`s are exclusive. */
export interface LeaverMonths {
  readonly from: Day;
  readonly to: Day;
  readonly base_from: Day;
  readonly base_to: Day;
  readonly earlier_from: Day;
  readonly earlier_to: Day;
}

/** Null where either year is not wholly loaded. Where the year before the first is not, nobody is taken to be new in it, and nothing was told of it. */
export function leaverMonths(month: Month, loaded: LoadedRange): LeaverMonths | null {
  const { now, base } = growthMonthsOf(month);
  const compared = comparedMonths(month, loaded);
  const [first = month, last = month] = [now[0], now.at(-1)];
  if (compared === null) return null;
  const earlier = comparedMonths(base.at(-1) ?? month, loaded);
  return {
    ...{ from: firstDayOf(first), to: firstDayOf(addMonths(last, 1)) },
    ...{ base_from: compared.base_from, base_to: compared.base_to },
    earlier_from: earlier?.base_from ?? compared.base_from,
    earlier_to: earlier?.base_to ?? compared.base_from,
  };
}

/** A belt as releases have it, which says where it lay then. */
type Placed = Pick<StoredArea, 'level' | 'area' | 'about'>;

/**
 * Whether a belt lay elsewhere, or there were others, in one of several releases than in the first of them. Cities then add up otherwise in each, and leavers of both together, which are
 * gated by one map, would be told beside figures of another.
 */
export function layElsewhere(releases: readonly (readonly Placed[])[]): boolean {
  const maps = releases.map((areas) => {
    const belts = areas.flatMap(({ level, area, about }) =>
      level === 'belt'
        ? [[area, about?.adcode ?? '', about?.province ?? '', about?.city ?? '', about?.goods?.zh ?? '']]
        : [],
    );
    return JSON.stringify(belts.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
  });
  return maps.some((map) => map !== maps[0]);
}

type Row = z.output<typeof queries.leaverHoldings.row>;
type Total = z.output<typeof queries.holdingsTotals.row>;
const SOLD = ['left_new', 'left_known', 'stayed_new', 'stayed_known'] as const;

export const leaverPieceOf = (row: Row, base: readonly Month[]): HeldPiece => ({
  ...{ of: 'leavers', at: base.findIndex((month) => firstDayOf(month) === row.month) },
  ...{ belt: row.belt_id, combination: 0, side: row.side, owners: row.owners },
  values: [...SOLD, 'refunded' as const].map((column) => row[column]),
});

/** What does not fit; null where all does. Without a value: this ends in the log. `totals`: of each month. */
export function leaverDifference(
  rows: readonly Row[],
  totals: ReadonlyMap<Month, readonly Total[]>,
): string | null {
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
  for (const [month, ofMonth] of totals) {
    const paid = new Map<string, number>();
    for (const { belt_id, gmv } of ofMonth) paid.set(belt_id, (paid.get(belt_id) ?? 0) + gmv);
    const own = rows.filter((row) => row.month === firstDayOf(month));
    if (own.length !== 2 * paid.size)
      return `${own.length} sides of belts where ${2 * paid.size} are published`;
    for (const row of own) {
      const name = `of ${row.side}s of belt ${row.belt_id || 'none'} in ${month}`;
      if (sum(SOLD.map((column) => sum(row[column]))) !== paid.get(row.belt_id))
        return `what was sold ${name} is not what is published`;
      const other = own.find((one) => one.belt_id === row.belt_id && one.side !== row.side);
      if (SOLD.some((column) => sum(row[column]) !== sum(other?.[column] ?? [])))
        return `what leavers sold ${name} is not that of the other side`;
    }
  }
  return null;
}
