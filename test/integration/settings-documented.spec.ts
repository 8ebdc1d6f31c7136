/** The settings that docs/operations.md and the README name are those of the product, with its defaults. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { settingsSchema } from '@beltline/sql/settings';

const root = resolve(import.meta.dirname, '../..');
/** What is said of settings without a default in the schema: where it is made, or what there is without it. */
const SAID = {
  BELTLINE_ALLOWED_HOSTS: 'localhost,127.0.0.1,[::1]',
  BELTLINE_DEMO_LINES: '2700000',
} as const;

/** Name and default of each setting of a document's table; undefined = the table says no default of its own. */
function settingsOf(document: string): Map<string, string | undefined> {
  const text = readFileSync(join(root, document), 'utf8');
  const cells = (cell: string, divider: string) =>
    cell.split(divider).map((part) => part.trim().replaceAll('`', ''));
  const rows = [...text.matchAll(/^\| (`[A-Z][^|]+?) +\| ([^|]+?) +\|/gm)];
  return new Map(
    rows.flatMap(([, names = '', defaults = '']) => {
      const own = defaults.includes(', ') ? cells(defaults, ', ') : [defaults.replaceAll('`', '')];
      let last = '';
      return cells(names, ', ').map((name, index): [string, string | undefined] => {
        last = name.startsWith('…') ? last.replace(/_[A-Z]+$/, name.slice(1)) : name;
        return [last, own[index]];
      });
    }),
  );
}

/** As the tables write it. */
function defaultOf(name: string): string | undefined {
  if (name in SAID) return SAID[name as keyof typeof SAID];
  const value: unknown = settingsSchema.shape[name as keyof typeof settingsSchema.shape].parse(undefined);
  return value === undefined || value === '0' ? 'none' : String(value);
}

const documented = settingsOf('docs/operations.md');

it('are all there, and no others', () => {
  expect([...documented.keys()].sort()).toEqual(Object.keys(settingsSchema.shape).sort());
});

it.each(['docs/operations.md', 'README.md'])('have the defaults that %s says', (document) => {
  const told = [...settingsOf(document)].filter(([, value]) => value !== undefined);
  expect(told.length).toBeGreaterThan(3);
  for (const [name, value] of told) expect([name, value]).toEqual([name, defaultOf(name)]);
});
