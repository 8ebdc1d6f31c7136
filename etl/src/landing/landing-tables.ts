/**
 * What a load's database holds of each table T of a source: the lines as they were read, what had to be set apart from
 * them, and the views that the mapping SELECTs and the load job read. The database lives for one load and is dropped.
 */
import type { ClickHouseClient } from '@beltline/sql/engine';
import type { SourceDefinition, TableDefinition } from '../source/definition.ts';
import { asDeclared } from './as-declared.ts';
import { landedAs } from './landed-as.ts';
import { type Layouts, NO_LAYOUTS } from './layouts.ts';
import { LINE_KINDS, lineKind, splitLine, splitRecord, unescapeTsv, withoutCr } from './line-kinds.ts';
import { PARQUET_COLUMNS_TYPE } from './parquet-schema.ts';
import { identifier, literal } from './sql-text.ts';
import { FileStatements, landingPart, landingSql, type Parameters } from './statements.ts';

/** Malformed records of all tables, one row each; beside them, a row each, values that are not written as declared. */
export const FAULTS = 'landing_faults';

/** Names of what a table consists of in the load's database. */
export type LandingNames = ReturnType<typeof landingNames>;

export function landingNames(table: TableDefinition) {
  const name = table.layout === undefined ? table.table : `${table.table}__l${table.layout.no}`;
  return {
    /** View: the well-formed records, a column of text each. */
    view: table.table,
    /** View: the raw text of every record, malformed ones too. */
    records: `${name}__records`,
    /** Text formats: each physical line. Parquet: each row. */
    lines: `${name}__lines`,
    /** CSV and TSV: lines that by themselves look like records and are none, as they stand inside a quote, or hold a NUL. */
    aside: `${name}__aside`,
    /** Records that needed more than their line: of several lines, with stray quotes; JSON lines. With their fields. */
    resolved: `${name}__resolved`,
    /** CSV, only while a file is settled: lines that have to do with open quotes. */
    marks: `${name}__marks`,
    /** CSV, only while a file is settled: first and last line of each record of several lines. */
    spans: `${name}__spans`,
    /** View: the well-formed records as they are written; only where columns declare how that is (`formats`). */
    written: `${table.table}__written`,
    /** Values that are not written as declared, each with its place. */
    misfits: `${table.table}__misfits`,
    /** Parquet: what each file's footer says. */
    schema: `${name}__schema`,
  } as const;
}

/** The names as identifiers with their database, for statements. */
function qualifiedNames(
  database: string,
  table: TableDefinition,
): Record<keyof LandingNames | 'faults', string> {
  const names = { ...landingNames(table), faults: FAULTS };
  const qualified = Object.entries(names).map(([key, name]) => [
    key,
    `${identifier(database)}.${identifier(name)}`,
  ]);
  return Object.fromEntries(qualified) as Record<keyof LandingNames | 'faults', string>;
}

/**
 * Creates what the files of all tables of a source land in, in the load's database, which must exist and be empty.
 * @param layouts of tables whose files have several headers
 */
export async function createLandingTables(
  client: ClickHouseClient,
  database: string,
  source: SourceDefinition,
  layouts: Layouts = NO_LAYOUTS,
): Promise<void> {
  const create = creator(client, database);
  await create(landingSql('create-faults'));
  for (const declared of source.tables) {
    const parts = (layouts.ofTable.get(declared.table) ?? [declared]).map(landedAs);
    for (const table of parts) {
      const names = qualifiedNames(database, table);
      const statements = table.format === 'parquet' ? parquetTables(table, names) : textTables(table, names);
      for (const statement of statements) await create(statement, landingNames(table));
    }
    if (!layouts.ofTable.has(declared.table)) continue;
    const records = parts.map((table) =>
      landingPart('records-of-layout', { records: qualifiedNames(database, table).records }),
    );
    await create(landingSql('create-view', { rows: records.join('\nUNION ALL\n') }), {
      view: landingNames(declared).records,
    });
  }
}

/**
 * Creates the view of each table of a source, once its files have landed: over the kinds of lines that they hold, and no others
 * (after more files, it is to be created again). Records with a value that is not written as its column declares are set apart.
 * @returns how many of them there are, by table; none where a table declares nothing.
 * The engine plans each kind in every statement that reads the view; with all of them, planning was a third of the processor time of
 * a small load.
 */
export async function createLandedViews(
  client: ClickHouseClient,
  database: string,
  source: SourceDefinition,
  layouts: Layouts = NO_LAYOUTS,
): Promise<ReadonlyMap<string, number>> {
  const create = creator(client, database);
  const apart = new Map<string, number>();
  for (const table of source.tables.map(landedAs)) {
    const names = qualifiedNames(database, table);
    const parts: string[] = [];
    for (const part of (layouts.ofTable.get(table.table) ?? [table]).map(landedAs))
      parts.push(await rowsOf(client, database, part, qualifiedNames(database, part)));
    const rows = parts.join('\nUNION ALL\n');
    if (table.formats !== undefined) {
      await create(landingSql('create-view', { rows }), { view: landingNames(table).written });
      apart.set(table.table, await declareRecords(client, database, table, names));
      continue;
    }
    // Lookups are read in the order of their lines, the facts as they come.
    const view = table.role === 'lookup' ? 'create-view-in-order' : 'create-view';
    await create(landingSql(view, { rows }), landingNames(table));
  }
  return apart;
}

/** Makes the view of a table that declares how values are written. Returns how many records have one that is written otherwise. */
async function declareRecords(
  client: ClickHouseClient,
  database: string,
  table: TableDefinition,
  names: Names,
): Promise<number> {
  const { formats = {} } = table;
  const common = { ...landingNames(table), database, faults: FAULTS, table_name: table.table };
  const statements = new FileStatements(client, common, undefined);
  const values = Object.entries(formats).map(([column, format]) =>
    landingPart('judged', {
      name: literal(column),
      column: identifier(column),
      value: asDeclared(column, format),
    }),
  );
  await statements.run(landingSql('find-misfits', { values: values.join(', ') }));
  await statements.run(landingSql('fault-misfits'));
  const counted = await statements.first<{ records: string }>(landingSql('count-misfits'));
  const records = Number(counted?.records ?? 0);
  const columns = table.columns.map((column) => {
    const format = formats[column];
    return format === undefined
      ? identifier(column)
      : landingPart('declared-column', { column: identifier(column), value: asDeclared(column, format) });
  });
  await statements.run(
    landingSql('create-view-as-declared', {
      columns: columns.join(', '),
      written: names.written,
      misfits: records > 0 ? landingPart('not-misfits', { misfits: names.misfits }) : '',
      in_order: table.role === 'lookup' ? landingPart('in-order', {}) : '',
    }),
  );
  return records;
}

function creator(client: ClickHouseClient, database: string) {
  return async (query: string, names: Parameters = {}): Promise<void> => {
    await client.command({
      query,
      query_params: { database, faults: FAULTS, ...names },
      clickhouse_settings: { max_query_size: '8000000', max_ast_elements: '2000000' },
    });
  };
}

type Names = ReturnType<typeof qualifiedNames>;

function textTables(table: TableDefinition, names: Names): string[] {
  const isCsv = table.format === 'csv';
  const text = withoutCr('_text');
  const { lines, aside, resolved, faults } = names;
  // Malformed records are of the table; beside several layouts they stand with the first.
  const ofFaults = literal((table.layout?.no ?? 0) === 0 ? table.table : '');
  const ofRecords = { text, lines, odd: String(LINE_KINDS.odd), faults, table: ofFaults };
  return [
    landingSql('create-lines', { kind: lineKind(table, '_raw') }),
    landingSql('create-aside'),
    isCsv
      ? landingSql('create-resolved-csv', { fields: splitRecord(table, '_raw') })
      : landingSql('create-resolved'),
    ...(isCsv ? [landingSql('create-marks'), landingSql('create-spans')] : []),
    table.format === 'jsonl'
      ? landingSql('create-records-json', ofRecords)
      : landingSql('create-records', { ...ofRecords, aside, resolved }),
  ];
}

/** What landed of a table of text. */
interface Landed {
  /** Kinds of its lines, from the smallest. */
  readonly kinds: readonly number[];
  readonly has_aside: boolean;
  readonly has_resolved: boolean;
}

/** SQL: the rows of a table, as it landed. */
async function rowsOf(
  client: ClickHouseClient,
  database: string,
  table: TableDefinition,
  names: Names,
): Promise<string> {
  if (table.format === 'parquet') {
    const columns = table.columns.map(identifier).join(', ');
    return landingPart('rows-of-parquet', { columns, lines: names.lines });
  }
  if (table.format === 'jsonl') return rowsOfResolved(table, names);
  const statements = new FileStatements(client, { ...landingNames(table), database }, undefined);
  const landed = await statements.first<Landed>(landingSql('landed-kinds'), { odd_kind: LINE_KINDS.odd });
  const parts = (landed?.kinds ?? []).map((kind) =>
    rowsOfKind(table, names, kind, landed?.has_aside === true),
  );
  // A table without a row has its columns all the same.
  if (landed?.has_resolved || parts.length === 0) parts.push(rowsOfResolved(table, names));
  return parts.join('\nUNION ALL\n');
}

function rowsOfKind(
  table: TableDefinition,
  { lines, aside }: Names,
  kind: number,
  hasAside: boolean,
): string {
  const last = table.columns.length;
  const columns = columnsOf(table, (no) => {
    const field = no === last ? withoutCr(`_fields[${no}]`) : `_fields[${no}]`;
    return table.format === 'tsv' && kind === LINE_KINDS.general ? unescapeTsv(field) : field;
  });
  const fields = splitLine(table, kind, '_raw');
  const not_aside = hasAside ? landingPart('not-aside', { aside }) : '';
  return landingPart('rows-of-kind', { columns, fields, lines, not_aside, kind: String(kind) });
}

function rowsOfResolved(table: TableDefinition, { resolved }: Names): string {
  const columns = columnsOf(table, (no) => `_fields[${no}]`);
  return landingPart('rows-of-resolved', { columns, resolved });
}

/** SQL: the source's columns, each with what it is; they are counted from 1. */
function columnsOf(table: TableDefinition, field: (no: number) => string): string {
  const { columns, layout } = table;
  return (layout?.declared ?? columns)
    .map((column) => `${field(columns.indexOf(column) + 1)} AS ${identifier(column)}`)
    .join(', ');
}

function parquetTables(table: TableDefinition, { lines }: Names): string[] {
  const names = table.columns.map(identifier);
  const columns = names.join(', ');
  return [
    landingSql('create-parquet-schema', { columns_type: PARQUET_COLUMNS_TYPE }),
    landingSql('create-parquet-lines', { columns: names.map((name) => `${name} String`).join(', ') }),
    landingSql('create-records-parquet', { columns, lines }),
  ];
}
