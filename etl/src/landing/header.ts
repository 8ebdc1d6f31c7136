import { FileFault } from '../files/file-fault.ts';
import { shownText } from '../files/shown-path.ts';
import { LINE_FEEDS } from './lone-returns.ts';
import { splitLine } from './split-line.ts';
import type { TableDefinition } from '../source/definition.ts';

const SHOWN = 1500;

const jsonInstead = (table: string) =>
  `the file has no header of the table ${table}: it is JSON, which is not what the source declares. ` +
  'Load a file of the right kind, or set "format: jsonl" for the table in source.yaml where its files are JSON lines.';

/**
 * Compares the first line of a file with the columns that the source declares, names and order.
 * @throws FileFault that shows both and says which column differs.
 */
export function checkHeader(path: string, table: TableDefinition, line: string): void {
  const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
  const found = splitLine(bare, table.delimiter, table.format !== 'tsv');
  const { columns } = table;
  if (found?.length === columns.length && found.every((name, index) => name === columns[index])) return;
  if (bare.includes('\r') && !bare.includes('\0')) {
    const what = `the lines end in carriage returns alone, or some of them do. ${LINE_FEEDS}.`;
    throw new FileFault('line-ends', path, 1, what);
  }
  if (/^\s*(\[\s*)?\{\s*"/.test(bare)) throw new FileFault('header', path, 1, jsonInstead(table.table));
  if (found === null) throw new FileFault('header', path, 1, 'the header has a quote that is not closed.');
  const show = (names: readonly string[]) => {
    const text = names.join(table.format === 'tsv' ? ' | ' : table.delimiter);
    return shownText(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
  };
  throw new FileFault(
    'header',
    path,
    1,
    `the header is not that of the table ${table.table}: ${difference(columns, found, line)}.\n` +
      `  expected: ${show(columns)}\n  found:    ${show(found)}\n` +
      'Load a file of the right kind, or change "columns" in source.yaml.',
  );
}

function difference(expected: readonly string[], found: readonly string[], line: string): string {
  if (line.includes('\0'))
    return 'it holds NUL bytes, so the file may be UTF-16 without a byte order mark: then set "encoding: utf-16" for the table in source.yaml';
  const other =
    found.length === 1
      ? [',', ';', '\t', '|'].find((mark) => line.split(mark).length === expected.length)
      : undefined;
  if (other !== undefined && expected.length > 1) {
    return `its columns seem to be separated by ${other === '\t' ? 'tabs' : `“${other}”`}, which is not what the source declares`;
  }
  const missing = expected.filter((name) => !found.includes(name));
  const unknown = found.filter((name) => !expected.includes(name));
  const parts = [
    ...(missing.length > 0 ? [`missing ${list(missing)}`] : []),
    ...(unknown.length > 0 ? [`not expected ${list(unknown)}`] : []),
  ];
  if (parts.length > 0) return parts.join(', ');
  const at = expected.findIndex((name, index) => name !== found[index]);
  if (at < 0) return `it has ${found.length} columns instead of ${expected.length}, some twice`;
  return `column ${at + 1} is “${found[at] ?? ''}” instead of “${expected[at]}”; the order counts`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => `“${shownText(name.slice(0, 100))}”`);
  return `${shown.join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`;
}
