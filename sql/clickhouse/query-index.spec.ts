import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as queries from './queries/index.ts';
import { QUERIES, queryIndex } from './query-index.ts';

test('the index is what the folder of queries says; `npm run queries -w sql` writes it anew', () => {
  expect(readFileSync(join(QUERIES, 'index.ts'), 'utf8')).toBe(queryIndex());
});

test('it has nothing but definitions of queries', () => {
  expect(Object.values(queries).length).toBeGreaterThan(25);
  for (const definition of Object.values(queries)) expect(definition).toHaveProperty('sql');
});
