/** Writes `queries/index.ts`: run after a query came or went (`npm run queries -w sql`). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUERIES, queryIndex } from './query-index.ts';

const file = join(QUERIES, 'index.ts');
writeFileSync(file, queryIndex());
process.stdout.write(`Wrote ${file}\n`);
