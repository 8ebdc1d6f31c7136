/**
 * What a SELECT of a source may not say. It is somebody's text that runs with the rights of a load, so it may read the
 * tables that the source's files landed in, and nothing else of the database, the machine or the network; and it must
 * say the same of the same record every time. Judged on its syntax tree, before anything of it is run.
 */
import { z } from 'zod';
import { type LoadSession, StatementError } from './load-session.ts';

const formatted = z.object({ text: z.string() });
const node = z.object({ explain: z.string() });
const named = z.object({ name: z.string() });

/** Functions that look beyond their arguments; those that change with time or place are asked of the engine. */
const READS_ELSEWHERE =
  /^(file|sleep\w*|dict\w*|joinGet\w*|get(Setting|ServerSetting|Macro|OSKernelVersion|ClientHTTPHeader)\w*|current\w*|user|hostName|fqdn|tcpPort|serverUUID|version|buildId|uptime|timezone|serverTimezone|displayName|queryID|initialQuery\w*|filesystem\w*|shardNum|shardCount|zookeeper\w*|addressTo\w*|demangle|catboostEvaluate|evalMLMethod|ai[A-Z]\w*|llm\w*|connectionId|isMergeTreePartCoveredBy|hasColumnInTable|transaction\w*|showCertificate|throwIf|ignore|blockNumber|rowNumberIn\w*|runningDifference\w*|runningAccumulate|neighbor|rand\w*|generate\w*UUID\w*|now\w*|today|yesterday|UTCTimestamp|lowCardinalityKeys|structureTo\w*|query)$/i;

/** Clauses that leave records out or repeat them, at the top of the SELECT of order lines. */
const CHANGES_ROWS =
  /^(SELECT DISTINCT|WHERE|PREWHERE|GROUP BY|HAVING|QUALIFY|LIMIT|OFFSET|(LEFT )?ARRAY JOIN|UNION|INTERSECT|EXCEPT|(?!ANY LEFT JOIN|LEFT ANY JOIN)((ANY|ALL|SEMI|ANTI|ASOF|INNER|CROSS|RIGHT|FULL|LEFT|PASTE|GLOBAL) )*JOIN)\b/;

/**
 * @returns what is wrong with a SELECT, in sentences; none where nothing is.
 * @param tables where the source's files land
 * @param facts of the SELECT of order lines, which must return one row for each record: the table of the records
 */
export async function mappingFaults(
  session: LoadSession,
  text: string,
  tables: readonly string[],
  facts: string | null,
): Promise<string[]> {
  let layout: string;
  let tree: string[];
  try {
    ({ text: layout } = await session.row('format-mapping', formatted, { parameters: { text } }));
    if (!/^(SELECT|WITH|\()/.test(layout)) return ['it must be one SELECT.'];
    const nodes = await session.rows('parse-mapping', node, { fill: { mapping: text } });
    tree = nodes.map(({ explain }) => explain.replace(/\s+$/, ''));
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    const reason = error.message.replace(/^[\w-]+: /, '').split('\n')[0] ?? '';
    return [reason.replace(/: In scope .*$/s, '').slice(0, 500)];
  }
  const changing = new Set((await session.rows('changing-functions', named)).map(({ name }) => name));
  return [
    ...(facts === null ? [] : rowFaults(layout, tree, facts)),
    ...treeFaults(tree, new Set([...tables, ...namedSubqueries(layout)]), changing),
  ];
}

/** With these refused, each record gives exactly one row, whatever the data: what `check` accepts, a load does too. */
function rowFaults(layout: string, tree: readonly string[], facts: string): string[] {
  const bare = layout.replaceAll(/'(?:[^'\\]|\\.)*'/g, "''"); // what a string says is no clause
  const lines = bare.split('\n');
  const clauses = lines.flatMap((line) => CHANGES_ROWS.exec(line)?.[0] ?? []);
  if (tree.some((line) => /^ *Function arrayJoin\b/i.test(line))) clauses.push('arrayJoin');
  const from = lines.find((line) => /^FROM\b/.test(line));
  if (from?.includes(',')) clauses.push('a second table after a comma');
  const moved = tree.filter(
    (line) => /\(alias _(file_no|line)\)/.test(line) && !/Identifier (\w+\.)?_(\w+) \(alias _\2\)/.test(line),
  );
  return [
    ...clauses.map(
      (clause) =>
        `${clause} leaves records out or repeats them, and each record of the file must give exactly one row. ` +
        'For lookups use LEFT ANY JOIN; rows that are not wanted get a status that does not count.',
    ),
    ...(from !== undefined && !new RegExp(`^FROM \`?${facts}\\b`).test(from)
      ? [`it must read the records from ${facts} itself: FROM ${facts}.`]
      : []),
    ...(moved.length > 0 ? ['_file_no and _line must be those of the record, as they are.'] : []),
    ...(/\bOVER\s*[(\w]/.test(bare)
      ? [
          'a window function looks at other records: a line that is numbered by its place gets another number when its order is split ' +
            'over two files or exported again, and lines are lost. Take a line number of the export, or what identifies a line in its order.',
        ]
      : []),
  ];
}

/** Names that the SELECT gives to subqueries itself: `WITH name AS (SELECT …)`. */
const namedSubqueries = (layout: string): string[] =>
  [...layout.matchAll(/(?:^|\s)`?(\w+)`? AS\n\s*\(\n\s*(?:SELECT|WITH)\b/g)].map(
    (match) => match[1] as string,
  );

function treeFaults(
  tree: readonly string[],
  known: ReadonlySet<string>,
  changing: ReadonlySet<string>,
): string[] {
  const faults = new Set<string>();
  const depth = (line: string) => line.length - line.trimStart().length;
  const parentOf = (index: number): number => {
    for (let at = index - 1; at >= 0; at--)
      if (depth(tree[at] as string) < depth(tree[index] as string)) return at;
    return -1;
  };
  const table = (name: string) => {
    if (!known.has(name.replaceAll('`', '')))
      faults.add(`it reads ${name}; it may read the source's own tables only: ${[...known].join(', ')}.`);
  };
  for (const [index, line] of tree.entries()) {
    const [kind = '', name = ''] = line.trim().split(' ');
    const parent = tree[parentOf(index)]?.trim() ?? '';
    if (kind === 'TableIdentifier') table(name);
    else if (kind === 'Set') faults.add('it must not change settings.');
    else if (kind === 'Function' && parent.startsWith('TableExpression'))
      faults.add(`it reads from the table function ${name}, which is no table of the source.`);
    else if (kind === 'Function' && (READS_ELSEWHERE.test(name) || changing.has(name.toLowerCase())))
      faults.add(
        `the function ${name} looks beyond the record, or gives another value each time; the same file must always give the same lines.`,
      );
    else if (kind === 'Identifier' && isSetOfTable(tree, index, parentOf)) table(name);
  }
  return [...faults];
}

/** `x IN name`: the right side of IN is a table where it is a bare name. */
function isSetOfTable(tree: readonly string[], index: number, parentOf: (index: number) => number): boolean {
  const list = parentOf(index);
  const call = tree[parentOf(list)]?.trim() ?? '';
  return /^Function (global)?(not)?(null)?in\b/i.test(call) && index - list > 1 && parentOf(index) === list;
}
