/** Who wins each line, and what that means for each month: decided in full before anything is published. */
import { z } from 'zod';
import type { BatchRecord, Reconciliation, Totals } from './journal.ts';
import type { SourceDefinition } from '../../source/index.ts';
import { cents } from './cents.ts';
import { LoadRefusedError } from './load-error.ts';
import type { LoadSession } from './load-session.ts';

/** What a file is called in messages. */
export type FileNames = ReadonlyMap<number, string>;

/** Keys that are compared at once: about 300 MB in the engine. */
const KEYS_PER_BUCKET = 8_000_000;

const bucketsOf = (lines: number): number => Math.max(1, Math.ceil(lines / KEYS_PER_BUCKET));

/** Hash of what a record says of its line: all but where it lies, where it came from and what was noticed of it. */
const CONTENT =
  'cityHash64(tuple(* EXCEPT (source, order_id, line_no, placed_day, updated_at, oddities, batch_id, file_no, file_line, version, is_deleted, written_by)))';

const count = z.union([z.string(), z.number()]).transform(Number);
const money = z.coerce.string();
const balance = z.object({
  loaded_lines: count,
  loaded_quantity: money,
  loaded_amount: money,
  superseded_lines: count,
  superseded_quantity: money,
  superseded_amount: money,
  rejected_lines: count,
  rejected_quantity: money,
  rejected_amount: money,
  ignored_lines: count,
  ignored_quantity: money,
  ignored_amount: money,
  replaced_lines: count,
  merchants: z.tuple([count, count]),
  memberships: z.tuple([count, count]),
  belts: z.tuple([count, count]),
});
const warning = z.object({ name: z.string(), lines: count });
const month = z.object({ month: count });
const emptied = z.object({ month: count, withdrawn: count, effective: count });
const tied = z.object({ lines: count, file_no: count, line: count, order_id: z.string() });
const onSeveralDays = z.object({ orders: count, file_no: count, line: count, order_id: z.string() });
const any = z.object({ lines: count });

/**
 * Finds the lines that occur more than once and ranks the records that claim them.
 * @param other batches whose lines were read under another mapping than this one's
 * @param replaces the batch's records win over those in force, whatever their updated_at
 */
export async function decideWinners(
  session: LoadSession,
  source: string,
  staged: number,
  other: readonly number[],
  replaces: boolean,
): Promise<void> {
  const buckets = bucketsOf(staged);
  const { lines: stored } = await session.row('any-lines', any, { parameters: { source } });
  await session.run('create-repeated');
  for (let bucket = 0; bucket < buckets; bucket++) {
    const parameters = { source, buckets, bucket };
    await session.run('repeated-in-batch', { parameters });
    if (stored > 0) await session.run('repeated-in-store', { parameters });
  }
  await session.run('create-candidates', {
    fill: { content: CONTENT },
    parameters: { source, other, replaces },
  });
}

/**
 * Finds the lines that a full export no longer holds, or that a batch which replaces months does not bring of them.
 * @throws LoadRefusedError where, of any month, they are more of the lines in force than the source lets be withdrawn: half
 * an export, or one that brings a stray line of a month it does not cover.
 */
export async function withdrawMissing(
  session: LoadSession,
  source: SourceDefinition,
  replaces?: Readonly<{ first: number; last: number }>,
): Promise<void> {
  const { first, last } = replaces ?? { first: 0, last: 0 };
  const full = source.mode === 'full' || replaces !== undefined;
  await session.run('create-withdrawn', { parameters: { source: source.id, full, first, last } });
  if (source.mode !== 'full' || replaces) return;
  const parameters = { source: source.id, most: source.maxWithdrawnShare };
  const [worst, ...others] = await session.rows('withdrawn-lines', emptied, { parameters });
  if (!worst) return;
  const name = `${Math.floor(worst.month / 100)}-${String(worst.month % 100).padStart(2, '0')}`;
  const more = others.length > 0 ? `; ${others.length} more such months` : '';
  throw new LoadRefusedError(
    `${worst.withdrawn} of ${worst.effective} lines in force in ${name} are no longer in these files, more than the ` +
      `${100 * source.maxWithdrawnShare} % of a month that ${source.id} lets be withdrawn (maxWithdrawnShare${more}). Nothing was changed. ` +
      'Is the export whole, and does it bring every line of each month of which it brings one?',
  );
}

/**
 * @throws LoadRefusedError where, of more lines than the source lets be rejected, the batch brings two records that nothing
 * but their place in the files puts in order: as a rule two orders have then got one number.
 */
export async function refuseTooManyTies(
  session: LoadSession,
  source: SourceDefinition,
  read: number,
  files: FileNames,
): Promise<void> {
  const { lines, file_no, line, order_id } = await session.row('tied-lines', tied);
  if (lines <= read * source.maxRejectedShare) return;
  throw new LoadRefusedError(
    `${lines} of ${read} records have the order number, line number and updated_at of another record in the load, and differ from it ` +
      `(first: order ${order_id} in ${files.get(file_no) ?? `file ${file_no}`}, line ${line}), more than ${source.id} lets be rejected. Nothing was changed. ` +
      'Have the order numbers been shortened (1230000000000000)? Else let the export raise updated_at with each change.',
  );
}

/** Writes `load__plan` and the rows that replace staged ones; returns the touched months as `YYYYMM`. */
export async function planMonths(session: LoadSession, source: string): Promise<number[]> {
  const parameters = { source, batch_id: session.batchId };
  await session.run('create-moved-months', { parameters: { source } });
  await session.run('create-plan', { parameters: { source } });
  await session.run('fill-clean', { parameters: { source } });
  await session.run('fill-tombstones', { parameters });
  await session.run('create-replaced', { parameters: { source } });
  return (await session.rows('touched-months', month)).map((row) => row.month);
}

/** How many rows of one kind there were, and how many of them were rejected. */
export interface RejectedOf {
  /** As messages name them. */
  readonly kind: string;
  readonly rows: number;
  readonly rejected: number;
}

/** The balance of the lines; and what was rejected of merchants, memberships and belts, which are in no balance. */
export async function reconcile(
  session: LoadSession,
  source: string,
  read: Totals,
): Promise<{ reconciliation: Reconciliation; lookups: readonly RejectedOf[] }> {
  const row = await session.row('reconciliation', balance, { parameters: { source } });
  const side = (name: 'loaded' | 'superseded' | 'rejected' | 'ignored'): Totals => ({
    lines: row[`${name}_lines`],
    quantity: row[`${name}_quantity`],
    amount: row[`${name}_amount`],
  });
  const reconciliation = {
    read,
    loaded: side('loaded'),
    superseded: side('superseded'),
    rejected: side('rejected'),
    ignored: side('ignored'),
    replacedLines: row.replaced_lines,
  };
  const lookups = (['merchants', 'memberships', 'belts'] as const).map((kind) => {
    const [rows, rejected] = row[kind];
    return { kind, rows, rejected };
  });
  return { reconciliation, lookups };
}

/** The measures in which read is not loaded + superseded + rejected + ignored, in words; none where the balance is even. */
export function imbalances({ read, loaded, superseded, rejected, ignored }: Reconciliation): string[] {
  const parts = [loaded, superseded, rejected, ignored];
  const uneven = (measure: string, whole: bigint, sum: bigint): string[] =>
    whole === sum ? [] : [`${measure}: ${whole} read, ${sum} accounted for`];
  const add = (values: bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);
  return [
    ...uneven('lines', BigInt(read.lines), add(parts.map(({ lines }) => BigInt(lines)))),
    ...uneven('quantity', BigInt(read.quantity), add(parts.map(({ quantity }) => BigInt(quantity)))),
    ...uneven('amount in cents', cents(read.amount), add(parts.map(({ amount }) => cents(amount)))),
  ];
}

/** Finds the orders whose lines lie on several days; what to say of them, null where there are none. */
export async function severalDays(
  session: LoadSession,
  source: string,
  staged: number,
  files: FileNames,
): Promise<string | null> {
  const buckets = bucketsOf(staged);
  const { lines: stored } = await session.row('any-lines', any, { parameters: { source } });
  await session.run('create-several-days');
  for (let bucket = 0; bucket < buckets; bucket++) {
    const parameters = { source, buckets, bucket, has_lines: stored > 0 };
    await session.run('fill-several-days', { parameters });
  }
  const { orders, file_no, line, order_id } = await session.row('first-on-several-days', onSeveralDays, {
    parameters: { source },
  });
  if (orders === 0) return null;
  return (
    `${orders} ${orders === 1 ? 'order has' : 'orders have'} lines on several days (first: order ${order_id} in ` +
    `${files.get(file_no) ?? `file ${file_no}`}, line ${line}) and count${orders === 1 ? 's' : ''} once in each day and month of them.`
  );
}

export async function countWarnings(
  session: LoadSession,
  { id: source, mode }: SourceDefinition,
  replaces: boolean,
): Promise<BatchRecord['warnings']> {
  const parameters = { source, full: mode === 'full' && !replaces };
  const rows = await session.rows('warnings', warning, { parameters });
  return Object.fromEntries(rows.map(({ name, lines }) => [name, lines]));
}
