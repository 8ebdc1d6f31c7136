import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../jobs/load/load-error.ts';
import { listSources, readSource, type SourceDefinition } from '../source/index.ts';
import type { CommandContext } from './command-context.ts';

export interface SourceFolderOption {
  /** A source of one's own, or a folder with several; instead of those that ship. */
  readonly sourceFolder?: string | undefined;
}

/** `etl/sources`, from the source as well as from the build. */
const SHIPPED = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'sources', 'demo'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The folder of shipped sources was not found.');
    folder = parent;
  }
  return join(folder, 'sources');
})();

/** The folder of a source by its id, in order of ids. */
export function sourceFolders(
  context: CommandContext,
  { sourceFolder }: SourceFolderOption,
): Map<string, string> {
  const root = sourceFolder === undefined ? SHIPPED : resolve(context.folder, sourceFolder);
  if (existsSync(join(root, 'source.yaml')))
    return new Map([[readSource(root, context.settings.BELTLINE_TIME_ZONE).id, root]]);
  const folders = listSources(root).map((name) => [name, join(root, name)] as const);
  if (folders.length === 0)
    throw new UsageError(`${root} holds no source: neither a source.yaml nor folders with one.`);
  return new Map(folders);
}

/** @throws UsageError that lists the sources there are. */
export function findSource(
  context: CommandContext,
  id: string,
  options: SourceFolderOption,
): SourceDefinition {
  const folders = sourceFolders(context, options);
  const folder = folders.get(id);
  if (folder === undefined)
    throw new UsageError(`There is no source ${id}; there are: ${[...folders.keys()].join(', ')}.`);
  const source = readSource(folder, context.settings.BELTLINE_TIME_ZONE);
  if (source.id !== id)
    throw new UsageError(
      `${join(folder, 'source.yaml')} says id: ${source.id}, and its folder is called ${id}; they must agree.`,
    );
  return source;
}
