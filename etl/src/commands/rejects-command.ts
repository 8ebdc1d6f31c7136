import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadStatement } from '@beltline/sql/clickhouse';
import { z } from 'zod';
import { CELL_LIMIT, longRows, rejectsCsv, shownPath, shownText } from '../files/index.ts';
import { LoadRefusedError, UsageError } from '../jobs/load/load-error.ts';
import type { CommandContext } from './command-context.ts';
import { withEngine } from './engine-access.ts';

export interface RejectsOptions {
  readonly csv?: boolean;
  readonly out?: string;
}

const whole = z.union([z.string(), z.number()]).transform(Number);
const rejected = z.object({
  source: z.string(),
  name: z.string(),
  role: z.string(),
  line: whole,
  raw: z.string(),
  faults: z.array(z.object({ rule: z.string(), field: z.string(), value: z.string() })),
});
type Rejected = z.output<typeof rejected>;

/** Of a value that a reason names, which the row itself has whole. */
const MOST_LETTERS = 200;

/** In one line, and so short that a person and the cell of a spreadsheet can hold all reasons of a row. */
const shortened = (value: string): string => {
  const letters = [...value.slice(0, 2 * MOST_LETTERS + 2)];
  return shownText(letters.slice(0, MOST_LETTERS).join('')) + (letters.length > MOST_LETTERS ? '…' : '');
};

const reasonsOf = ({ faults }: Rejected): string =>
  faults
    .map(({ rule, field, value }) => {
      const [where, what] = [shortened(field), shortened(value)];
      return `${rule}${where && ` in ${where}`}${what && `: "${what}"`}`;
    })
    .join('; ');

/**
 * The rows that a batch rejected: those of orders as a file to correct and load again (`--csv`), or all of them for a person to read.
 * @throws UsageError where there is no such batch; LoadRefusedError where a file of that name is there.
 */
export async function listRejects(
  context: CommandContext,
  batchId: number,
  { csv, out }: RejectsOptions,
): Promise<void> {
  if (out !== undefined && !csv) throw new UsageError('--out is for --csv.');
  const rows = await withEngine(context, { as: 'look' }, async (engine) => {
    const client = engine.client('loader');
    const ask = async <Row extends z.ZodType>(name: string, row: Row): Promise<z.output<Row>[]> => {
      const query_params = { batch_id: batchId };
      const result = await client.query({ query: loadStatement(name), query_params, format: 'JSONEachRow' });
      return z.array(row).parse(await result.json());
    };
    try {
      const [known] = await ask('source-of-batch', z.object({ source: z.string() }));
      if (known === undefined)
        throw new UsageError(`There is no batch ${batchId}. The latest ones: npm run etl -- status`);
      return await ask('rejected-rows', rejected);
    } finally {
      await client.close();
    }
  });
  if (!csv) return context.print(listText(batchId, rows));
  const orders = rows.filter(({ role }) => role !== 'lookup');
  if (orders.length < rows.length)
    context.complain(
      `${rows.length - orders.length} rejected rows of lookups are not among them: correct these in their own file, and give it whole.`,
    );
  const listed = orders.map((one) => ({
    file: one.name,
    line: one.line,
    reasons: reasonsOf(one),
    row: one.raw,
  }));
  const long = longRows(listed);
  if (long[0] !== undefined)
    context.complain(
      `${long.length} of the rows are longer than the ${CELL_LIMIT} characters to which spreadsheets cut a cell, the first of ${shownText(long[0].file)}, line ${long[0].line}: correct these in a text editor.`,
    );
  const text = rejectsCsv(listed);
  if (out === undefined) return context.print(text.replace(/\r\n$/, ''));
  const path = resolve(context.folder, out);
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const why = isThere
      ? 'is there already, and nothing is written over it'
      : `cannot be written: ${(cause as Error).message}`;
    throw new LoadRefusedError(`${shownPath(path)} ${why}.`, { cause });
  }
  context.print(
    `${orders.length} ${orders.length === 1 ? 'row' : 'rows'} in ${shownPath(path)}. Correct the column row, then: npm run etl -- load ${orders[0]?.source ?? '<source>'} --corrected …`,
  );
}

const listText = (batchId: number, rows: readonly Rejected[]): string =>
  rows.length === 0
    ? `Batch ${batchId} rejected no row.`
    : rows
        .map(
          (one) => `${one.name}, line ${one.line}: ${shownText(reasonsOf(one))}\n    ${shownText(one.raw)}`,
        )
        .join('\n');
