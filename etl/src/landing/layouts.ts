/**
 * Files of one table whose headers differ, in the order of columns or by columns that nobody asked for. Each header is a layout with landing
 * tables of its own, which the table's views put together by the names that the source declares; where all files have the declared
 * header, there is none.
 */
import type { ExpectedFile } from '../files/index.ts';
import type { TableDefinition } from '../source/definition.ts';
import { sheetRows } from '../workbook/index.ts';
import { splitLine } from './split-line.ts';
import { TextLines } from './text-lines.ts';

/** A file and the table that it belongs to, as the source declares it. */
export interface LaidOutFile {
  readonly fileNo: number;
  readonly table: TableDefinition;
  readonly path: string;
  readonly expected: ExpectedFile;
}

export interface Layouts {
  /** The layouts of each table of which a file has another header than the one that is declared, by its name. */
  readonly ofTable: ReadonlyMap<string, readonly TableDefinition[]>;
  /** The table as each file of such a table has it, by the file's number. */
  readonly ofFile: ReadonlyMap<number, TableDefinition>;
}

export const NO_LAYOUTS: Layouts = { ofTable: new Map(), ofFile: new Map() };

/**
 * Reads the headers of files whose table lets them differ. One that does not fit is taken for the declared one, so that it is refused where the
 * file is landed, by what is wrong with it. @throws FileFault where a file cannot be read.
 */
export async function layoutsOf(files: readonly LaidOutFile[], signal?: AbortSignal): Promise<Layouts> {
  const headers = new Map<string, Map<number, readonly string[]>>();
  for (const file of files) {
    const { table, fileNo } = file;
    if (table.header === undefined || table.header === 'exact') continue;
    const found = await headerOf(file, signal);
    const ofTable = headers.get(table.table) ?? new Map<number, readonly string[]>();
    headers.set(table.table, ofTable.set(fileNo, fits(table, found) ? found : table.columns));
  }
  const ofTable = new Map<string, TableDefinition[]>();
  const ofFile = new Map<number, TableDefinition>();
  for (const [name, ofFiles] of headers) {
    const table = files.find((file) => file.table.table === name)?.table as TableDefinition;
    const { columns: declared } = table;
    const distinct = [
      ...new Map([...ofFiles.values()].map((columns) => [JSON.stringify(columns), columns])).values(),
    ];
    if (distinct.every((columns) => JSON.stringify(columns) === JSON.stringify(declared))) continue;
    const layouts = distinct.map((columns, no): TableDefinition => ({
      ...table,
      columns,
      layout: { no, declared },
    }));
    ofTable.set(name, layouts);
    for (const [fileNo, columns] of ofFiles) {
      const { table: own } = files.find((file) => file.fileNo === fileNo) as LaidOutFile;
      const layout = layouts.find((one) => JSON.stringify(one.columns) === JSON.stringify(columns));
      if (layout) ofFile.set(fileNo, { ...own, columns: layout.columns, layout: layout.layout });
    }
  }
  return { ofTable, ofFile };
}

/** Every declared column once; others only where the table lets them stand there, and not twice what is declared. */
function fits({ columns, header }: TableDefinition, found: readonly string[]): boolean {
  const times = (name: string): number => found.filter((one) => one === name).length;
  return (
    columns.every((name) => times(name) === 1) &&
    (header === 'with-others' || found.length === columns.length)
  );
}

async function headerOf(
  { table, path, expected }: LaidOutFile,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  if (table.format === 'xlsx') {
    for await (const { row, cells } of sheetRows({ path, sheet: table.sheet }))
      if (row >= (table.headerRow ?? 1)) return row === (table.headerRow ?? 1) ? cells : [];
    return [];
  }
  let header = '';
  const lines = new TextLines({
    path,
    expected,
    onDigest: () => undefined,
    onProgress: undefined,
    signal,
    encoding: table.encoding,
    checkHeader: (line) => void (header = line),
  });
  for await (const _ of lines.blocks()) break;
  return splitLine(header.replace(/\r$/, ''), table.delimiter, table.format === 'csv') ?? [];
}
