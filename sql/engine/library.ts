import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * Path of the engine's shared library for this machine, from the npm package of its platform.
 * @throws Error that names the package where the platform has none, or where it is not installed.
 */
export function engineLibrary(): string {
  const libc = process.platform === 'linux' ? '-gnu' : '';
  const name = `@chdb/lib-${process.platform}-${process.arch}${libc}`;
  let manifest: string;
  try {
    manifest = require.resolve(`${name}/package.json`);
  } catch (cause) {
    throw new Error(
      `The embedded ClickHouse for this machine (npm package ${name}) is not installed. ` +
        'Run npm ci, or set CLICKHOUSE_URL to a ClickHouse server.',
      { cause },
    );
  }
  const library = join(dirname(manifest), 'libchdb.so');
  if (!existsSync(library)) throw new Error(`${name} holds no libchdb.so; run npm ci again.`);
  return library;
}
