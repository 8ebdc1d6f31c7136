/** The embedded PostgreSQL where its disk is full as it is opened: nothing of it is damaged, and it must not be told so. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres } from '@beltline/sql/postgres';

const small = mkdtempSync(join(tmpdir(), 'beltline full disk '));
const isMounted = (() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', small], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // only root can make a file system
  }
})();
afterAll(() => {
  // What did not open may still hold a file.
  if (isMounted) execFileSync('umount', ['-l', small]);
  rmSync(small, { recursive: true, force: true });
});

const filler = join(small, 'filler');
/** Fills the disk, but for so many bytes. */
function fill(leave: number): void {
  execFileSync('sh', ['-c', `cat /dev/zero > '${filler}' 2>/dev/null || true`]);
  truncateSync(filler, Math.max(0, statSync(filler).size - leave));
}
/** What is said of a store that is opened, and how many people it knows. */
async function opened(dataDir: string): Promise<[said: string, users: number | null]> {
  const store = await openPostgres({ dataDir });
  const said = store.damage?.message ?? '';
  const count =
    store.damage === null ? await store.dataSource.query('SELECT count(*)::int AS n FROM users') : null;
  await store.close();
  return [said, count === null ? null : (count as [{ n: number }])[0].n];
}

const onSmallDisk = isMounted ? it : it.skip;

onSmallDisk('says that there is no room, and opens whole once there is (skipped unless root)', async () => {
  const dataDir = join(small, 'made');
  expect(await opened(dataDir)).toEqual(['', 0]);
  fill(0);
  const [said, users] = await opened(dataDir);
  rmSync(filler);
  expect(users).toBeNull();
  expect(said).toContain('no space left');
  expect(said).toContain('Nothing is lost; make room and start again.');
  expect(said).not.toMatch(/backup|move away/);
  expect(await opened(dataDir)).toEqual(['', 0]);
  rmSync(dataDir, { recursive: true });
});

onSmallDisk.each([0, 1_000_000])(
  'with %i bytes left a first start says so too, and the next one begins as if nothing had been (skipped unless root)',
  async (leave) => {
    const dataDir = join(small, `first ${leave}`);
    fill(leave);
    const said = await opened(dataDir).then(
      ([text]) => text,
      (error: Error) => error.message,
    );
    rmSync(filler);
    expect(said).toMatch(/no space left/i);
    expect(said).not.toMatch(/backup|without notes/);
    expect(await opened(dataDir)).toEqual(['', 0]);
    rmSync(dataDir, { recursive: true });
  },
);
