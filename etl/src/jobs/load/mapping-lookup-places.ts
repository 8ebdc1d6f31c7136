/**
 * A lookup's own places: a SELECT may take the last row of a key by them, and no more. What else is made of them hangs on where a row
 * of the lookup stands, which is another place in the next export: lines would be numbered by it, merchants and belts be others.
 * Judged on what the engine makes of the SELECT, and followed through subqueries, which may pass a place on.
 */
import { PLACES, type ResolvedTree } from './mapping-tree.ts';

/**
 * @param facts id of the table of the records, whose places are judged by themselves; none in the SELECT of a lookup, which may give any
 * places as its own (`_file_no`, `_line`)
 * @returns whether something but the choice of a row hangs on the place of a lookup's row
 */
export function hangsOnLookupPlaces(tree: ResolvedTree, facts: string | undefined): boolean {
  const outermost = tree.outermost();
  return tree.indexes.some((index) => {
    if (!tree.isPlace(index) || (facts !== undefined && tree.sourceOf(index) === facts)) return false;
    const query = tree.above(index).find(tree.isQuery);
    if (query === undefined) return true;
    if (!outermost.includes(query)) return !isPassedOn(tree, index) && !choosesRow(tree, index);
    if (facts !== undefined) return true;
    return !PLACES.includes(tree.outputColumn(index) ?? '') && !choosesRow(tree, index);
  });
}

/** To a SELECT that reads from its subquery, and not to what compares with it (IN), takes it as a value, or leaves out rows by it. */
function isPassedOn(tree: ResolvedTree, index: number): boolean {
  const [list = -1, section = -1, query = -1, ...outside] = tree.above(index);
  if (!tree.text(list).startsWith('LIST id:') || tree.text(section) !== 'PROJECTION') return false;
  const reader = outside.findIndex(tree.isQuery);
  return ![query, ...outside.slice(0, reader)].some((at) =>
    /^(FUNCTION id:|EXPRESSION$|UNION id: .*union_mode: (?!UNION_))/.test(tree.text(at)),
  );
}

/** By ORDER BY of its subquery, or as that by which argMax and argMin take theirs. */
export function choosesRow(tree: ResolvedTree, index: number): boolean {
  const above = tree.above(index);
  const query = above.findIndex(tree.isQuery);
  const inside = above.slice(0, query);
  if (inside.some((at) => tree.text(at) === 'ORDER BY')) return takesFirst(tree, above[query] ?? -1, inside);
  const path = [index, ...inside];
  const call = path.findIndex((at) => /^FUNCTION id: \d+, function_name: (?!tuple,)/.test(tree.text(at)));
  const [arguments_, list = -1, argument = -1] = [path[call - 1], path[call - 2], path[call - 3]];
  return (
    arguments_ !== undefined &&
    // A state holds the place itself, and can be read.
    /function_name: arg(Max|Min)(?!\w*State)/i.test(tree.text(path[call] ?? -1)) &&
    tree.children(list).indexOf(argument) === 1
  );
}

/** Rows behind the first are told apart by how many are skipped, or filled up by their places: that counts them. */
function takesFirst(tree: ResolvedTree, query: number, inside: readonly number[]): boolean {
  return (
    inside.every((at) => !/^(WINDOW id:|SORT id: .*with_fill: 1)/.test(tree.text(at))) &&
    !tree.children(query).some((at) => /^(LIMIT BY )?OFFSET$/.test(tree.text(at)))
  );
}
