import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What answers are computed by: the compiled projects, the SQL, and the libraries, of which the embedded engine is one. */
const ROOTS = ['api/dist', 'api/contract/dist', 'sql/dist', 'sql/clickhouse/queries', 'package-lock.json'];
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

let known: string | undefined;

/** Names the program as it was built: the same for every process of a build, another one after any change of it. */
export function buildId(): string {
  known ??= digestOf(root, ROOTS);
  return known;
}

/** A digest of the names and contents of some files, and of all programs and queries in some folders; what is not there has none. */
export function digestOf(base: string, folders: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const folder of folders) {
    for (const file of filesIn(join(base, folder))) {
      hash.update(`\0${folder}/${file}\0`).update(readFileSync(join(base, folder, file)));
    }
  }
  return hash.digest('base64url').slice(0, 22);
}

function filesIn(folder: string): string[] {
  try {
    if (statSync(folder).isFile()) return [''];
    const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return all.filter((file) => /\.(js|sql)$/.test(file)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
