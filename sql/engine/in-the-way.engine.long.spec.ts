/** Something else where the embedded engine keeps a folder or a file: it is named with what to do, and nothing is changed. */
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateClickHouse } from '@beltline/sql/clickhouse';
import { openEngine } from '@beltline/sql/engine';

const base = mkdtempSync(join(tmpdir(), 'beltline in the way '));
const whole = join(base, 'whole');
afterAll(() => rmSync(base, { recursive: true, force: true }));

const start = (dataDir: string) => openEngine({ kind: 'embedded', dataDir }, { as: 'serve', waitMs: 5_000 });

beforeAll(async () => {
  const engine = await start(whole);
  const loader = engine.client('loader', 'default');
  await migrateClickHouse(loader, { descriptions: engine.descriptions });
  await loader.close();
  await engine.close();
});

let copies = 0;
function copy(): string {
  const dataDir = join(base, `copy ${copies++}`);
  cpSync(whole, dataDir, { recursive: true, verbatimSymlinks: true });
  return dataDir;
}

const refusal = (dataDir: string) =>
  start(dataDir).then(
    (engine) => engine.close(), // left running, it would keep the tests from ending
    (error: unknown) => error,
  );

async function opens(dataDir: string): Promise<void> {
  const engine = await start(dataDir);
  const client = engine.client('reader');
  const result = await client.query({ query: 'SELECT count() FROM sources', format: 'TabSeparated' });
  expect((await result.text()).trim()).toBe('0');
  await client.close();
  await engine.close();
}

describe('something else in the place of a folder', () => {
  it.each<[what: string, folder: string, put: (path: string) => void]>([
    ['a file', 'engine', (path) => writeFileSync(path, '')],
    ['a link that leads nowhere', 'engine', (path) => symlinkSync('/no such disk', path)],
    ['a link to itself', 'engine', (path) => symlinkSync('engine', path)],
    ['a file', 'clickhouse', (path) => writeFileSync(path, '')],
    ['a link that leads nowhere', 'clickhouse', (path) => symlinkSync('/no such disk', path)],
    ['a link to itself', 'clickhouse', (path) => symlinkSync('clickhouse', path)],
    ['a file', join('clickhouse', 'store'), (path) => writeFileSync(path, '')],
  ])('is named, with what to do: %s, %s', async (_, folder, put) => {
    const dataDir = copy();
    const path = join(dataDir, folder);
    renameSync(path, `${path} elsewhere`);
    put(path);
    const refused = await refusal(dataDir);
    expect(String(refused)).toContain(path);
    expect(String(refused)).toMatch(/Nothing has been changed\. .*and start again/);
    rmSync(path);
    renameSync(`${path} elsewhere`, path);
    await opens(dataDir);
  });
});

it('says of copies of descriptions that are no folder what is in the way', async () => {
  const dataDir = copy();
  const copies = join(dataDir, 'clickhouse.descriptions');
  rmSync(copies, { recursive: true });
  writeFileSync(copies, '');
  await expect(start(dataDir)).rejects.toThrow(`${copies} is not a folder`);
});

it('says of a marker that is no file what is in the way', async () => {
  const dataDir = copy();
  const marker = join(dataDir, 'clickhouse.marker');
  rmSync(marker);
  mkdirSync(marker);
  await expect(start(dataDir)).rejects.toThrow(`${marker} is not a file`);
  rmSync(marker, { recursive: true });
  await opens(dataDir);
});
