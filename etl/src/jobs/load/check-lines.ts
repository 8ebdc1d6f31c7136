/** Order lines of a batch: staged with every check, the rejected ones set apart, and the read side summed by itself. */
import { z } from 'zod';
import type { SourceDefinition } from '../../source/index.ts';
import { LINE_VOCABULARY } from './canonical-model.ts';
import { clockChanges } from './clock-changes.ts';
import type { Totals } from './journal.ts';
import { LoadRefusedError, UsageError } from './load-error.ts';
import type { LoadSession } from './load-session.ts';
import type { SourceMapping } from './source-mapping.ts';

/** A placed order may lie this far ahead of the load's start before it is called odd: clocks differ. */
const FUTURE_TOLERANCE_S = 86_400;

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

/** What a file is called in messages. */
export type FileNames = ReadonlyMap<number, string>;

const factsOf = (source: SourceDefinition): string =>
  source.tables.find(({ role }) => role === 'facts')?.table ?? '';

/**
 * Types and checks the landed lines into `load__staged`.
 * @throws UsageError where the mapping does not give exactly one row for each record of the facts.
 */
export async function stageLines(
  session: LoadSession,
  source: SourceDefinition,
  mapping: SourceMapping,
  startedAt: Date,
  files: FileNames,
): Promise<Totals> {
  const facts = factsOf(source);
  const fill = { mapping: mapping.orderLines };
  await session.run('create-staged', { fill: { name: 'load__staged' } });
  await session.run('create-staged', { fill: { name: 'load__clean' } });
  for (const step of ['create-checked', 'keep-checked', 'create-read', 'create-faulty'])
    await session.run(step);
  const parameters = {
    ...LINE_VOCABULARY,
    ...(await clockChanges(session, source.timeZone)),
    source: source.id,
    currency: source.currency,
    home_country: source.homeCountry,
    time_zone: source.timeZone,
    business_time_zone: source.businessTimeZone,
    batch_id: session.batchId,
    latest: Math.floor(startedAt.getTime() / 1000) + FUTURE_TOLERANCE_S,
  };
  const landed = await session.row('landed-places', places, { fill: { facts } });
  await session.run('stage-lines', { fill, parameters });
  const read = await session.row('read-totals', readTotals);
  if (read.lines !== landed.lines || read.places !== landed.places) {
    await refuseMapping(session, source, facts, mapping.orderLines, files, read.lines - landed.lines);
  }
  return { lines: read.lines, quantity: read.quantity, amount: read.amount };
}

async function refuseMapping(
  session: LoadSession,
  source: SourceDefinition,
  facts: string,
  mapping: string,
  files: FileNames,
  surplus: number,
): Promise<never> {
  const examples = await session.rows('misplaced-lines', misplaced, { fill: { facts, mapping } });
  const list = examples.map(
    ({ file_no, line, times }) => `${files.get(file_no) ?? `file ${file_no}`}, line ${line}: ${times} times`,
  );
  throw new UsageError(
    `${source.select.orderLines} must return exactly one row for each row of ${facts}` +
      `${surplus === 0 ? '' : `, and returns ${Math.abs(surplus)} too ${surplus > 0 ? 'many' : 'few'}`}. ` +
      `A join to a lookup with repeated keys multiplies rows, an inner join loses them; use LEFT ANY JOIN.\n${list.join('\n')}`,
  );
}

/** Sets apart what broke a rule, from landing, lines and dimensions, in `load__rejects`. */
export async function collectRejects(session: LoadSession, source: SourceDefinition): Promise<void> {
  const facts = factsOf(source);
  const lookups = source.tables.filter(({ role }) => role === 'lookup');
  const records = lookups.map(({ table }) => `SELECT _file_no, _line, _raw FROM ${table}__records`);
  await session.run('create-rejects');
  await session.run('reject-malformed', { parameters: { facts } });
  await session.run('reject-lines', { fill: { records: `${facts}__records` } });
  await session.run('reject-lookups', {
    fill: {
      records: records.join(' UNION ALL ') || "SELECT 0 AS _file_no, 0 AS _line, '' AS _raw WHERE false",
    },
  });
}

/** @throws LoadRefusedError with the worst rules and where to look, where more is rejected than the source allows. */
export async function refuseTooManyRejects(
  session: LoadSession,
  source: SourceDefinition,
  read: number,
  rejected: number,
  files: FileNames,
): Promise<void> {
  if (rejected <= read * source.maxRejectedShare) return;
  const rules = await session.rows('worst-rejects', worst);
  const lines = rules.map(
    ({ rule, field, rows, file_no, line, value }) =>
      `- ${rule}${field && ` in ${field}`}: ${rows} ${rows === 1 ? 'row' : 'rows'}, first in ${files.get(file_no) ?? `file ${file_no}`}, ` +
      `line ${line}${value && `: "${value.slice(0, 80)}"`}`,
  );
  const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`;
  throw new LoadRefusedError(
    `${rejected} of ${read} rows (${percent(rejected / read)}) break a rule, more than the ${percent(source.maxRejectedShare)} ` +
      `that ${source.id} allows. Nothing was changed.\n${lines.join('\n')}`,
  );
}
