/** The folder of the embedded PostgreSQL where the program's account may not use all of it: that is named, and is no damage. Root may use whatever it likes, so another account opens it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres } from '@beltline/sql/postgres';

const OTHER = 65534;
const base = mkdtempSync(join(tmpdir(), 'beltline closed '));
const whole = join(base, 'whole');
let tableFile: string;
afterAll(() => rmSync(base, { recursive: true, force: true }));

beforeAll(async () => {
  chmodSync(base, 0o755);
  const store = await openPostgres({ dataDir: whole });
  const [row] = (await store.dataSource.query(`SELECT pg_relation_filepath('annotations') AS file`)) as [
    { file: string },
  ];
  tableFile = row.file;
  await store.close();
});

/** Whether an account can read this program. */
const mayRead = (uid: number): boolean =>
  spawnSync('test', ['-r', import.meta.filename], { uid, stdio: 'ignore' }).status === 0;
const asOther = process.getuid?.() === 0 && mayRead(OTHER) ? it : it.skip;

const OPENING = `
  import { openPostgres } from '@beltline/sql/postgres';
  const store = await openPostgres({ dataDir: process.argv[1] });
  console.log(store.damage?.message ?? 'opened');
  await store.close();`;

/** What the other account is told of the store. */
const told = (dataDir: string): string =>
  execFileSync(process.execPath, ['--input-type=module', '-e', OPENING, dataDir], {
    ...{ cwd: import.meta.dirname, uid: OTHER, gid: OTHER, encoding: 'utf8' },
  });

asOther.each<[what: string, path: () => string, closed: number, open: number]>([
  ['write into the folder', () => '', 0o500, 0o700],
  ['enter a folder in it', () => 'base', 0o600, 0o700],
  ['read a file of a table', () => tableFile, 0o000, 0o600],
  ['change a file of a table', () => tableFile, 0o400, 0o600],
])(
  'is named where its account may not %s, and opened once it may (skipped unless root)',
  (_, at, closed, open) => {
    const dataDir = mkdtempSync(join(base, 'copy '));
    cpSync(whole, dataDir, { recursive: true });
    execFileSync('chown', ['-R', String(OTHER), dataDir]);
    const path = join(dataDir, 'postgres', at());
    chmodSync(path, closed);
    const said = told(dataDir);
    expect(said).toContain(`EACCES: permission denied, access '${path.replace(/\/$/, '')}`);
    expect(said).toContain('Let the account that runs Beltline read and change it');
    chmodSync(path, open);
    expect(told(dataDir).trim()).toBe('opened');
  },
);
