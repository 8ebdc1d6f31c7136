/** A load on a disk that is full, or fills up meanwhile: the exit code that docs/operations.md names, and nothing changed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCommand } from './etl-harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline full disk '));
const orders = join(folder, 'orders');
const small = mkdtempSync(join(folder, 'small '));
const filler = join(small, 'filler');
const dataDir = join(small, 'data');

const isMounted = (() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', small], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // only root can make a file system
  }
})();
const onSmallDisk = isMounted ? describe : describe.skip;

const load = () => startCommand(dataDir, ['load', 'demo', '--files', orders]);
const fill = (leave: number) => {
  execFileSync('sh', ['-c', `cat /dev/zero > '${filler}' 2>/dev/null || true`]);
  truncateSync(filler, Math.max(0, statSync(filler).size - leave));
};

afterAll(() => {
  if (isMounted) execFileSync('umount', [small]);
  rmSync(folder, { recursive: true, force: true });
});

onSmallDisk('a load on a small disk (skipped where no file system can be mounted)', () => {
  beforeAll(async () => {
    const made = await startCommand(dataDir, ['generate', 'demo', '--out', orders, '--lines', '100000']).done;
    expect(made.code).toBe(0);
    expect((await startCommand(dataDir, ['status']).done).code).toBe(0);
  });

  it('is refused before it begins where there is not enough room, with the room that it needs', async () => {
    fill(60_000_000);
    const { code, output } = await load().done;
    rmSync(filler);
    expect(output).toMatch(/takes about \d+ MB .* and \d+ MB are free there\. Nothing was changed/);
    expect(output).toContain(`on the disk of the data directory ${dataDir}`);
    expect(code).toBe(4);
  });

  // Where the engine writes of itself names no path, or one within the data directory.
  it.each([0, 64, 512])('is named by the data directory in every command, with %i KiB left', async (left) => {
    for (const command of [['status'], ['check', 'demo'], ['recover'], ['verify']]) {
      fill(left * 1024);
      const { code, output } = await startCommand(dataDir, command).done;
      rmSync(filler);
      expect([0, 4]).toContain(code);
      if (code === 4) expect(output).toMatch(/no space left|not enough space/i);
      if (code === 4) expect(output).toContain(dataDir);
      if (code === 4) expect(output).toMatch(/nothing (was changed|is lost)/i);
    }
  });

  it('is named by the data directory where tables have to be made first', async () => {
    const fresh = join(small, 'fresh');
    fill(20_000_000);
    const { code, output } = await startCommand(fresh, ['check', 'demo']).done;
    rmSync(filler);
    rmSync(fresh, { recursive: true, force: true });
    expect(output).toMatch(/\d+ MB are free on the disk of the data directory .*, and 33 MB are needed/);
    expect(output).toContain(fresh);
    expect(code).toBe(4);
  });

  it('is named by the folder where orders are made', async () => {
    const made = join(small, 'made');
    fill(2_000_000);
    const { code, output } = await startCommand(dataDir, [
      'generate',
      'demo',
      '--out',
      made,
      '--lines',
      '100000',
    ]).done;
    rmSync(filler);
    expect(output).toMatch(/no space left on the disk of .*made/);
    expect(code).toBe(4);
    expect(existsSync(made)).toBe(false);
  });

  it.each([100, 600, 1200, 2000])(
    'ends with the documented code where the disk fills up after %i ms, and completes once there is room',
    async (wait) => {
      rmSync(dataDir, { recursive: true, force: true });
      const running = load();
      await sleep(wait);
      const end = Date.now() + 20_000;
      let ended = false;
      void running.done.then(() => (ended = true));
      while (!ended && Date.now() < end) {
        fill(0);
        await sleep(100);
      }
      const { code, output } = await running.done;
      rmSync(filler);
      // It may have been done before the disk was full.
      expect([0, 4]).toContain(code);
      if (code === 4) expect(output).toMatch(/no space left|not enough space|are free there/i);
      const next = await load().done;
      expect([next.code, next.output]).toEqual([0, expect.stringMatching(/read = loaded|Nothing to do/)]);
    },
  );
});
