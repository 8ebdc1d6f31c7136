/** What the specs of drafted sources share: an engine, files, and the command that drafts. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, openBench, startCommand } from './etl-harness.ts';

export let bench: Bench;

export let sources: string;

beforeAll(async () => {
  bench = await openBench();
  sources = join(bench.folder, 'my sources');
  mkdirSync(join(bench.folder, 'exports'));
});

afterAll(() => bench.close());

export const draft = (id: string, file: string) =>
  startCommand(bench.dataDir, ['--source-folder', sources, 'new', id, '--from', file]).done;

export function written(name: string, content: string | Buffer): string {
  const path = join(bench.folder, 'exports', name);
  writeFileSync(path, content);
  return path;
}
