/**
 * What a SELECT of a source may not say. It is somebody's text that runs with the rights of a load, so it may read the
 * tables that the source's files landed in, and nothing else of the database, the machine or the network; and it must
 * say the same of the same record every time. Judged on its syntax tree, before anything of it is run, and then on what the
 * engine makes of it, where a function goes by its own name. Rights in the engine cannot hold all of this (its function `file`
 * asks for none); what they can hold, they hold as well: see mapping-sandbox.ts.
 */
import { z } from 'zod';
import type { SourceDefinition } from '../../source/index.ts';
import type { MappedModel } from './canonical-model.ts';
import type { LoadSession } from './load-session.ts';
import { FunctionRules } from './mapping-functions.ts';
import { checkLimits, engineComplaint } from './mapping-limits.ts';
import { MOVED_FAULT, ONE_ROW, placeFaults, WINDOW_FAULT } from './mapping-places.ts';
import { resolvedLookupFaults, resolvedRowFaults, virtualFault } from './mapping-rows.ts';
import { tryInSandbox } from './mapping-sandbox.ts';

const formatted = z.object({ text: z.string() });
const node = z.object({ explain: z.string() });

/** Clauses that leave records out or repeat them, at the top of the SELECT of order lines. */
const CHANGES_ROWS =
  /^(SELECT DISTINCT|WHERE|PREWHERE|GROUP BY|HAVING|QUALIFY|LIMIT|OFFSET|FINAL|SAMPLE|(LEFT )?ARRAY JOIN|UNION|INTERSECT|EXCEPT|(?!ANY LEFT JOIN|LEFT ANY JOIN)((ANY|ALL|SEMI|ANTI|ASOF|INNER|CROSS|RIGHT|FULL|LEFT|PASTE|GLOBAL) )*JOIN)\b/;

/**
 * Leaves the SELECT as a view, in which it is run (see mapping-sandbox.ts).
 * @returns what is wrong with it, in sentences; none where nothing is.
 * @param source where its files land, and its time zone
 */
export async function mappingFaults(
  session: LoadSession,
  model: MappedModel,
  text: string,
  { tables: declared, timeZone }: Pick<SourceDefinition, 'tables' | 'timeZone'>,
): Promise<string[]> {
  // The SELECT of order lines must return one row for each record of this table.
  const facts = model === 'orderLines' ? (declared.find(({ role }) => role === 'facts')?.table ?? '') : null;
  const tables = declared.map(({ table }) => table);
  const columns = declared.flatMap((table) => table.columns);
  const functions = await FunctionRules.read(session);
  const fill = { mapping: text, limits: checkLimits(timeZone) };
  const lines = async (statement: string): Promise<string[]> =>
    (await session.rows(statement, node, { fill })).map(({ explain }) => explain.trimEnd());
  try {
    const { text: layout } = await session.row('format-mapping', formatted, { parameters: { text } });
    if (!/^(SELECT|WITH|\()/.test(layout)) return ['it must be one SELECT.'];
    const tree = await lines('parse-mapping');
    const named = namedSubqueries(layout);
    const known = new Set([...tables, ...named]);
    const said = [
      ...clauseFaults(layout),
      ...(facts === null
        ? []
        : [
            ...rowFaults(layout, tree, facts),
            ...placeFaults(tree, parents(tree), facts, (index) => isSetOfTable(tree, index, parents(tree))),
          ]),
      ...treeFaults(tree, known, new Set(columns), functions),
      ...setFaults(
        tree,
        tables.filter((table) => !named.includes(table)),
      ),
    ];
    if (said.length > 0) return said;
    // Before the rest, which the engine computes constants for with the rights of a load.
    const { complaint, isForbidden } = await tryInSandbox(session, model, text, timeZone);
    if (complaint !== null && isForbidden) return [complaint];
    const made = await lines('resolve-mapping');
    const records = declared.find(({ table }) => table === facts);
    const resolved = [
      ...resolvedFaults(made, session.database, tables, functions),
      ...(records ? resolvedRowFaults(made, session.database, records) : resolvedLookupFaults(made)),
    ];
    return resolved.length > 0 || complaint === null ? resolved : [complaint];
  } catch (error) {
    return [engineComplaint(error)];
  }
}

/** What a string says is no clause, nor what stands in the quotes of a name, which may be the beginning of a string. */
const withoutStrings = (layout: string): string =>
  layout.replaceAll(/'(?:[^'\\]|\\.)*'|`((?:[^`\\]|\\.)*)`/g, (_, name?: string) =>
    name === undefined ? "''" : `\`${name.replaceAll(/\W/g, '_')}\``,
  );

function clauseFaults(layout: string): string[] {
  return /^\s*WITH RECURSIVE\b/m.test(withoutStrings(layout)) ? ['WITH RECURSIVE may never end.'] : [];
}

/** With these refused, each record gives exactly one row, whatever the data: what `check` accepts, a load does too. */
function rowFaults(layout: string, tree: readonly string[], facts: string): string[] {
  const bare = withoutStrings(layout);
  const lines = bare.split('\n');
  const clauses = lines.flatMap((line) => CHANGES_ROWS.exec(line)?.[0] ?? []);
  if (tree.some((line) => /^ *Function arrayJoin\b/i.test(line))) clauses.push('arrayJoin');
  const from = lines.find((line) => /^FROM\b/.test(line));
  if (from?.includes(',')) clauses.push('a second table after a comma');
  const moved = tree.filter(
    (line) => /\(alias _(file_no|line)\)/.test(line) && !/Identifier (\w+\.)?_(\w+) \(alias _\2\)/.test(line),
  );
  return [
    ...clauses.map((clause) => `${clause} ${ONE_ROW}`),
    ...(from !== undefined && !new RegExp(`^FROM \`?${facts}\\b`).test(from)
      ? [`it must read the records from ${facts} itself: FROM ${facts}.`]
      : []),
    ...(moved.length > 0 ? [MOVED_FAULT] : []),
    ...(/\bOVER\s*[(\w`]/.test(bare) ? [WINDOW_FAULT] : []),
  ];
}

/** A table behind IN stands for all its columns, the places too, which no value equals: the engine says so only when it runs. */
function setFaults(tree: readonly string[], tables: readonly string[]): string[] {
  const parentOf = parents(tree);
  return tables
    .filter((table) =>
      tree.some(
        (line, index) =>
          new RegExp(`^Identifier \`?${table}\`?( |$)`).test(line.trim()) &&
          isSetOfTable(tree, index, parentOf),
      ),
    )
    .map(
      (table) =>
        `IN ${table} compares with all columns of the table at once; name one: IN (SELECT … FROM ${table}).`,
    );
}

/** Names that the SELECT gives to subqueries itself: `WITH name AS (SELECT …)`. */
const namedSubqueries = (layout: string): string[] =>
  [...layout.matchAll(/(?:^|\s)`?(\w+)`? AS\n\s*\(\n\s*(?:SELECT|WITH)\b/g)].map(
    (match) => match[1] as string,
  );

function treeFaults(
  tree: readonly string[],
  known: ReadonlySet<string>,
  columns: ReadonlySet<string>,
  functions: FunctionRules,
): string[] {
  const faults = new Set<string>();
  const aliases = new Set(tree.flatMap((line) => / \(alias (.+?)\)/.exec(line)?.[1] ?? []));
  const parentOf = parents(tree);
  const table = (name: string) => {
    if (!known.has(name.replaceAll('`', ''))) faults.add(tableFault(name, known));
  };
  for (const [index, line] of tree.entries()) {
    const [kind = '', name = ''] = line.trim().split(' ');
    const parent = tree[parentOf(index)]?.trim() ?? '';
    if (kind === 'TableIdentifier') table(name);
    else if (kind === 'Set') faults.add('it must not change settings.');
    else if (kind === 'ColumnsApplyTransformer')
      faults.add('APPLY calls a function by its name; write the call for each column.');
    else if (kind === 'Function' && parent.startsWith('TableExpression'))
      faults.add(tableFunctionFault(name));
    else if (kind === 'Function') {
      addTo(faults, functions.fault(name));
      if (/^arrayReduce/i.test(name)) addTo(faults, reducerFault(tree[index + 2] ?? '', functions));
    } else if (kind === 'Identifier' && isSetOfTable(tree, index, parentOf)) table(name);
    else if (kind === 'Identifier' && virtualFault(name.split('.').at(-1) ?? '', columns) !== null)
      addTo(faults, virtualFault(name.split('.').at(-1) ?? '', columns));
    else if (kind === 'Identifier' && functions.isForbidden(name)) {
      // CURRENT_TIMESTAMP calls a function without parentheses, where there is no such column.
      const isColumn = columns.has(name) || aliases.has(name);
      if (!isColumn || isPassedFunction(tree, index, parentOf)) addTo(faults, functions.fault(name));
    }
  }
  return [...faults];
}

/** `arrayReduce('sum', …)` calls what its first argument names, with parameters or without. */
function reducerFault(argument: string, functions: FunctionRules): string | null {
  const called = /^Literal '(\w+)/.exec(argument.trim())?.[1];
  return called === undefined
    ? 'arrayReduce calls a function by its name, which must be written out in quotes.'
    : functions.fault(called);
}

const addTo = (faults: Set<string>, fault: string | null): void => {
  if (fault !== null) faults.add(fault);
};

/** What the engine puts in the place of a FROM that is not there. */
const NO_TABLE = 'system.one';

const tableFault = (name: string, known: Iterable<string>): string =>
  name === NO_TABLE
    ? `it has no FROM (or reads ${NO_TABLE}, which is the same); it must read the source's own tables: ${[...known].join(', ')}.`
    : `it reads ${name}; it may read the source's own tables only: ${[...known].join(', ')}.`;
const tableFunctionFault = (name: string): string =>
  `it reads from the table function ${name}, which is no table of the source.`;

/** Where the node above a node stands; -1 above the first. */
function parents(tree: readonly string[]): (index: number) => number {
  const depth = (line: string) => line.length - line.trimStart().length;
  return (index) => {
    for (let at = index - 1; at >= 0; at--)
      if (depth(tree[at] as string) < depth(tree[index] as string)) return at;
    return -1;
  };
}

/** `arrayMap(file, …)`: the first of several arguments of a function that calls it. It need not be a column. */
function isPassedFunction(
  tree: readonly string[],
  index: number,
  parentOf: (index: number) => number,
): boolean {
  const list = parentOf(index);
  return index - list === 1 && /^Function (array|map)\w* /i.test(tree[parentOf(list)]?.trim() ?? '');
}

/**
 * The same rules for what the engine makes of the SELECT. What only looks like a node there, such as a column that is called
 * like one, can be refused in error and never let anything pass.
 */
function resolvedFaults(
  tree: readonly string[],
  database: string,
  tables: readonly string[],
  functions: FunctionRules,
): string[] {
  const faults = new Set<string>();
  const known = new Set(tables.map((table) => `${database}.${table}`));
  for (const line of tree) {
    const called = /^\s*FUNCTION id: \d+, function_name: (\w+)/.exec(line)?.[1];
    if (called !== undefined) addTo(faults, functions.fault(called));
    const table = /^\s*TABLE id: .*\btable_name: (\S+?),?(?: |$)/.exec(line)?.[1];
    if (table !== undefined && !known.has(table.replaceAll('`', ''))) faults.add(tableFault(table, tables));
    const source = /^\s*TABLE_FUNCTION id: .*\btable_function_name: (\w+)/.exec(line)?.[1];
    if (source !== undefined) faults.add(tableFunctionFault(source));
  }
  return [...faults];
}

/** `x IN name`: the right side of IN is a table where it is a bare name. */
function isSetOfTable(tree: readonly string[], index: number, parentOf: (index: number) => number): boolean {
  const list = parentOf(index);
  const call = tree[parentOf(list)]?.trim() ?? '';
  return /^Function (global)?(not)?(null)?in\b/i.test(call) && index - list > 1 && parentOf(index) === list;
}
