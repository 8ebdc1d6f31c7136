/**
 * What a load's database holds of each table T of a source: the lines as they were read, what had to be set apart from
 * them, and the views that the mapping SELECTs and the load job read. The database lives for one load and is dropped.
 */
import type { ClickHouseClient } from '@beltline/sql/engine';
import type { SourceDefinition, TableDefinition } from '../source/definition.ts';
import { LINE_KINDS, lineKind, splitLine, splitRecord, unescapeTsv, withoutCr } from './line-kinds.ts';
import { PARQUET_COLUMNS_TYPE } from './parquet-schema.ts';
import { identifier, literal } from './sql-text.ts';

/** Malformed records of all tables, exactly one row a record. */
export const FAULTS = 'landing_faults';

/** Names of what a table consists of in the load's database. */
export type LandingNames = ReturnType<typeof landingNames>;

export function landingNames(table: TableDefinition) {
  const name = table.table;
  return {
    /** View: the well-formed records, a column of text each. */
    view: name,
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
 * Lines are written once and read a few times, so large parts are not worth merging; small ones are, or a load of
 * thousands of files would have as many parts. For a part of 131,072 lines the usual limit of parts is near: 3,000 of them
 * are 390 million lines. A granule of 1024 lines: where one line in a thousand is odd or
 * rejected, the usual 8192 would have all of the text read again for them.
 */
const SETTINGS = `SETTINGS max_bytes_to_merge_at_max_space_in_pool = 16777216, index_granularity = 1024,
  parts_to_delay_insert = 100000, parts_to_throw_insert = 100000`;
const ENGINE = `ENGINE = MergeTree ORDER BY (_file_no, _line) ${SETTINGS}`;
/** Internal columns begin with an underscore, so that no column of a source can be taken for one of them. */
const PLACE = '_file_no UInt16, _line UInt64 CODEC(Delta, LZ4)';

/** Creates the tables and views of all tables of a source in the load's database, which must exist and be empty. */
export async function createLandingTables(
  client: ClickHouseClient,
  database: string,
  source: SourceDefinition,
): Promise<void> {
  const statements = [
    `CREATE TABLE ${identifier(database)}.${FAULTS} (table_name LowCardinality(String), file_no UInt16, line UInt64, raw String,
      rule LowCardinality(String), field String, value String) ENGINE = MergeTree ORDER BY (table_name, file_no, line)`,
    ...source.tables.flatMap((table) => {
      const names = qualifiedNames(database, table);
      return table.format === 'parquet' ? parquetTables(table, names) : textTables(table, names);
    }),
  ];
  for (const statement of statements) {
    await client.command({
      query: statement,
      clickhouse_settings: { max_query_size: '8000000', max_ast_elements: '2000000' },
    });
  }
}

type Names = ReturnType<typeof qualifiedNames>;

function textTables(table: TableDefinition, names: Names): string[] {
  const marks = `file_no UInt16, line UInt64, odd Bool, quoted Bool, whole Bool, complete Bool, columns UInt32, opens Bool,
    stays Bool, closes Bool, k_open UInt32, k_stay UInt32, k_close UInt32, raw String`;
  const fields = table.format === 'csv' ? `DEFAULT ${splitRecord(table, '_raw')}` : '';
  return [
    // As a default, the kind is found by the threads that write and not by the one that reads.
    `CREATE TABLE ${names.lines} (${PLACE}, _kind UInt8 DEFAULT ${lineKind(table, '_raw')}, _raw String) ${ENGINE}`,
    `CREATE TABLE ${names.aside} (${PLACE}) ${ENGINE}`,
    `CREATE TABLE ${names.resolved} (${PLACE}, _raw String, _fields Array(String) ${fields}) ${ENGINE}`,
    ...(table.format === 'csv'
      ? [
          `CREATE TABLE ${names.marks} (${marks}) ENGINE = MergeTree ORDER BY (file_no, line)`,
          `CREATE TABLE ${names.spans} (file_no UInt16, first UInt64, last UInt64) ENGINE = MergeTree ORDER BY (file_no, first)`,
        ]
      : []),
    `CREATE VIEW ${names.view} AS ${inOrder(table, table.format === 'jsonl' ? resolvedBranch(table, names) : lineBranches(table, names))}`,
    `CREATE VIEW ${names.records} AS ${recordsOfText(table, names)}`,
  ];
}

/**
 * Lookups are read in the order of their files and lines: of several rows of one key, LEFT ANY JOIN (and any(), LIMIT) takes the
 * first that it meets, which must be the same one in each load. The facts are many, and each of them gives a line anyway.
 */
function inOrder(table: TableDefinition, rows: string): string {
  return table.role === 'lookup' ? `SELECT * FROM (${rows}) ORDER BY _file_no, _line` : rows;
}

function lineBranches(table: TableDefinition, names: Names): string {
  const { plain, quoted, general } = LINE_KINDS;
  const kinds = table.format === 'csv' ? [plain, quoted, general] : [plain, general];
  return [...kinds.map((kind) => lineBranch(table, names, kind)), resolvedBranch(table, names)].join(
    '\nUNION ALL\n',
  );
}

/**
 * The records of one kind of line: a kind that a file does not have costs nothing, because its granules are skipped. The
 * condition on the row number is always true; as its function has a state, the planner takes no condition of the reader
 * below it. Without it, a reader's condition is joined to NOT IN by AND, evaluated lazily, and then splits each line anew
 * for each column that it names (19 columns: 13 s of processor time instead of 2, on 4 million lines).
 */
function lineBranch(table: TableDefinition, names: Names, kind: number): string {
  const last = table.columns.length;
  const columns = table.columns.map((column, index) => {
    const field = index + 1 === last ? withoutCr(`_fields[${last}]`) : `_fields[${index + 1}]`;
    const text = table.format === 'tsv' && kind === LINE_KINDS.general ? unescapeTsv(field) : field;
    return `${text} AS ${identifier(column)}`;
  });
  return `SELECT _file_no, _line, ${columns.join(', ')}
    FROM (SELECT * FROM (SELECT _file_no, _line, ${splitLine(table, kind, '_raw')} AS _fields FROM ${names.lines} PREWHERE _kind = ${kind}
      WHERE (_file_no, _line) NOT IN (SELECT _file_no, _line FROM ${names.aside}))
    WHERE rowNumberInAllBlocks() >= 0)`;
}

function resolvedBranch(table: TableDefinition, names: Names): string {
  const columns = table.columns.map((column, index) => `_fields[${index + 1}] AS ${identifier(column)}`);
  return `SELECT _file_no, _line, ${columns.join(', ')} FROM ${names.resolved}`;
}

function recordsOfText(table: TableDefinition, names: Names): string {
  const ofLines = `SELECT _file_no, _line, ${withoutCr('_text')} AS _raw
    FROM (SELECT _file_no, _line, _raw AS _text FROM ${names.lines} WHERE _kind <> ${LINE_KINDS.odd})`;
  const faulty = `SELECT file_no AS _file_no, line AS _line, raw AS _raw FROM ${names.faults} WHERE table_name = ${literal(table.table)}`;
  // Every JSON line that is not blank is a record by itself, and only blank ones among the malformed are not there yet.
  if (table.format === 'jsonl') return `${ofLines} UNION ALL ${faulty} AND raw = ''`;
  return `${ofLines} WHERE (_file_no, _line) NOT IN (SELECT _file_no, _line FROM ${names.aside})
    UNION ALL SELECT _file_no, _line, _raw FROM ${names.resolved}
    UNION ALL ${faulty}`;
}

function parquetTables(table: TableDefinition, names: Names): string[] {
  const columns = table.columns.map(identifier);
  return [
    `CREATE TABLE ${names.schema} (_file_no UInt16, num_rows UInt64, columns ${PARQUET_COLUMNS_TYPE}) ENGINE = MergeTree ORDER BY _file_no`,
    `CREATE TABLE ${names.lines} (${PLACE}, ${columns.map((column) => `${column} String`).join(', ')}) ${ENGINE}`,
    `CREATE VIEW ${names.view} AS ${inOrder(table, `SELECT _file_no, _line, ${columns.join(', ')} FROM ${names.lines}`)}`,
    `CREATE VIEW ${names.records} AS SELECT _file_no, _line, formatRowNoNewline('JSONEachRow', ${columns.join(', ')}) AS _raw
      FROM ${names.lines}`,
  ];
}
