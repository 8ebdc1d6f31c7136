/**
 * What the engine itself shows of the published tables to the user as whom people's questions are asked. Each query says in its own text
 * which rows it reads; this holds where a query forgets to. What is not listed here is not shown at all.
 */

/**
 * How a question says its scope to the engine: as JSON in the setting `log_comment`, which the engine's own records keep. (A setting of
 * one's own would be plainer, and the embedded engine knows none.) Without it no row is shown.
 */
export interface StatedScope {
  readonly source: string;
  /** All of it, also what is of no belt. */
  readonly everything: boolean;
  /** Else these. */
  readonly belts: readonly string[];
  /** And of legal owners what is theirs alone, in whatever belt. */
  readonly owners: readonly string[];
}

const STATED = "getSetting('log_comment')";
const OF_SOURCE = `source = JSONExtractString(${STATED}, 'source')`;
const EVERYTHING = `JSONExtractBool(${STATED}, 'everything')`;
const OF_BELTS = `belt_id IN JSONExtract(${STATED}, 'belts', 'Array(String)')`;
const OF_OWNERS = `owner_id IN JSONExtract(${STATED}, 'owners', 'Array(String)')`;

const ROWS = {
  /** What every viewer of a source may know of it. */
  'of the source': OF_SOURCE,
  /** What no list of belts gives a right to. */
  'of the whole source': `${OF_SOURCE} AND ${EVERYTHING}`,
  'of belts': `${OF_SOURCE} AND (${EVERYTHING} OR ${OF_BELTS})`,
  'of belts and owners': `${OF_SOURCE} AND (${EVERYTHING} OR ${OF_BELTS} OR ${OF_OWNERS})`,
  /** Sums by belt beside those of the nation. */
  'of belts by level': `${OF_SOURCE} AND (${EVERYTHING} OR (level = 'belt' AND ${OF_BELTS}))`,
} as const;

interface Shown {
  readonly rows: keyof typeof ROWS;
  /** Null: all of its columns. */
  readonly columns: readonly string[] | null;
}

const shown = (rows: Shown['rows'], columns: Shown['columns'] = null): Shown => ({ rows, columns });

/** The tables that are shown, and which rows and columns of them. */
export const SHOWN: Readonly<Record<string, Shown>> = {
  sources: shown('of the source'),
  // Who stands behind a shop is told by number alone, and never by name.
  merchants: shown('of the source', ['source', 'merchant_id', 'data_version', 'owner_id']),
  belts: shown('of belts'),
  // To which belt a shop went later decides where it was before, so a part of the list would say what is not so.
  memberships: shown('of the source'),
  rollup_belt_day: shown('of belts by level'),
  rollup_belt_month: shown('of belts by level'),
  rollup_active_month: shown('of belts by level'),
  rollup_merchant_month: shown('of belts and owners'),
  rollup_sku_month: shown('of belts'),
  rollup_unknown_buyer_month: shown('of belts'),
  rollup_spread_day: shown('of belts'),
  rollup_lineage: shown('of belts'),
  // By which versions figures are chosen.
  data_versions: shown('of the source'),
  order_lines: shown('of the whole source'),
  load_events: shown('of the whole source'),
  load_files: shown('of the whole source'),
  quarantine: shown('of the whole source'),
};

/** The database of what table functions make, as far as row policies go. */
const TABLE_FUNCTIONS = '_table_function';
/**
 * Functions that read parts without their rows: the keys at the beginning of each granule, marks, the words of an index. The policies of
 * the table do not hold there, and no grant can be withheld: who may read a column may read its keys so. A policy on the function does.
 */
const KEYS_OF_PARTS = [
  'mergeTreeIndex',
  'mergeTreeProjection',
  'mergeTreeTextIndex',
  'mergeTreeAnalyzeIndexes',
  'mergeTreeAnalyzeIndexesUUID',
];

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The grants and row policies of that user in a database, as they stand in a file of users. */
export function shownXml(database: string, indent: string): string {
  const grants = Object.entries(SHOWN).map(
    ([table, { columns }]) =>
      `  <query>GRANT SELECT${columns === null ? '' : `(${columns.join(', ')})`} ON ${database}.${table}</query>`,
  );
  const filters = Object.entries(SHOWN).map(
    ([table, { rows }]) => `    <${table}><filter>${escaped(ROWS[rows])}</filter></${table}>`,
  );
  const shut = KEYS_OF_PARTS.map((name) => `    <${name}><filter>0</filter></${name}>`);
  return [
    '<grants>',
    ...grants,
    '</grants>',
    '<databases>',
    `  <${database}>`,
    ...filters,
    `  </${database}>`,
    `  <${TABLE_FUNCTIONS}>`,
    ...shut,
    `  </${TABLE_FUNCTIONS}>`,
    '</databases>',
  ]
    .map((line) => `${indent}${line}`)
    .join('\n');
}
