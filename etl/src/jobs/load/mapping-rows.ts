/**
 * One row for each record, judged on what the engine makes of the SELECT of order lines: there every name is resolved,
 * so that no alias, star or pattern of columns can stand for a place, and no quote can hide a clause.
 */
import type { TableDefinition } from '../../source/index.ts';
import { hangsOnLookupPlaces } from './mapping-lookup-places.ts';
import { hangsOnOrderOfRows } from './mapping-lookup-rows.ts';
import {
  LOOKUP_FAULT,
  ONE_ROW,
  ORDER_FAULT,
  PLACE_FAULT,
  secondReading,
  WINDOW_FAULT,
} from './mapping-places.ts';
import { type ResolvedNode, ResolvedTree } from './mapping-tree.ts';

/** Sections of the outermost SELECT that leave each record one row. ORDER BY may still fill up, see below. */
const KEEPS_ROWS = new Set(['PROJECTION COLUMNS', 'PROJECTION', 'JOIN TREE', 'WINDOW', 'ORDER BY']);

/**
 * What the engine adds to each table by itself: the database of the load, which is another one each time.
 */
const VIRTUAL = ['_table', '_database'];

/** @param tree what EXPLAIN QUERY TREE says, a node a line */
export function resolvedRowFaults(
  tree: readonly string[],
  database: string,
  facts: TableDefinition,
): string[] {
  const nodes = nodesOf(tree);
  const resolved = new ResolvedTree(nodes);
  const name = `table_name: ${database}.${facts.table}`;
  const read = nodes.filter(({ text }) => text.startsWith('TABLE id:') && isNamed(text, name));
  const id = /^TABLE id: (\d+)/.exec(read[0]?.text ?? '')?.[1];
  return [
    ...clauseFaults(nodes),
    ...(read.length > 1 ? [secondReading(facts.table)] : []),
    ...(nodes.some(({ depth, text }) => isPlace(text, id) && depth !== PROJECTED) ? [PLACE_FAULT] : []),
    ...(hangsOnLookupPlaces(resolved, id ?? '') ? [LOOKUP_FAULT] : []),
    ...(hangsOnOrderOfRows(resolved) ? [ORDER_FAULT] : []),
    ...(nodes.some(({ text }) => /^FUNCTION id: .*, function_type: window\b/.test(text))
      ? [WINDOW_FAULT]
      : []),
  ];
}

/** What the SELECT of a lookup may not make of the places and the order of rows. @param tree as above */
export function resolvedLookupFaults(tree: readonly string[]): string[] {
  const resolved = new ResolvedTree(nodesOf(tree));
  return [
    ...(hangsOnLookupPlaces(resolved, undefined) ? [LOOKUP_FAULT] : []),
    ...(hangsOnOrderOfRows(resolved) ? [ORDER_FAULT] : []),
  ];
}

const nodesOf = (tree: readonly string[]): ResolvedNode[] =>
  tree.map((line) => {
    const text = line.trimStart();
    return { depth: line.length - text.length, text };
  });

const isNamed = (text: string, name: string): boolean =>
  text.endsWith(name) || text.includes(`${name},`) || text.includes(`${name} `);

/** How deep a column stands that is passed on as it is: QUERY, PROJECTION, LIST, COLUMN. */
const PROJECTED = 6;

function isPlace(text: string, source: string | undefined): boolean {
  const found = /^COLUMN id: \d+, column_name: (_line|_file_no), .*source_id: (\d+)/.exec(text);
  return found !== null && found[2] === source;
}

function clauseFaults(nodes: readonly ResolvedNode[]): string[] {
  const said = new Set<string>();
  if (/\bis_distinct: 1/.test(nodes[0]?.text ?? '')) said.add('SELECT DISTINCT');
  let subquery = Infinity;
  for (const { depth, text } of nodes.slice(1)) {
    if (depth === 2 && !KEEPS_ROWS.has(text)) said.add(text);
    // Subqueries and lookups may do as they like: they have rows of their own.
    if (depth <= subquery) subquery = /^(QUERY|UNION) id:/.test(text) ? depth : Infinity;
    if (depth >= subquery) continue;
    if (/^CROSS[ _]JOIN id:/.test(text)) said.add('a second table after a comma');
    else if (/^\w*[ _]?JOIN id:/.test(text) && !/strictness: ANY, kind: LEFT\b/.test(text)) said.add('JOIN');
    if (/\bwith_fill: 1/.test(text)) said.add('WITH FILL');
    if (/^FUNCTION id: .*, function_type: aggregate\b/.test(text)) said.add('an aggregate function');
    if (/^FUNCTION id: \d+, function_name: arrayJoin,/.test(text)) said.add('arrayJoin');
  }
  return [...said].map((clause) => `${clause} ${ONE_ROW}`);
}

/** A column that the engine adds to each table, read in a SELECT; null where the source declares one of that name. */
export function virtualFault(column: string, declared: ReadonlySet<string>): string | null {
  return VIRTUAL.includes(column) && !declared.has(column)
    ? `${column} looks beyond the record: it names what the load works in, which is another one each time.`
    : null;
}
