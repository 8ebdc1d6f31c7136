/** Rollups of exactly the touched months, under the batch's data version, and the proof that they hold what is in force. */
import { typeOf } from '@beltline/sql/clickhouse';
import { z } from 'zod';
import type { BatchRecord } from './journal.ts';
import { NotAddingUpError } from './load-error.ts';
import { inTurn, type LoadSession, StatementError } from './load-session.ts';
import { pausePoint } from './pause-points.ts';
import { cents } from './cents.ts';

/** Told how far publishing has come. */
export interface PublishProgress {
  (step: 'attach' | 'roll-up' | 'verify', done: number, total: number): void;
}

/** Lines that are rolled up at once, about: bounds the engine's memory, whatever the size of the load. */
export const LINES_PER_RUN = 2_500_000;

const count = z.union([z.string(), z.number()]).transform(Number);
const size = z.object({ month: count, lines: count });
type MonthSize = z.output<typeof size>;
const effectiveLines = z.object({
  own_lines: count,
  own_quantity: z.coerce.string(),
  own_amount: z.string(),
  counted_lines: count,
  counted_pieces: z.coerce.string(),
  counted_gmv: z.string(),
  unknown_buyer_lines: count,
  days: z.array(z.string()),
});
const rollupTotal = z.object({
  rollup: z.string(),
  level: z.string(),
  lines: count,
  pieces: z.coerce.string().nullable(),
  gmv: z.string(),
});
const activeDifferences = z.object({ differences: count, unknown_buyer_lines: count });

export async function rollUp(
  session: LoadSession,
  source: string,
  months: readonly number[],
  onProgress: PublishProgress,
): Promise<void> {
  const sizes = await session.rows('month-sizes', size, { parameters: { source, months } });
  const runs = runsOfMonths(sizes);
  await session.run('number-merchants', { parameters: { source, batch_id: session.batchId } });
  for (const [index, run] of runs.entries()) {
    onProgress('roll-up', index, runs.length);
    const parameters = { source, months: run };
    await session.together([
      inTurn(
        () => session.run('create-buyers', { parameters }),
        () => session.run('number-buyers', { parameters: { source, batch_id: session.batchId } }),
        () => session.run('create-numbered-buyers', { parameters: { source } }),
      ),
      () => session.run('create-skus', { parameters }),
    ]);
    await session.run('create-counted', { parameters });
    await rollUpCounted(session, source);
  }
  onProgress('roll-up', runs.length, runs.length);
}

/**
 * No unit crosses months, so months can be taken in any groups: as few as hold LINES_PER_RUN or, where a month is larger,
 * that month, and about equally large, because each group costs some forty statements whatever its size.
 */
export function runsOfMonths(sizes: readonly MonthSize[]): number[][] {
  const total = Math.max(
    1,
    sizes.reduce((sum, { lines }) => sum + lines, 0),
  );
  const count = Math.ceil(total / LINES_PER_RUN);
  const runs = Array.from({ length: count }, (): number[] => []);
  let before = 0;
  for (const { month, lines } of sizes) {
    // A month goes where its middle lies.
    runs[Math.min(count - 1, Math.floor(((before + lines / 2) / total) * count))]?.push(month);
    before += lines;
  }
  return runs.filter((months) => months.length > 0);
}

/**
 * Distinct units are the costly part. They are grouped once by day, and from there by month. Nearly every order has one
 * belt, merchant and day, and nearly every unit one belt a day, so that one grouping serves every level, and only the
 * others are looked at again belt by belt.
 */
async function rollUpCounted(session: LoadSession, source: string): Promise<void> {
  const active = (unit: 'merchant' | 'buyer') => async (): Promise<void> => {
    const days = { name: `load__${unit}_days`, id: `${unit}_no` };
    await session.run('create-active-days', { fill: days });
    await session.run('create-active-days-spread', { fill: days });
    await session.run('create-active-by-belt', { fill: { name: days.name } });
    const months = { name: `load__${unit}_months`, days: days.name };
    await session.run('create-active-months', { fill: months });
    await session.run('create-active-months-spread', { fill: months });
    await session.run('create-active-by-belt', { fill: { name: months.name } });
  };
  await session.together([
    inTurn(
      () => session.run('create-orders'),
      () => session.run('create-sums'),
    ),
    inTurn(active('merchant'), active('buyer')),
  ]);
  const parameters = { source, batch_id: session.batchId };
  const day = { target: 'rollup_belt_day', bucket: 'day', day_column: 'day,', day_value: 'units.at,' };
  const month = { target: 'rollup_belt_month', bucket: 'month', day_column: '', day_value: '' };
  const belts = (fill: typeof day) => async (): Promise<void> => {
    await session.run('rollup-belts', { fill, parameters });
    await session.run('rollup-nation', { fill, parameters });
  };
  const sets = (unit: 'merchant' | 'buyer') => async (): Promise<void> => {
    const input = { fill: { months: `load__${unit}_months` }, parameters: { ...parameters, unit } };
    await session.run('rollup-active-belts', input);
    await session.run('rollup-active-nation', input);
  };
  const spread = (unit: 'order' | 'buyer') => () => session.run(`rollup-spread-${unit}s`, { parameters });
  await session.together([
    belts(day),
    inTurn(sets('merchant'), sets('buyer'), spread('order'), spread('buyer')),
  ]);
  await pausePoint('rolled-up-one');
  await session.together([
    inTurn(
      belts(month),
      () => session.run('rollup-merchants', { parameters }),
      () => session.run('rollup-unknown-buyers', { parameters }),
    ),
    inTurn(
      () => session.run('rollup-skus', { parameters }),
      () => session.run('rollup-lineage', { parameters }),
    ),
  ]);
}

/**
 * The days of the months that have a line in force, in order.
 * @throws Error where the published lines are not those that were reconciled, or a rollup does not add up to them.
 */
export async function verifyRollups(
  session: LoadSession,
  batch: BatchRecord,
  months: readonly number[],
): Promise<string[]> {
  const parameters = { source: batch.source, batch_id: batch.batchId };
  const lines = await session.row('effective-lines', effectiveLines, {
    parameters: { ...parameters, months },
  });
  const { loaded } = batch.reconciliation;
  const wrong: string[] = [];
  const expected = await expectedLines(session);
  if (expected !== null && expected !== lines.counted_lines)
    wrong.push(
      `in force are ${lines.counted_lines} lines that count, and ${expected} must be: others have been lost or changed since the load was decided`,
    );
  if (
    lines.own_lines !== loaded.lines ||
    lines.own_quantity !== loaded.quantity ||
    cents(lines.own_amount) !== cents(loaded.amount)
  ) {
    wrong.push(
      `order_lines holds ${lines.own_lines} lines of the batch with ${lines.own_quantity} pieces and ${lines.own_amount}, ` +
        `reconciled were ${loaded.lines} with ${loaded.quantity} and ${loaded.amount}`,
    );
  }
  for (const total of await session.rows('rollup-totals', rollupTotal, { parameters })) {
    const pieces = total.pieces ?? lines.counted_pieces;
    if (
      total.lines === lines.counted_lines &&
      pieces === lines.counted_pieces &&
      cents(total.gmv) === cents(lines.counted_gmv)
    )
      continue;
    wrong.push(
      `${total.rollup} ${total.level} adds up to ${total.lines} lines, ${pieces} pieces and ${total.gmv}, ` +
        `in force are ${lines.counted_lines}, ${lines.counted_pieces} and ${lines.counted_gmv}`,
    );
  }
  const { differences, unknown_buyer_lines } = await session.row('active-differences', activeDifferences, {
    parameters,
  });
  if (differences > 0)
    wrong.push(`rollup_active_month holds other numbers of merchants or buyers in ${differences} places`);
  if (unknown_buyer_lines !== lines.unknown_buyer_lines)
    wrong.push(
      `rollup_unknown_buyer_month holds ${unknown_buyer_lines} lines without a buyer, in force are ${lines.unknown_buyer_lines}`,
    );
  if (wrong.length > 0)
    throw new NotAddingUpError(
      `The load is not committed, because its figures do not add up: ${wrong.join('; ')}.`,
    );
  return lines.days;
}

/** Null where it is not known, also of a batch that an earlier version of the program decided. */
async function expectedLines(session: LoadSession): Promise<number | null> {
  const row = await session
    .row('expected-lines', z.object({ lines: count.nullable() }))
    .catch((error: unknown) => {
      if (error instanceof StatementError && typeOf(error.cause) === 'UNKNOWN_TABLE') return { lines: null };
      throw error;
    });
  return row.lines;
}
