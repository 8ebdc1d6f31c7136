/** What the arguments of a load stand for: files, folders and globs, as a person or a shell writes them. */
import { lstatSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import glob from 'fast-glob';
import { asFileFault, kindOf, shownPath } from '../../files/index.ts';
import { globMatcher } from '../../source/glob.ts';
import type { SourceDefinition } from '../../source/index.ts';
import { LoadRefusedError, UsageError } from './load-error.ts';

/**
 * Paths that the arguments stand for. A folder means those of its files that the source knows by name (a README beside the
 * data is no fault); a file or glob means all of them, and one that fits nothing is refused later.
 * @throws UsageError, LoadRefusedError or FileFault that names the argument.
 */
export async function findFiles(
  source: SourceDefinition,
  args: readonly string[],
  folder: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const argument of args) {
    if (argument === '')
      throw new UsageError('--files holds an empty path: is a variable of the shell empty?');
    const path = resolve(folder, argument);
    try {
      found.push(...(await filesOf(source, argument, path, folder)));
    } catch (error) {
      throw asFileFault(path, error);
    }
  }
  return found;
}

async function filesOf(
  source: SourceDefinition,
  argument: string,
  path: string,
  folder: string,
): Promise<string[]> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) return [path];
  if (stat?.isDirectory()) return knownFiles(source, path);
  const pattern = argument.replaceAll('\\', '/');
  assertFew(argument, pattern);
  const matches = await glob(pattern, { cwd: folder, absolute: true, onlyFiles: true });
  if (matches.length === 0) throw await noFile(argument, pattern, folder);
  return matches.sort();
}

async function knownFiles(source: SourceDefinition, path: string): Promise<string[]> {
  const matchers = source.tables.map(({ match }) => globMatcher(match));
  const names = (await readdir(path)).filter((name) => matchers.some((fits) => fits(name))).sort();
  if (names.length > 0) return names.map((name) => join(path, name));
  const expected = source.tables.map(({ match }) => match).join(', ');
  throw new LoadRefusedError(
    `${shownPath(path)} holds no file that the source ${source.id} knows; it looks for ${expected}.`,
  );
}

const MOST_NAMED = 3;

/** What an argument stands for instead of files. */
async function noFile(argument: string, pattern: string, folder: string): Promise<LoadRefusedError> {
  const path = resolve(folder, argument);
  const kind = kindAt(path);
  if (kind !== null) return new LoadRefusedError(`${shownPath(path)} is ${kind}, not a file.`);
  const others = (await glob(pattern, { cwd: folder, onlyFiles: false })).sort();
  if (others.length === 0)
    return new LoadRefusedError(
      `There is no file ${shownPath(argument)}${isAbsolute(argument) ? '' : ` in ${shownPath(folder)}`}.`,
    );
  const named = others
    .slice(0, MOST_NAMED)
    .map((name) => `${shownPath(name)} (${kindAt(resolve(folder, name)) ?? 'gone by now'})`);
  const more = others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : '';
  return new LoadRefusedError(`${shownPath(argument)} fits no file, only ${named.join(', ')}${more}.`);
}

/** What lies at a path that is no file; null where there is nothing. */
function kindAt(path: string): string | null {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat) return kindOf(stat);
    return lstatSync(path, { throwIfNoEntry: false }) ? 'a link that leads nowhere' : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') return 'a link that leads back to itself';
    throw error;
  }
}

/** As many names may braces stand for: each is one more pattern to look for, and `{a,b}` twenty times is a million. */
const MOST_ALTERNATIVES = 1_000;

/** @throws UsageError where the braces of a glob stand for more names than can be looked for. */
function assertFew(argument: string, pattern: string): void {
  let count = 1;
  let rest = pattern;
  for (let isLast = false; !isLast && count <= MOST_ALTERNATIVES;) {
    isLast = true;
    rest = rest.replace(/\{([^{}]*)\}/, (_, inside: string) => {
      isLast = false;
      const [from, to] = (/^(-?\d+)\.\.(-?\d+)/.exec(inside) ?? []).slice(1).map(Number);
      count *= from === undefined || to === undefined ? inside.split(',').length : Math.abs(to - from) + 1;
      return '';
    });
  }
  if (count > MOST_ALTERNATIVES)
    throw new UsageError(
      `${shownPath(argument)} stands for more than ${MOST_ALTERNATIVES} names; use * or ? instead of braces.`,
    );
}
