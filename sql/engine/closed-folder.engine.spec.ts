/** The engine's folder where the program's account may not write into it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '@beltline/sql/engine';

const OTHER = 65534;
const start = (dataDir: string) => openEngine({ kind: 'embedded', dataDir }, { as: 'serve', waitMs: 5_000 });

// Root may write wherever it likes, so another account is taken on for a moment.
const asOther = process.getuid?.() === 0 ? it : it.skip;
asOther('is named with what to do (skipped unless root)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'beltline closed '));
  const dataDir = join(folder, 'data');
  await (await start(dataDir)).close();
  execFileSync('chown', ['-R', String(OTHER), folder]);
  chmodSync(join(dataDir, 'clickhouse'), 0o500);
  process.seteuid?.(OTHER);
  const refused = await start(dataDir).then(
    (engine) => engine.close(),
    (error: unknown) => error,
  );
  process.seteuid?.(0);
  rmSync(folder, { recursive: true });
  expect(String(refused)).toContain(`The data directory ${dataDir} cannot be used (`);
  expect(String(refused)).toMatch(
    /Permission denied[^]*Let the account that runs Beltline read and change everything in it/,
  );
});
