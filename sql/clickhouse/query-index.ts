import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

export const QUERIES = join(packageRoot, 'clickhouse', 'queries');

/** @returns the text of `queries/index.ts`: the definition beside each file of SQL in that folder. */
export function queryIndex(): string {
  const queries = readdirSync(QUERIES)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -'.sql'.length))
    .sort();
  return [
    '/** Written by `npm run queries -w sql` from the files of this folder. */',
    "export type { Hundredths } from './row-types.ts';",
    ...queries.map((name) => `export * from './${name}.ts';`),
    '',
  ].join('\n');
}
