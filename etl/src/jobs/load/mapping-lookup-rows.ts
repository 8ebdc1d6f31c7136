/**
 * A lookup's rows in the order in which they are read: one of a key may be taken, or one of all, and no more. An array that rows are
 * gathered in, several rows off the top, or a UNION of rows that were taken one by one would number them without naming a place.
 */
import { choosesRow } from './mapping-lookup-places.ts';
import type { ResolvedTree } from './mapping-tree.ts';

/** Aggregates whose value hangs on the order of rows beyond the first or the last of them. */
const GATHERS =
  /^(group(?!Bit|ArraySorted)|array_(concat_)?agg$|string_agg|deltaSum|topK|approx_top|stochastic)/i;

/** Of those, the ones that hold all values and nothing but them. */
const HOLDS_ALL = /^(groupArray|groupUniqArray|array_agg)(If|Array|Distinct|OrNull|OrDefault|Null)*$/i;

/** What is made of an array without its order: by itself, with a lambda before it, as the first of two, as either of two. */
const ALONE = /^(arraySort|arrayReverseSort|length|empty|notEmpty|arrayUniq|arraySum|arrayMin|arrayMax)$/;
const BEHIND_LAMBDA = /^array(Exists|All|Count|Sum|Min|Max)$/;
const BEFORE_VALUE = /^(has|countEqual)$/;
const BESIDE_ANOTHER = /^(hasAny|hasAll)$/;

/** Window functions that number rows, or look at those beside them. */
const NUMBERS =
  /^(row_number|rank|dense_rank|percent_rank|ntile|lag|lead|lagInFrame|leadInFrame|first_value|last_value|nth_value)$/i;

/** Aggregates that take one of the rows as they come. */
const TAKES_ONE = /^(any|first_value|last_value)/i;

/** @returns whether an array of rows in their order is made, or several rows are taken by where they stand */
export const hangsOnOrderOfRows = (tree: ResolvedTree): boolean =>
  tree.indexes.some(
    (index) =>
      (tree.isQuery(index) &&
        (takesSeveral(tree, index) || (isToldApart(tree, index) && takesOneOfAll(tree, index)))) ||
      (tree.functionName(index) !== undefined && (gathers(tree, index) || numbersWithoutOrder(tree, index))),
  );

function takesSeveral(tree: ResolvedTree, query: number): boolean {
  const sections = tree.children(query);
  return (
    sections.some((at) => /^(LIMIT BY )?OFFSET$/.test(tree.text(at))) ||
    /\bis_limit_with_ties: 1/.test(tree.text(query)) ||
    sections
      .filter((at) => /^LIMIT( BY LIMIT)?$/.test(tree.text(at)))
      .some(
        (at) => !/^CONSTANT id: \d+, constant_value: UInt64_1,/.test(tree.text(tree.children(at)[0] ?? -1)),
      )
  );
}

/** One row, whatever its key. */
function takesOneOfAll(tree: ResolvedTree, query: number): boolean {
  const sections = new Set(tree.children(query).map(tree.text));
  if (sections.has('LIMIT')) return true;
  if (sections.has('GROUP BY')) return false;
  const own = (index: number): boolean => tree.above(index).find(tree.isQuery) === query;
  return tree.indexes.some(
    (index) =>
      (TAKES_ONE.test(tree.functionName(index) ?? '') || (tree.isPlace(index) && choosesRow(tree, index))) &&
      own(index),
  );
}

/** Beside other rows of a UNION, or as what something is compared with: there it tells which row it was. */
const isToldApart = (tree: ResolvedTree, query: number): boolean =>
  tree
    .above(query)
    .some(
      (at) =>
        tree.text(at).startsWith('UNION id:') ||
        /^(global)?(not)?(null)?in/i.test(tree.functionName(at) ?? ''),
    );

function gathers(tree: ResolvedTree, call: number): boolean {
  const name = tree.functionName(call) ?? '';
  if (!GATHERS.test(name)) return false;
  // Only so many of them: the first ones.
  if (!HOLDS_ALL.test(name) || tree.listed(call, 'PARAMETERS').length > 0) return true;
  const [list = -1, section = -1, around = -1] = tree.above(call);
  if (tree.text(section) !== 'ARGUMENTS') return true;
  const outer = tree.functionName(around) ?? '';
  const all = tree.children(list);
  const place = all.indexOf(call);
  return !(
    (ALONE.test(outer) && all.length === 1) ||
    (BEHIND_LAMBDA.test(outer) && all.length === 2 && place === 1) ||
    (BEFORE_VALUE.test(outer) && place === 0) ||
    (BESIDE_ANOTHER.test(outer) && all.length === 2)
  );
}

/** In the SELECT of order lines no window is allowed at all; in those of lookups, one that says by which values rows follow each other. */
function numbersWithoutOrder(tree: ResolvedTree, call: number): boolean {
  if (!/function_type: window\b/.test(tree.text(call)) || !NUMBERS.test(tree.functionName(call) ?? ''))
    return false;
  const window = tree.children(tree.section(call, 'WINDOW'))[0] ?? -1;
  return !tree.children(window).some((at) => tree.text(at) === 'ORDER BY');
}
