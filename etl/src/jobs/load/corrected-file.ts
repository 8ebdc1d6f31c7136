/** Rejected rows that a person has corrected (`etl rejects --csv`), as a file of orders: its rows as they stood in their own files. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { correctedRows, FileFault, fingerprintFile } from '../../files/index.ts';
import { MAX_RECORD_BYTES } from '../../landing/index.ts';
import type { AssignedFile, SourceDefinition, TableDefinition } from '../../source/index.ts';
import { LoadRefusedError, UsageError } from './load-error.ts';

export interface CorrectedFile extends AssignedFile {
  /** A fault of the rows as one of the list that a person has; any other error as it is. */
  ofList(error: unknown): unknown;
  /** Takes the file away again. */
  remove(): void;
}

/**
 * Writes the corrected rows as a file of the facts table, in UTF-8 whatever the table's files are in.
 * @throws FileFault where it is no such list; LoadRefusedError where nothing is left of it, or the source's loads bring whole exports;
 * UsageError where rows of its format are no lines.
 */
export async function correctedFile(source: SourceDefinition, path: string): Promise<CorrectedFile> {
  const facts = source.tables.find(({ role }) => role === 'facts') as TableDefinition;
  if (facts.format === 'parquet')
    throw new UsageError(
      `Rows of Parquet cannot be loaded again by themselves: correct the export of ${source.id}.`,
    );
  if (facts.header !== undefined && facts.header !== 'exact')
    throw new UsageError(
      `Files of ${source.id} have their columns in any order (header: ${facts.header}), so a row alone does not say what is what: correct the export.`,
    );
  if (source.mode === 'full')
    throw new LoadRefusedError(
      `Each load of ${source.id} is an export of everything (mode: full), so a few rows of it would withdraw the others. Nothing was changed. Correct the export.`,
    );
  await fingerprintFile(path); // names a file that is missing, empty or a folder
  const rows = correctedRows(path, decoded(path));
  const long = rows.find(({ row }) => Buffer.byteLength(row) > MAX_RECORD_BYTES);
  if (long !== undefined) {
    const what = `the row is longer than ${MAX_RECORD_BYTES / 1e6} MB.`;
    throw new FileFault('field-too-long', path, long.line, what);
  }
  if (rows.length === 0) throw new LoadRefusedError(`${basename(path)} holds no row. Nothing was changed.`);
  const table: TableDefinition = {
    ...facts,
    encoding: 'utf-8',
    ...(facts.format === 'xlsx' ? { format: 'tsv' as const, delimiter: '\t' } : {}),
  };
  const header = table.format === 'jsonl' ? [] : [headerOf(table)];
  const folder = mkdtempSync(join(tmpdir(), 'beltline-corrected-'));
  const copy = join(folder, basename(path));
  writeFileSync(copy, [...header, ...rows.map(({ row }) => row)].map((row) => `${row}\n`).join(''), {
    mode: 0o600,
  });
  return {
    table,
    path: copy,
    lines: rows.flatMap(({ row, line }) => row.split('\n').map((_, index) => line + index)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
    ofList: (error) =>
      error instanceof FileFault && error.file === copy
        ? new FileFault(error.rule, path, error.line, error.what, { cause: error })
        : error,
  };
}

function decoded(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (cause) {
    throw new FileFault('encoding', path, null, 'it is not UTF-8. Save it as CSV UTF-8.', { cause });
  }
}

const headerOf = ({ columns, delimiter, format }: TableDefinition): string =>
  columns.map((name) => (format === 'csv' && name.includes(delimiter) ? `"${name}"` : name)).join(delimiter);
