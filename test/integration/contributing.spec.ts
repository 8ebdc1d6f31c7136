/** Where docs/CONTRIBUTING.md says that something is, it is: the file is there, and so is what it is called. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs', 'CONTRIBUTING.md'), 'utf8');
const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);

/** Rows of the table of rooms: question, file, names. */
const ROOMS = [...text.matchAll(/^\| ([^|]+\?) +\| ([^|]+)\| ([^|]+)\|$/gm)].map(
  ([, question = '', room = '', names = '']) => ({
    question,
    file: quoted(room)[0] ?? '',
    names: quoted(names),
  }),
);

test('the table answers ten questions and more', () => {
  expect(ROOMS.length).toBeGreaterThanOrEqual(10);
});

test.each(ROOMS)('$question', ({ file, names }) => {
  const found = readFileSync(join(root, file), 'utf8');
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(found).toMatch(new RegExp(`\\b${name}\\b`));
});

test('the files that it names are there', () => {
  const prose = text.replaceAll(/^```.*?^```/gms, '');
  const paths = quoted(prose).filter((name) =>
    /^(api|dashboard|etl|sql|test|docs)\/[\w./-]+\.\w+$/.test(name),
  );
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

const PICTURE = /^## The house\n+```\n(.*?)^```/ms.exec(text)?.[1] ?? '';

test.each(['api/src', 'etl/src', 'dashboard/src', 'sql'])(
  'the picture of the house has each room of %s',
  (house) => {
    const said = PICTURE.split('\n').filter((line) => line.includes(`${house}/`));
    const rooms = readdirSync(join(root, house), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !['dist', 'node_modules'].includes(entry.name))
      .map(({ name }) => name);
    expect(rooms.length).toBeGreaterThan(3);
    expect(rooms.filter((room) => !said.some((line) => line.includes(`${room}/`)))).toEqual([]);
  },
);

test('the picture has no room that there is not', () => {
  const paths = PICTURE.match(/\b(?:api|etl|sql|dashboard)\/[\w/]+\//g) ?? [];
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
