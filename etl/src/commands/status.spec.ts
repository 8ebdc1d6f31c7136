/** `status` of a data directory that it may not look into: nothing is known of it, which is not the same as nothing loaded. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT_CODES } from '../jobs/load/load-error.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodeOf } from './exit-code.ts';
import { showStatus } from './inspect-commands.ts';
import { settingsOf } from './settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beltline status-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

const said: string[] = [];
const contextOf = (dataDir: string): CommandContext => ({
  settings: settingsOf({ BELTLINE_DATA: dataDir }),
  folder,
  signal: new AbortController().signal,
  print: (text) => void said.push(text),
  complain: (text) => void said.push(text),
});

// Root may read whatever it likes, so another account is taken on for a moment.
const asOther = process.getuid?.() === 0 ? it : it.skip;
asOther(
  'refuses a data directory that is closed to it, instead of calling it empty (skipped unless root)',
  async () => {
    const dataDir = join(folder, 'data');
    mkdirSync(join(dataDir, 'clickhouse'), { recursive: true });
    chmodSync(dataDir, 0o700);
    process.seteuid?.(65534);
    const refused = await showStatus(contextOf(dataDir), {}).catch((error: unknown) => error);
    process.seteuid?.(0);
    expect(said.splice(0)).toEqual([]);
    expect(String(refused)).toMatch(/The data directory .*data cannot be used \(EACCES/);
    expect(exitCodeOf(refused)).toBe(EXIT_CODES.engine);
  },
);

it('says that nothing has been loaded where there is nothing', async () => {
  await showStatus(contextOf(join(folder, 'none')), {});
  expect(said.splice(0)).toEqual(['Nothing has been loaded yet.']);
});
