/** The embedded PostgreSQL when it is lost, damaged, open to others, or wanted by two. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnnotationEntity, openPostgres, type PostgresStore, StoreBusyError } from '@beltline/sql/postgres';
import { damagedStore } from './embedded-folder.ts';

const base = mkdtempSync(join(tmpdir(), 'beltline store '));
const whole = join(base, 'whole');
let tableFile: string;
afterAll(() => rmSync(base, { recursive: true, force: true }));

const note = (id: number) => ({
  id: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
  source: 'demo',
  beltId: null,
  kind: 'policy',
  day: '2024-02-29',
  lastDay: null,
  text: '补贴'.repeat(50),
  createdAt: new Date(),
  updatedAt: new Date(),
});
const notesOf = (store: PostgresStore) => store.dataSource.getRepository(AnnotationEntity);

beforeAll(async () => {
  const store = await openPostgres({ dataDir: whole });
  await notesOf(store).insert(Array.from({ length: 300 }, (_, id) => note(id)));
  const [row] = (await store.dataSource.query(`SELECT pg_relation_filepath('annotations') AS file`)) as [
    { file: string },
  ];
  tableFile = row.file;
  await store.close();
});

beforeAll(async () => {
  const store = await openPostgres({ dataDir: join(base, 'strange') });
  await store.dataSource.query('DROP TABLE annotations');
  await store.dataSource.query('DELETE FROM schema_migrations');
  await store.close();
});

let copies = 0;
function copy(): string {
  const dataDir = join(base, `copy ${copies++}`);
  cpSync(whole, dataDir, { recursive: true });
  return dataDir;
}

const inside = (dataDir: string, ...path: string[]) => join(dataDir, 'postgres', ...path);
const emptied = (folder: string) => {
  for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true });
};

const DAMAGES: Record<string, (dataDir: string) => void> = {
  'the folder is gone': (dataDir) => rmSync(inside(dataDir), { recursive: true }),
  'the folder is empty': (dataDir) => emptied(inside(dataDir)),
  'the folder is a file': (dataDir) => {
    rmSync(inside(dataDir), { recursive: true });
    writeFileSync(inside(dataDir), '');
  },
  'PG_VERSION is gone': (dataDir) => rmSync(inside(dataDir, 'PG_VERSION')),
  'PG_VERSION is of another version': (dataDir) => writeFileSync(inside(dataDir, 'PG_VERSION'), '12\n'),
  'the control file is gone': (dataDir) => rmSync(inside(dataDir, 'global', 'pg_control')),
  'the control file is cut': (dataDir) => truncateSync(inside(dataDir, 'global', 'pg_control'), 10),
  'the control file is zeros': (dataDir) =>
    writeFileSync(inside(dataDir, 'global', 'pg_control'), Buffer.alloc(8192)),
  'the write-ahead log is gone': (dataDir) => rmSync(inside(dataDir, 'pg_wal'), { recursive: true }),
  'the write-ahead log is empty': (dataDir) => emptied(inside(dataDir, 'pg_wal')),
  'the tables are gone': (dataDir) => rmSync(inside(dataDir, 'base'), { recursive: true }),
  'the table of notes is gone': (dataDir) => rmSync(inside(dataDir, tableFile)),
  'the table of notes is cut to nothing': (dataDir) => truncateSync(inside(dataDir, tableFile), 0),
  'the table of notes is cut to a page': (dataDir) => truncateSync(inside(dataDir, tableFile), 8192),
  'the folder is a link to a disk that is not there': (dataDir) => {
    rmSync(inside(dataDir), { recursive: true });
    symlinkSync(join(base, 'no such disk'), inside(dataDir));
  },
  'the folder is a link to itself': (dataDir) => {
    rmSync(inside(dataDir), { recursive: true });
    symlinkSync('postgres', inside(dataDir));
  },
  'another database lies there': (dataDir) => {
    rmSync(inside(dataDir), { recursive: true });
    cpSync(join(base, 'strange', 'postgres'), inside(dataDir), { recursive: true });
  },
};

function listed(dataDir: string): string[] | null {
  try {
    return readdirSync(inside(dataDir)).sort();
  } catch {
    return null;
  }
}

/** Whatever is asked of a damaged store. */
const USES: ((store: PostgresStore) => Promise<unknown>)[] = [
  (store) => store.dataSource.query('SELECT 1'),
  (store) => notesOf(store).count(),
  (store) => notesOf(store).insert(note(1)),
  (store) => notesOf(store).delete({ id: note(1).id }),
  (store) => notesOf(store).createQueryBuilder('note').getMany(),
  (store) => store.dataSource.transaction((manager) => manager.query('SELECT 1')),
];

describe('a store that is not what it was', () => {
  it.each(Object.keys(DAMAGES))(
    'is refused with folder and remedy, and left as it is, where %s',
    async (kind) => {
      const dataDir = copy();
      DAMAGES[kind]?.(dataDir);
      const before = listed(dataDir);
      const store = await openPostgres({ dataDir });
      expect(store.damage?.message).toContain(inside(dataDir));
      expect(store.damage?.message).toMatch(/backup.*begin without notes, move away/);
      for (const use of USES) await expect(async () => use(store)).rejects.toBe(store.damage);
      await store.close();
      if (before) expect(listed(dataDir)).toEqual(expect.arrayContaining(before));
      else expect(listed(dataDir)).toBeNull();
      const again = await openPostgres({ dataDir });
      expect(again.damage).not.toBeNull();
      await again.close();
    },
  );

  it('begins anew where a person has moved away what the message says', async () => {
    const dataDir = copy();
    rmSync(inside(dataDir, 'PG_VERSION'));
    const { damage } = await openPostgres({ dataDir });
    for (const path of [inside(dataDir), join(dataDir, 'postgres.marker')]) {
      expect(damage?.message).toContain(path);
      rmSync(path, { recursive: true });
    }
    const store = await openPostgres({ dataDir });
    expect([store.damage, await notesOf(store).count()]).toEqual([null, 0]);
    await store.close();
  });

  it('is opened where it was made before there was a marker', async () => {
    const dataDir = copy();
    rmSync(join(dataDir, 'postgres.marker'));
    const store = await openPostgres({ dataDir });
    expect([store.damage, await notesOf(store).count()]).toEqual([null, 300]);
    await store.close();
    rmSync(inside(dataDir), { recursive: true });
    expect((await openPostgres({ dataDir })).damage).not.toBeNull();
  });

  it.each(['postgres.marker', 'postgres.owner'])('is named where %s cannot be used', async (name) => {
    const dataDir = copy();
    rmSync(join(dataDir, name));
    mkdirSync(join(dataDir, name));
    const { damage } = await openPostgres({ dataDir });
    expect(damage?.message).toContain(join(dataDir, name));
    // Neither a backup nor an empty store would mend it: what people wrote is whole.
    expect(damage?.message).toMatch(/Nothing has been changed\. Move it away and start again/);
    expect(damage?.message).not.toMatch(/backup|begin without/);
    rmSync(join(dataDir, name), { recursive: true });
    const store = await openPostgres({ dataDir });
    expect([store.damage, await notesOf(store).count()]).toEqual([null, 300]);
    await store.close();
  });

  it('is opened, and noticed to go, where its folder is a link to one on another disk', async () => {
    const dataDir = copy();
    const disk = join(mkdtempSync(join(base, 'disk ')), 'postgres');
    renameSync(inside(dataDir), disk);
    symlinkSync(disk, inside(dataDir));
    const store = await openPostgres({ dataDir });
    expect([store.damage, await notesOf(store).count()]).toEqual([null, 300]);
    renameSync(disk, `${disk} away`);
    await expect(notesOf(store).count()).rejects.toThrow('was moved away or removed');
    renameSync(`${disk} away`, disk);
    await notesOf(store).delete({ id: note(1).id });
    await store.close();
    const again = await openPostgres({ dataDir });
    expect([again.damage, await notesOf(again).count()]).toEqual([null, 299]);
    await again.close();
  });

  it('is not made where its folder cannot be, and nothing else stops', async () => {
    const dataDir = join(base, 'nowhere');
    mkdirSync(dataDir);
    symlinkSync(join(base, 'no such disk'), inside(dataDir));
    expect((await openPostgres({ dataDir })).damage?.message).toMatch(/link to .*no such disk/);
    expect(existsSync(join(base, 'no such disk'))).toBe(false);
  });
});

describe('a first start that was killed', () => {
  const begun = (dataDir: string) => writeFileSync(join(dataDir, 'postgres.marker'), 'making\n');

  it.each<[string, (dataDir: string) => void]>([
    ['had only begun', (dataDir) => mkdirSync(inside(dataDir, 'global'), { recursive: true })],
    [
      'had not come to our tables',
      (dataDir) => cpSync(join(base, 'strange', 'postgres'), inside(dataDir), { recursive: true }),
    ],
    [
      'left what does not open',
      (dataDir) => {
        cpSync(whole, dataDir, { recursive: true });
        writeFileSync(inside(dataDir, 'global', 'pg_control'), Buffer.alloc(8192));
      },
    ],
  ])('and %s: it is made again, and what was left is moved away and named', async (_, left) => {
    const dataDir = mkdtempSync(join(base, 'killed '));
    left(dataDir);
    begun(dataDir);
    const found = listed(dataDir) ?? [];
    const store = await openPostgres({ dataDir });
    expect([store.damage, await notesOf(store).count()]).toEqual([null, 0]);
    await store.close();
    const aside = join(dataDir, 'damaged', readdirSync(join(dataDir, 'damaged'))[0] ?? '', 'postgres');
    expect(store.moved).toContain(aside);
    expect(readdirSync(aside)).toEqual(expect.arrayContaining(found));
    expect(statSync(join(dataDir, 'damaged')).mode & 0o777).toBe(0o700);
    const again = await openPostgres({ dataDir });
    expect([again.damage, again.moved]).toEqual([null, null]);
    await again.close();
  });

  it('costs no notes that were put back from a backup', async () => {
    const dataDir = copy();
    begun(dataDir);
    const store = await openPostgres({ dataDir });
    expect([store.damage, store.moved, await notesOf(store).count()]).toEqual([null, null, 300]);
    await store.close();
    rmSync(inside(dataDir), { recursive: true });
    expect((await openPostgres({ dataDir })).damage).not.toBeNull();
  });
});

test('files of it that the account may not read are given back to the account, and not given up', () => {
  const what = 'postgres does not open (could not open file "base/5/16418": Permission denied)';
  expect(damagedStore(base, what).message).toContain('Let the account that runs Beltline read and change it');
  expect(damagedStore(base, 'postgres is gone').message).not.toContain('Let the account');
});

test('is closed to other accounts, also in a data directory that is open to them', async () => {
  const dataDir = join(base, 'open');
  mkdirSync(inside(dataDir), { recursive: true });
  for (const folder of [dataDir, inside(dataDir)]) chmodSync(folder, 0o755);
  const store = await openPostgres({ dataDir });
  await notesOf(store).insert(note(1));
  await store.close();
  expect(statSync(inside(dataDir)).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(dataDir))
    expect([file, statSync(join(dataDir, file)).mode & 0o077]).toEqual([file, 0]);
});

describe('two who want one store', () => {
  const children: ChildProcess[] = [];
  afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

  function opener(dataDir: string): ChildProcess {
    const script = `
      import { openPostgres } from '@beltline/sql/postgres';
      process.on('message', async () => {
        try { await openPostgres({ dataDir: ${JSON.stringify(dataDir)} }); process.send('has it'); }
        catch (error) { process.send(error.name); }
      });
      process.send('ready');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    children.push(child);
    return child;
  }
  const next = async (child: ChildProcess) => ((await once(child, 'message')) as [string])[0];

  it('started at the same moment after a kill, one of them has it, round after round', async () => {
    const dataDir = copy();
    for (let round = 0; round < 5; round++) {
      const three = [opener(dataDir), opener(dataDir), opener(dataDir)];
      await Promise.all(three.map(next));
      const answers = three.map(next);
      for (const child of three) child.send('go');
      expect((await Promise.all(answers)).sort()).toEqual(['StoreBusyError', 'StoreBusyError', 'has it']);
      for (const child of three) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
    const store = await openPostgres({ dataDir });
    expect(await notesOf(store).count()).toBe(300);
    await store.close();
  });

  it('is told who has it, also where the file names a process of another container', async () => {
    const dataDir = copy();
    const child = opener(dataDir);
    await next(child);
    const has = next(child);
    child.send('go');
    expect(await has).toBe('has it');
    const file = join(dataDir, 'postgres.owner');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: child.pid });
    await expect(openPostgres({ dataDir })).rejects.toThrow(new RegExp(`Process ${child.pid} uses`));
    // Another container: a process number that does not exist here. The lock is held all the same.
    writeFileSync(file, JSON.stringify({ pid: 4_000_000, host: 'another' }));
    await expect(openPostgres({ dataDir })).rejects.toThrow('Process 4000000 on another uses');
    await expect(openPostgres({ dataDir })).rejects.toBeInstanceOf(StoreBusyError);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await openPostgres({ dataDir })).close();
  });
});
