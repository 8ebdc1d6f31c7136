/**
 * `docs/access.md` is the table that a person reads, and decides by, who may ask what. It is written by hand: what the code
 * declares is held against it, so that neither a new route nor a widened role passes unseen.
 */
import { readFileSync } from 'node:fs';
import type { Type } from '@nestjs/common';
import { permissionsOf, ROLES } from '@beltline/contract';
import { assertMay } from '../access/access.guard.ts';
import { NOBODY, type Viewer } from '../access/viewer.ts';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { type Route, routesOf } from '../platform/http/routes.ts';
import { DESCRIBED } from './controllers.ts';

const COLUMNS = ['anonymous', ...ROLES] as const;
type Caller = (typeof COLUMNS)[number];

const file = new URL('../../../docs/access.md', import.meta.url);
const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of routes: `GET /belts` → what each column says. */
const table = new Map(
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\| `(GET|POST|PUT|DELETE) /.test(line))
    .map((line) => {
      const [route = '', ...says] = cells(line);
      return [route.replaceAll('`', ''), says] as const;
    }),
);

const viewerOf = (caller: Caller): Viewer =>
  caller === 'anonymous'
    ? NOBODY
    : {
        ...NOBODY,
        user: { id: '', name: caller, isDemo: false, hasPassword: true },
        roles: [caller],
        permissions: new Set(permissionsOf([caller])),
      };

/** What the guard does with a caller: lets them in, or the status of the problem. */
function verdict({ answer }: Route, caller: Caller): string {
  try {
    assertMay(viewerOf(caller), answer.access);
    return 'yes';
  } catch (error) {
    return String((error as ProblemError).status);
  }
}

const routes = DESCRIBED.flatMap((controller: Type) => routesOf(controller));
const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

test('the columns are nobody and the roles', () => {
  const head = readFileSync(file, 'utf8')
    .split('\n')
    .find((line) => line.startsWith('| route'));
  expect(cells(head ?? '').slice(1)).toEqual(COLUMNS);
});

test.each(routes.map((route) => [nameOf(route), route] as const))(
  '%s is answered to whom the table says',
  (name, route) => {
    expect(COLUMNS.map((caller) => verdict(route, caller))).toEqual(table.get(name));
  },
);

test('no row is left of a route that is gone', () => {
  const names = new Set(routes.map(nameOf));
  expect([...table.keys()].filter((name) => !names.has(name))).toEqual(['GET /openapi.json']);
  expect(table.get('GET /openapi.json')).toEqual(['401', 'yes', 'yes', 'yes', 'yes', 'yes']);
});
