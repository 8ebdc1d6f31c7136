import { basename, join, resolve } from 'node:path';
import { FileFault } from '../files/file-fault.ts';
import type { SourceDefinition, TableDefinition } from './definition.ts';
import { globMatcher } from './glob.ts';

/** A file and the table of the source that it belongs to. */
export interface AssignedFile {
  readonly table: TableDefinition;
  readonly path: string;
  /** Where its lines below the header stand in the list that it was made of; in a file of its own, where they lie. */
  readonly lines?: readonly number[] | undefined;
}

/**
 * Gives each file to the table whose `match` fits its base name, and adds the files that ship with the source where no
 * given file takes their place. The order depends on the names alone (the source's order of tables, then base name, then
 * path), so that the same files always get the same numbers. The same path given twice counts once.
 * @throws FileFault where a file fits no table or more than one, or where a required table is left without a file.
 */
export function assignFiles(source: SourceDefinition, paths: readonly string[]): AssignedFile[] {
  const given = [...new Set(paths.map((path) => resolve(path)))];
  const byTable = new Map<TableDefinition, string[]>(source.tables.map((table) => [table, []]));
  const matchers = source.tables.map((table) => ({ table, fits: globMatcher(table.match) }));
  for (const path of given) {
    const fitting = matchers.filter(({ fits }) => fits(basename(path))).map(({ table }) => table);
    if (fitting.length !== 1) throw misfit(source, path, fitting);
    byTable.get(fitting[0] as TableDefinition)?.push(path);
  }
  return [...byTable].flatMap(([table, files]) => {
    if (files.length === 0 && table.file !== undefined)
      return [{ table, path: join(source.folder, table.file) }];
    if (files.length === 0 && !table.optional) throw absent(source, table, given.length);
    return files.sort(byName).map((path) => ({ table, path }));
  });
}

/** By code unit and not by locale: the order must be the same on every machine. */
function byName(a: string, b: string): number {
  const [left, right] = basename(a) === basename(b) ? [a, b] : [basename(a), basename(b)];
  return left < right ? -1 : 1;
}

function misfit(source: SourceDefinition, path: string, fitting: readonly TableDefinition[]): FileFault {
  const expected = source.tables.map(({ table, match }) => `${match} (${table})`).join(', ');
  if (fitting.length === 0) {
    return new FileFault(
      'assignment',
      path,
      null,
      `the source ${source.id} has no table for a file of this name. It expects ${expected}. Rename the file or leave it out.`,
    );
  }
  const names = fitting.map(({ table }) => table).join(' and ');
  return new FileFault(
    'assignment',
    path,
    null,
    `the name fits more than one table of the source ${source.id}: ${names}. Make their "match" in source.yaml exclude each other.`,
  );
}

function absent(source: SourceDefinition, table: TableDefinition, given: number): FileFault {
  return new FileFault(
    'missing',
    table.match,
    null,
    `the source ${source.id} needs a file for its table ${table.table}, and none of the ${given} given ${given === 1 ? 'file' : 'files'} has such a name.`,
  );
}
