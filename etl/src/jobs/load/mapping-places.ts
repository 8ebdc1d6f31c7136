/**
 * A line that is numbered by its place in the files gets another number in the next export, or when its order is split over
 * two files: lines are then counted twice, or lost. So the SELECT of order lines passes the place on and makes nothing of
 * it, and does not look at the other records that the load happens to bring.
 */

const REMEDY = 'Take a line number of the export, or what identifies a line in its order.';

export const ONE_ROW =
  'leaves records out or repeats them, and each record of the file must give exactly one row. ' +
  'For lookups use LEFT ANY JOIN; rows that are not wanted get a reason in ignored_because, or a status that does not count.';

export const PLACE_FAULT =
  'it numbers lines by their place in the files (_line, _file_no), which is another one in the next export: ' +
  `lines would be counted twice, or lost. ${REMEDY}`;

export const LOOKUP_FAULT =
  'it makes something of the place of a row of a lookup (_line, _file_no), which is another one in the next export; a place may say ' +
  'which row of a key counts, by ORDER BY or as the second argument of argMax and argMin, and nothing else.';

export const ORDER_FAULT =
  'it makes something of the order in which rows of a lookup stand, which is another one in the next export: of a lookup one row of a key ' +
  'counts, or one of all (LIMIT 1, with BY or without; any, argMax), alone and not in a UNION or behind IN. Rows that are gathered ' +
  '(groupArray) are sorted at once, arraySort(groupArray(…)), or asked what they hold (has, length); a window function that numbers them has an ORDER BY.';

export const MOVED_FAULT = '_file_no and _line must be those of the record, as they are.';

export const WINDOW_FAULT =
  'a window function looks at other records: a line that is numbered by its place gets another number when its order is split ' +
  `over two files or exported again, and lines are lost. ${REMEDY}`;

export const secondReading = (facts: string): string =>
  `it reads ${facts} a second time; what it says of a record must not hang on the other records of the load, ` +
  `which are others where an order is split over two files. ${REMEDY}`;

/**
 * @param tree the syntax tree, a node a line, indented by level
 * @param parentOf where the node above a node stands; -1 above the first
 * @param facts the table of the records
 * @param isSet whether a node names a table behind IN
 * @returns what is wrong, in sentences
 */
export function placeFaults(
  tree: readonly string[],
  parentOf: (index: number) => number,
  facts: string,
  isSet: (index: number) => boolean,
): string[] {
  const nodes = tree.map((line) => line.trim());
  const above = (index: number): number[] => {
    const chain: number[] = [];
    for (let at = parentOf(index); at >= 0; at = parentOf(at)) chain.push(at);
    return chain;
  };
  const tables = nodes.filter((node) => new RegExp(`^TableIdentifier \`?${facts}\`?( |$)`).test(node));
  const alias = / \(alias (.+)\)/.exec(tables[0] ?? '')?.[1] ?? facts;
  const isNumbering = (node: string, index: number): boolean => {
    const [, table, column, name] =
      /^Identifier (?:(.+)\.)?(_line|_file_no)(?: \(alias (.+)\))?$/.exec(node) ?? [];
    if (column === undefined) return false;
    const chain = above(index);
    const inSubquery = chain.some((at) => /^Subquery\b/.test(nodes[at] as string));
    // A lookup has places of its own, which its subquery may use, as to take its last row.
    if (inSubquery && table !== alias && readsTable(chain)) return false;
    const isPassedOn =
      nodes[chain[0] as number]?.startsWith('ExpressionList') &&
      nodes[chain[1] as number]?.startsWith('SelectQuery');
    return inSubquery || !isPassedOn || (name !== undefined && name !== column);
  };
  /** A lookup has columns of the same names, and passed on for those of the record they lead to another one. */
  const isOfLookup = (node: string, index: number): boolean => {
    const table = /^Identifier (?:(.+)\.)?(?:_line|_file_no)(?: \(alias .+\))?$/.exec(node)?.[1];
    return (
      table !== undefined &&
      ![alias, facts].includes(table) &&
      !above(index).some((at) => /^Subquery\b/.test(nodes[at] as string))
    );
  };
  const readsTable = (chain: readonly number[]): boolean => {
    const select = chain.find((at) => nodes[at]?.startsWith('SelectQuery'));
    return nodes.some((node, at) => node.startsWith('TablesInSelectQuery ') && parentOf(at) === select);
  };
  const sets = nodes.filter(
    (node, index) => new RegExp(`^Identifier \`?${facts}\`?( |$)`).test(node) && isSet(index),
  );
  return [
    ...(nodes.some(isNumbering) ? [PLACE_FAULT] : []),
    ...(nodes.some((node, index) => isOfLookup(node, index) && !isNumbering(node, index))
      ? [MOVED_FAULT]
      : []),
    ...(tables.length + sets.length > 1 ? [secondReading(facts)] : []),
  ];
}
