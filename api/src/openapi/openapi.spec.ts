import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { INDICATOR_PATHS } from '@beltline/contract';
import { DESCRIBED } from './controllers.ts';
import { API_VERSION } from './version.ts';
import { PROBLEMS } from '../platform/problem/problem-error.ts';
import { describeApi } from './describe.ts';

const source = fileURLToPath(new URL('..', import.meta.url));
const described = describeApi(DESCRIBED, API_VERSION);

test('the committed description is that of the code; after a change: npm run openapi -w api', () => {
  expect(JSON.parse(readFileSync(join(source, '..', 'openapi.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(described)),
  );
});

test('the changelog tells of the version of the wire', () => {
  const changes = readFileSync(join(source, '..', '..', 'docs', 'CHANGELOG.md'), 'utf8');
  expect(changes).toContain(`API ${API_VERSION}`);
});

test('every controller is described', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.controller.ts') && !/^openapi|identity-provider|mail-end-page/.test(file), // those are for browsers
  );
  const classes = files.flatMap((file) =>
    [...readFileSync(join(source, file), 'utf8').matchAll(/export class (\w+Controller)/g)].map(
      ([, name]) => name,
    ),
  );
  const written = DESCRIBED.map((controller) => controller.name).filter(
    (name) => name !== 'IndicatorController', // made from the registry
  );
  expect(classes.sort()).toEqual(written.sort());
  const paths = Object.keys(described['paths'] as object);
  for (const path of Object.values(INDICATOR_PATHS)) expect(paths).toContain(path);
});

test('every reference leads somewhere', () => {
  const text = JSON.stringify(described);
  const { schemas } = described['components'] as { schemas: object };
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
    expect(Object.keys(schemas)).toContain(name);
});

test('every code of a problem is one that some place answers with', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.spec\.ts$|problem-error\.ts$/.test(file),
  );
  const texts = [...files, 'platform/problem/problem-error.ts'].map((file) =>
    // Of the table of codes itself, what comes after it.
    readFileSync(join(source, file), 'utf8').replace(/const PROBLEMS[\s\S]*?\n};/, ''),
  );
  const unused = Object.keys(PROBLEMS).filter((code) => !texts.some((text) => text.includes(`'${code}'`)));
  expect(unused).toEqual([]);
});
