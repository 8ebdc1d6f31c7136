import { lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DraftedSource, draftSource, isThere } from '../draft/index.ts';
import { shownPath, shownText } from '../files/index.ts';
import { UsageError } from '../jobs/load/load-error.ts';
import type { CommandContext } from './command-context.ts';
import type { SourceFolderOption } from './source-folders.ts';

export interface NewOptions extends SourceFolderOption {
  readonly from: string;
}

/** Makes the folder of a source from one of its files. */
export async function draft(context: CommandContext, id: string, options: NewOptions): Promise<void> {
  if (options.sourceFolder === undefined)
    throw new UsageError('Say where sources of your own are, or shall be: --source-folder <dir>.');
  const root = resolve(context.folder, options.sourceFolder);
  const folder = join(root, id);
  if (lstatSync(folder, { throwIfNoEntry: false })) throw isThere(folder);
  const from = resolve(context.folder, options.from);
  const made = await draftSource({ id, from, folder, timeZone: context.settings.BELTLINE_TIME_ZONE });
  context.print(summaryOf(made, folder));
  const say = `--source-folder ${asArgument(options.sourceFolder)}`;
  context.print(
    `Look through its files, then:\n  npm run etl -- check ${id} ${say}\n  npm run etl -- load ${id} ${say} --files ${asArgument(options.from)}`,
  );
}

/** As a shell takes it. */
const asArgument = (path: string): string =>
  /^[\p{L}\p{N}_./-]+$/u.test(path) ? path : `'${shownPath(path).replaceAll("'", "'\\''")}'`;

function summaryOf({ found, unused, open, guessed }: DraftedSource, folder: string): string {
  const width = Math.max(0, ...[...found.keys()].map(({ length }) => length));
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${shownText(line)}`)];
  return [
    `Drafted ${shownPath(folder)}.`,
    ...section(
      'Recognised:',
      [...found].map(([field, name]) => `${field.padEnd(width)}  ${name}`),
    ),
    ...section('Not used:', unused),
    ...section('To be finished:', open),
    ...section('Guessed:', guessed),
  ].join('\n');
}
