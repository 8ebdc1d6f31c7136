/** Order lines of a batch: staged with every check, the rejected ones set apart, and the read side summed by itself. */
import { loadPart } from '@beltline/sql/clickhouse';
import { z } from 'zod';
import type { SourceDefinition } from '../../source/index.ts';
import { LINE_VOCABULARY, OPTIONAL_COLUMNS } from './canonical-model.ts';
import { clockChanges } from './clock-changes.ts';
import type { IgnoredRows, Totals } from './journal.ts';
import { LoadRefusedError, MappingFault } from './load-error.ts';
import type { LoadSession } from './load-session.ts';
import { cents } from './cents.ts';
import type { FileNames, RejectedOf } from './plan-months.ts';
import { runLimits, runningMapping } from './mapping-limits.ts';
import { MAPPED_VIEW } from './mapping-sandbox.ts';

/** An order may be placed or updated this far ahead of the load's start, because clocks differ. */
const FUTURE_TOLERANCE_S = 86_400;

/** A whole number up to here is exact in every number that the API answers with. */
const MOST_CENTS = 9_000_000_000_000_000n;

const count = z.union([z.string(), z.number()]).transform(Number);
const readTotals = z.object({
  lines: count,
  quantity: z.coerce.string(),
  amount: z.string(),
  places: z.coerce.string(),
});
const places = z.object({ lines: count, places: z.coerce.string() });
const misplaced = z.object({ file_no: count, line: count, times: count });
const worst = z.object({
  rule: z.string(),
  field: z.string(),
  rows: count,
  file_no: count,
  line: count,
  value: z.string(),
});

const factsOf = (source: SourceDefinition): string =>
  source.tables.find(({ role }) => role === 'facts')?.table ?? '';

/**
 * Types and checks the landed lines into `load__staged`.
 * @param columns those that the SELECT of order lines gives
 * @throws MappingFault where the mapping does not give exactly one row for each record of the facts.
 */
export async function stageLines(
  session: LoadSession,
  source: SourceDefinition,
  startedAt: Date,
  files: FileNames,
  columns: readonly string[],
): Promise<Totals> {
  const facts = factsOf(source);
  await session.run('create-staged', { fill: { name: 'load__staged' } });
  await session.run('create-staged', { fill: { name: 'load__clean' } });
  for (const step of ['create-checked', 'keep-checked', 'create-read', 'create-faulty', 'create-ignored'])
    await session.run(step);
  const now = Math.floor(startedAt.getTime() / 1000);
  const parameters = {
    ...LINE_VOCABULARY,
    ...(await clockChanges(session, source.timeZone)),
    source: source.id,
    currency: source.currency,
    home_country: source.homeCountry,
    may_lack_buyer: source.unknown?.includes('buyer') ?? false,
    may_lack_sku: source.unknown?.includes('sku') ?? false,
    time_zone: source.timeZone,
    business_time_zone: source.businessTimeZone,
    batch_id: session.batchId,
    now,
    latest: now + FUTURE_TOLERANCE_S,
  };
  const landed = await session.row('landed-places', places, { fill: { facts } });
  const optional = OPTIONAL_COLUMNS.map((name) => [
    name,
    columns.includes(name) ? loadPart('given-column', { name }) : loadPart('no-column'),
  ]);
  const fill = {
    ...(Object.fromEntries(optional) as Record<string, string>),
    updated_at:
      source.order === 'load' ? loadPart('time-of-load') : loadPart('given-column', { name: 'updated_at' }),
    mapping: MAPPED_VIEW.orderLines,
    limits: runLimits(landed.lines, source.timeZone),
  };
  await runningMapping(source.select.orderLines, () => session.run('stage-lines', { fill, parameters }));
  const read = await session.row('read-totals', readTotals);
  if (read.lines !== landed.lines || read.places !== landed.places) {
    await refuseMapping(session, source, facts, files, read.lines - landed.lines);
  }
  return { lines: read.lines, quantity: read.quantity, amount: read.amount };
}

const ignoredRow = z.object({
  reason: z.string(),
  lines: count,
  quantity: z.coerce.string(),
  amount: z.string(),
  file_no: count,
  line: count,
});

/** A reason is a kind of rows and is kept with every load; what differs from row to row is none. */
const MOST_REASONS = 100;
const LONGEST_REASON = 200;

/**
 * What the mapping says to leave out, by reason, the most rows first.
 * @throws MappingFault where reasons are no kinds of rows: too many, or too long.
 */
export async function ignoredRows(
  session: LoadSession,
  { select }: SourceDefinition,
  files: FileNames,
): Promise<IgnoredRows[]> {
  const rows = await session.rows('ignored-rows', ignoredRow);
  if (rows.length > MOST_REASONS)
    throw new MappingFault(
      `${select.orderLines} gives ${rows.length} different reasons to ignore rows, such as “${rows[0]?.reason.slice(0, 80)}”, and a load keeps ${MOST_REASONS}. ` +
        'Nothing was changed. A reason is a kind of rows (“total of a page”); leave out of it what differs from row to row.',
    );
  const long = rows.find(({ reason }) => reason.length > LONGEST_REASON);
  if (long)
    throw new MappingFault(
      `${select.orderLines} gives a reason to ignore rows that is longer than ${LONGEST_REASON} characters: “${long.reason.slice(0, 80)}…”. Nothing was changed.`,
    );
  return rows.map(({ file_no, ...row }) => ({ ...row, fileNo: file_no, file: files.get(file_no) ?? '' }));
}

async function refuseMapping(
  session: LoadSession,
  source: SourceDefinition,
  facts: string,
  files: FileNames,
  surplus: number,
): Promise<never> {
  const examples = await session.rows('misplaced-lines', misplaced, {
    fill: { facts, mapping: MAPPED_VIEW.orderLines },
  });
  const list = examples.map(
    ({ file_no, line, times }) => `${files.get(file_no) ?? `file ${file_no}`}, line ${line}: ${times} times`,
  );
  throw new MappingFault(
    `${source.select.orderLines} must return exactly one row for each row of ${facts}` +
      `${surplus === 0 ? '' : `, and returns ${Math.abs(surplus)} too ${surplus > 0 ? 'many' : 'few'}`}. ` +
      `A join to a lookup with repeated keys multiplies rows, an inner join loses them; use LEFT ANY JOIN.\n${list.join('\n')}`,
  );
}

/** Sets apart what broke a rule, from landing, lines and dimensions, in `load__rejects`. */
export async function collectRejects(session: LoadSession, source: SourceDefinition): Promise<void> {
  const facts = factsOf(source);
  const lookups = source.tables.filter(({ role }) => role === 'lookup');
  const records = lookups.map(({ table }) => loadPart('records-of-lookup', { table }));
  await session.run('create-rejects');
  await session.run('reject-malformed', { parameters: { facts } });
  await session.run('reject-lines', { fill: { records: `${facts}__records` } });
  await session.run('reject-lookups', {
    fill: {
      records: records.join(' UNION ALL ') || loadPart('no-records'),
    },
  });
}

/** A rule that rejected rows, and the first of them. */
export interface RejectingRule {
  readonly rule: string;
  readonly field: string;
  readonly rows: number;
  /** '' where the mapping does not say where a row comes from. */
  readonly file: string;
  readonly line: number;
  readonly value: string;
}

/** The ten rules that reject most rows of the facts, or of the lookups. */
export async function worstRejects(
  session: LoadSession,
  role: 'facts' | 'lookup',
  files: FileNames,
): Promise<RejectingRule[]> {
  const rules = await session.rows('worst-rejects', worst, { parameters: { role } });
  return rules.map(({ file_no, ...rule }) => ({ ...rule, file: files.get(file_no) ?? '' }));
}

export function rejectText({ rule, field, rows, file, line, value }: RejectingRule): string {
  const where = file && `, first in ${file}, line ${line}`;
  return `${rule}${field && ` in ${field}`}: ${rows} ${rows === 1 ? 'row' : 'rows'}${where}${value && `: "${value.slice(0, 80)}"`}`;
}

const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`;
const shareText = ({ kind, rows, rejected }: RejectedOf): string =>
  `${rejected} of ${rows} ${kind} (${percent(rejected / rows)})`;

/**
 * The share counts for lines and for each kind of lookup by itself: beside many lines, all memberships would be few.
 * @throws LoadRefusedError with the worst rules and where to look, where more is rejected than the source allows. Rejected
 * lookups are named too: where a merchant is rejected, so is each of its lines.
 */
export async function refuseTooManyRejects(
  session: LoadSession,
  source: SourceDefinition,
  kinds: { readonly lines: RejectedOf; readonly lookups: readonly RejectedOf[] },
  files: FileNames,
  lookups: readonly RejectingRule[],
): Promise<void> {
  const isTooMany = ({ rows, rejected }: RejectedOf): boolean => rejected > rows * source.maxRejectedShare;
  const tooMany = [kinds.lines, ...kinds.lookups].filter(isTooMany);
  if (tooMany.length === 0) return;
  const list = (rules: readonly RejectingRule[]): string =>
    rules.map((rule) => `\n- ${rejectText(rule)}`).join('');
  const lines = isTooMany(kinds.lines) ? list(await worstRejects(session, 'facts', files)) : '';
  throw new LoadRefusedError(
    `${tooMany.map(shareText).join(', ')} break a rule, more than the ${percent(source.maxRejectedShare)} ` +
      `that ${source.id} allows. Nothing was changed.${lines}` +
      (lines !== '' && lookups.length > 0 ? '\nRows of lookups were rejected as well:' : '') +
      list(lookups),
  );
}

/** @throws LoadRefusedError where the amounts add up to more than the API's numbers can hold to the cent. */
export function refuseTooMuchMoney({ id }: SourceDefinition, { amount }: Totals): void {
  if (cents(amount) < MOST_CENTS) return;
  throw new LoadRefusedError(
    `The amounts of the load add up to ${amount}, more than the 90,000,000,000,000 that can be kept to the cent. ` +
      `Nothing was changed. Does the SELECT of ${id} take another column for the amount?`,
  );
}
