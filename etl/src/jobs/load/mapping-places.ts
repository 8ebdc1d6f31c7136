/**
 * A line that is numbered by its place in the files gets another number in the next export, or when its order is split over
 * two files: lines are then counted twice, or lost. So the SELECT of order lines passes the place on and makes nothing of
 * it, and does not look at the other records that the load happens to bring.
 */

const REMEDY = 'Take a line number of the export, or what identifies a line in its order.';

/**
 * @param tree the syntax tree, a node a line, indented by level
 * @param parentOf where the node above a node stands; -1 above the first
 * @param facts the table of the records
 * @returns what is wrong, in sentences
 */
export function placeFaults(
  tree: readonly string[],
  parentOf: (index: number) => number,
  facts: string,
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
  const readsTable = (chain: readonly number[]): boolean => {
    const select = chain.find((at) => nodes[at]?.startsWith('SelectQuery'));
    return nodes.some((node, at) => node.startsWith('TablesInSelectQuery ') && parentOf(at) === select);
  };
  return [
    ...(nodes.some(isNumbering)
      ? [
          'it numbers lines by their place in the files (_line, _file_no), which is another one in the next export: ' +
            `lines would be counted twice, or lost. ${REMEDY}`,
        ]
      : []),
    ...(tables.length > 1
      ? [
          `it reads ${facts} a second time; what it says of a record must not hang on the other records of the load, ` +
            `which are others where an order is split over two files. ${REMEDY}`,
        ]
      : []),
  ];
}
