/** The files of a batch: given to the source's tables, fingerprinted, and compared with what is loaded already. */
import { basename } from 'node:path';
import { loadStatement } from '@beltline/sql/clickhouse';
import { DATABASE, type ClickHouseClient } from '@beltline/sql/engine';
import { type ExpectedFile, fingerprintFile, measureFile } from '../../files/index.ts';
import {
  type AssignedFile,
  assignFiles,
  type SourceDefinition,
  type TableDefinition,
} from '../../source/index.ts';
import { undoneNow } from './act.ts';
import { linesFingerprint, mappingFingerprint, type SourceMapping } from './source-mapping.ts';

export interface BatchFile {
  readonly fileNo: number;
  readonly table: TableDefinition;
  readonly path: string;
  readonly lines?: AssignedFile['lines'];
  readonly print: ExpectedFile;
  /** The same bytes, under the same mapping and lookups, are loaded already. */
  readonly known: boolean;
}

export interface BatchFiles {
  /** Identifies the mapping and the lookups that the files are read under. */
  readonly fingerprint: string;
  /** Identifies the mapping of the lines alone. */
  readonly mapping: string;
  readonly files: readonly BatchFile[];
}

/**
 * What the files are. Orders that are as long as no loaded file are new for sure; they are read once, later, and hashed
 * on the way.
 * @throws FileFault where a file cannot be read, or the files do not fit the source's tables.
 */
export async function fingerprintFiles(
  client: ClickHouseClient,
  source: SourceDefinition,
  mapping: SourceMapping,
  { paths, corrected }: { readonly paths: readonly string[]; readonly corrected: readonly AssignedFile[] },
  onProgress: (done: number, total: number) => void,
): Promise<BatchFiles> {
  // The last, so that of two records with one updated_at the corrected one counts.
  const assigned = [
    ...assignFiles(corrected.length > 0 ? withoutOrders(source) : source, paths),
    ...corrected,
  ];
  const loadedSizes = await knownSizes(client, source.id);
  const prints: ExpectedFile[] = [];
  for (const { path, table } of assigned) {
    onProgress(prints.length, assigned.length);
    const bytes = await measureFile(path);
    const isNew = table.role === 'facts' && !loadedSizes.has(bytes);
    prints.push(isNew ? { bytes, sha256: null } : await fingerprintFile(path));
  }
  const numbered = assigned.map(({ table, path, lines }, index) => ({
    fileNo: index + 1,
    table,
    path,
    lines,
    print: prints[index] as ExpectedFile,
  }));
  const lookups = numbered
    .filter(({ table }) => table.role === 'lookup')
    .map(({ table, print }) => ({ table: table.table, sha256: print.sha256 ?? '' }));
  const fingerprint = mappingFingerprint(source, mapping, lookups);
  const loaded = await knownFiles(client, source, fingerprint);
  const keys = numbered.filter(({ table }) => table.role === 'facts').map(keyOf);
  const known = source.mode === 'full' && !isSameExport(source, keys, loaded) ? new Set<string>() : loaded;
  return {
    fingerprint,
    mapping: linesFingerprint(source, mapping),
    files: numbered.map((file) => ({
      ...file,
      known: known.has(keyOf(file)),
    })),
  };
}

/** Corrected rows may be all that a load brings. */
const withoutOrders = (source: SourceDefinition): SourceDefinition => ({
  ...source,
  tables: source.tables.map((table) => (table.role === 'facts' ? { ...table, optional: true } : table)),
});

const keyOf = ({ table, print }: Pick<BatchFile, 'table' | 'print'>): string =>
  `${table.table}:${print.sha256}`;

/**
 * Whether a full export is the one that was loaded last, file for file. It is one whole: where any of its files is another,
 * none may be left out, or the lines of that file would be taken for gone.
 */
function isSameExport(
  source: SourceDefinition,
  given: readonly string[],
  loaded: ReadonlySet<string>,
): boolean {
  const facts = source.tables.find(({ role }) => role === 'facts')?.table;
  const before = [...loaded].filter((key) => key.startsWith(`${facts}:`));
  return new Set(given).size === before.length && given.every((key) => loaded.has(key));
}

async function knownSizes(client: ClickHouseClient, source: string): Promise<Set<number>> {
  const result = await client.query({
    query: loadStatement('known-sizes'),
    query_params: { source },
    format: 'JSONEachRow',
  });
  return new Set((await result.json<{ bytes: string }>()).map(({ bytes }) => Number(bytes)));
}

async function knownFiles(
  client: ClickHouseClient,
  source: SourceDefinition,
  fingerprint: string,
): Promise<Set<string>> {
  const undone = await undoneNow(client, source.id);
  const result = await client.query({
    query: loadStatement('known-files'),
    query_params: { source: source.id, fingerprint, full: source.mode === 'full', undone },
    format: 'JSONEachRow',
  });
  const rows = await result.json<{ table_name: string; sha256: string }>();
  return new Set(rows.map((row) => `${row.table_name}:${row.sha256}`));
}

/** What landing found in a file: its records, and its SHA-256. */
export interface ReadFile {
  readonly rows: number;
  readonly sha256: string;
}

/** Records the files of a batch, with what landing found in each. */
export async function recordFiles(
  client: ClickHouseClient,
  source: SourceDefinition,
  batchId: number,
  { fingerprint, mapping, files }: BatchFiles,
  read: ReadonlyMap<number, ReadFile>,
): Promise<void> {
  if (files.length === 0) return;
  await client.insert({
    table: `${DATABASE}.load_files`,
    format: 'JSONEachRow',
    values: files.map((file) => ({
      batch_id: batchId,
      file_no: file.fileNo,
      source: source.id,
      table_name: file.table.table,
      role: file.table.role,
      name: basename(file.path),
      bytes: file.print.bytes,
      sha256: file.print.sha256 ?? read.get(file.fileNo)?.sha256,
      fingerprint,
      mapping,
      rows: read.get(file.fileNo)?.rows ?? 0,
      skipped: isSkipped(file),
    })),
    clickhouse_settings: { async_insert: 0 },
  });
}

/** Lookups are read even when they are known, because the new lines need them. */
export const isSkipped = ({ known, table }: BatchFile): boolean => known && table.role === 'facts';
