/** The engine on a disk that fills up: while it works, and while a migration changes what it published. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { migrateClickHouse, readMigrations } from '@beltline/sql/clickhouse';
import {
  CHANGES,
  countSources,
  losesNoTable,
  mounted,
  onSmallDisk,
  start,
  startsAgain,
  whole,
} from './full-disk.fixture.ts';

onSmallDisk('on a disk that fills up (skipped where no file system can be mounted)', () => {
  it('says on which disk there is no space to start', async () => {
    const dataDir = join(mounted as string, 'full');
    cpSync(whole, dataDir, { recursive: true, verbatimSymlinks: true });
    const filler = join(mounted as string, 'filler');
    execFileSync('sh', ['-c', `cat /dev/zero > '${filler}' 2>/dev/null || true`]);
    await expect(start(dataDir)).rejects.toThrow(
      `There is no space left on the disk of the data directory ${dataDir}`,
    );
    rmSync(filler);
    rmSync(dataDir, { recursive: true });
  });

  it('puts a description back only where there is room for it, and loses neither', async () => {
    const dataDir = join(mounted as string, 'putting back');
    cpSync(whole, dataDir, { recursive: true, verbatimSymlinks: true });
    const copies = join(dataDir, 'clickhouse.descriptions');
    const [store] = execFileSync('find', [join(dataDir, 'clickhouse', 'store'), '-name', 'order_lines.sql'])
      .toString()
      .split('\n') as [string];
    truncateSync(store);
    const filler = join(mounted as string, 'filler');
    execFileSync('sh', ['-c', `cat /dev/zero > '${filler}' 2>/dev/null || true`]);
    for (let turn = 0; turn < 2; turn++)
      await expect(start(dataDir)).rejects.toThrow('There is no space left');
    rmSync(filler);
    expect(existsSync(join(copies, 'order_lines.sql'))).toBe(true);
    const { engine, said } = await start(dataDir);
    expect(said.join(' ')).toContain('order_lines.sql was put back');
    expect(await countSources(engine)).toBe('1');
    await engine.close();
    rmSync(dataDir, { recursive: true });
  });

  // All of them: full-disk.engine.long.spec.ts.
  it.each(CHANGES.slice(-1))('loses no table where it fills up while migration %s changes one', losesNoTable);

  it('does not begin to change tables where there is little room', async () => {
    const dataDir = join(mounted as string, 'little');
    const filler = join(mounted as string, 'filler');
    const { engine } = await start(dataDir);
    const loader = engine.client('loader', 'default');
    const { descriptions } = engine;
    await migrateClickHouse(loader, { migrations: readMigrations().slice(0, 20), descriptions });
    execFileSync('sh', ['-c', `cat /dev/zero > '${filler}' 2>/dev/null || true`]);
    truncateSync(filler, statSync(filler).size - 8 * 1024 ** 2);
    await expect(migrateClickHouse(loader, { descriptions })).rejects.toThrow(
      /not enough space to bring the database up to date: \d MB are free on the disk of the database, and 33 MB are needed/,
    );
    rmSync(filler);
    expect((await migrateClickHouse(loader, { descriptions })).present).toBe(20);
    await loader.close();
    await engine.close();
    rmSync(dataDir, { recursive: true });
  });

  it('says at a first start how much room there is and how much is needed', async () => {
    const dataDir = join(mounted as string, 'first');
    const filler = join(mounted as string, 'filler');
    const { engine } = await start(dataDir);
    const loader = engine.client('loader', 'default');
    execFileSync('sh', ['-c', `cat /dev/zero > '${filler}' 2>/dev/null || true`]);
    truncateSync(filler, statSync(filler).size - 512 * 1024);
    const refused = await migrateClickHouse(loader, { descriptions: engine.descriptions }).catch(String);
    rmSync(filler);
    await loader.close();
    await engine.close();
    rmSync(dataDir, { recursive: true });
    expect(refused).toMatch(
      /not enough space to bring the database up to date: \d MB are free on the disk of the database, and 33 MB are needed/,
    );
  });

  it.each([32])('with %i KiB left, it starts again once there is space', startsAgain);
});
