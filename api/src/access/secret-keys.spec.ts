import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { SecretKeys } from './secret-keys.ts';

const [FIRST, SECOND] = ['a1'.repeat(32), 'b2'.repeat(32)];
const SERVER = 'postgresql://host/database';
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'beltline keys '))));
afterEach(() => rmSync(folder, { recursive: true }));
const keysOf = (keys?: string[], server?: string) =>
  new SecretKeys({ BELTLINE_DATA: folder, BELTLINE_SECRETS_KEY: keys, DATABASE_URL: server });

test('what is sealed opens again, for its user alone', async () => {
  const keys = keysOf([FIRST]);
  const sealed = await keys.seal('JBSWY3DP', 'u1');
  expect(sealed).not.toContain('JBSWY3DP');
  expect(Buffer.from(sealed.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('JBSWY3DP');
  expect(await keys.open(sealed, 'u1')).toEqual({ secret: 'JBSWY3DP', isStale: false });
  await expect(keys.open(sealed, 'u2')).rejects.toThrow('cannot be read');
  expect(await keys.seal('JBSWY3DP', 'u1')).not.toBe(sealed);
});

test('under another key, and changed by one character, it does not open, and what it was is not said', async () => {
  const sealed = await keysOf([FIRST]).seal('JBSWY3DP', 'u1');
  const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  for (const [keys, text] of [
    [keysOf([SECOND]), sealed],
    [keysOf([FIRST]), changed],
    [keysOf([FIRST]), 'nonsense'],
  ] as const) {
    const fault = await keys.open(text, 'u1').catch((error: unknown) => error);
    expect(String(fault)).toContain('BELTLINE_SECRETS_KEY');
    expect(String(fault)).not.toMatch(/JBSWY3DP|a1a1|b2b2/);
  }
});

test('the key can be changed: the one before still opens, and is said to be', async () => {
  const sealed = await keysOf([FIRST]).seal('JBSWY3DP', 'u1');
  const both = keysOf([SECOND, FIRST]);
  expect(await both.open(sealed, 'u1')).toEqual({ secret: 'JBSWY3DP', isStale: true });
  const anew = await both.seal('JBSWY3DP', 'u1');
  expect(await keysOf([SECOND]).open(anew, 'u1')).toEqual({ secret: 'JBSWY3DP', isStale: false });
});

test('beside the embedded store a key is made when it is first needed, for this account alone', async () => {
  const file = join(folder, 'secrets.key');
  expect(() => statSync(file)).toThrow('ENOENT');
  const sealed = await keysOf().seal('JBSWY3DP', 'u1');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const made = readFileSync(file, 'utf8');
  expect(await keysOf().open(sealed, 'u1')).toMatchObject({ secret: 'JBSWY3DP' });
  await keysOf().seal('other', 'u2');
  expect(readFileSync(file, 'utf8')).toBe(made);
  // A key that is set later encrypts from then on, and the file still decrypts.
  expect(await keysOf([FIRST]).open(sealed, 'u1')).toEqual({ secret: 'JBSWY3DP', isStale: true });
  writeFileSync(file, 'cut short');
  await expect(keysOf().open(sealed, 'u1')).rejects.toThrow('put it back from a backup');
});

test.each<[string, (file: string) => void]>([
  ['cut short', (file) => writeFileSync(file, 'a1a1')],
  ['empty', (file) => writeFileSync(file, '')],
  ['a folder', (file) => mkdirSync(file)],
])(
  'where the file is %s, who signs in is told what is the matter, and not where it lies',
  async (_, harm) => {
    const sealed = await keysOf().seal('JBSWY3DP', 'u1');
    rmSync(join(folder, 'secrets.key'));
    harm(join(folder, 'secrets.key'));
    const fault: unknown = await keysOf()
      .open(sealed, 'u1')
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(ProblemError);
    expect(String(fault)).toMatch(/secrets\.key.*put it back from a backup.*Recovery codes still let in/);
    expect(String(fault)).not.toContain(folder);
    await expect(keysOf().seal('JBSWY3DP', 'u1')).rejects.toBeInstanceOf(ProblemError);
  },
);

test('what no key that is there opens is known, before somebody asks for it', async () => {
  const sealed = await keysOf().seal('JBSWY3DP', 'u1');
  expect([keysOf().fits(sealed), keysOf([FIRST]).fits(sealed), keysOf().isNoneThere]).toEqual([
    true,
    true,
    false,
  ]);
  rmSync(join(folder, 'secrets.key'));
  expect([keysOf().fits(sealed), keysOf([FIRST]).fits(sealed), keysOf().isNoneThere]).toEqual([
    false,
    false,
    true,
  ]);
  expect(keysOf().fits('nonsense')).toBe(false);
  await expect(keysOf().open(sealed, 'u1')).rejects.toThrow(
    /secrets\.key.* is gone: put the file back from a backup/,
  );
  await expect(keysOf(undefined, SERVER).open(sealed, 'u1')).rejects.toThrow(
    'BELTLINE_SECRETS_KEY is not set',
  );
  writeFileSync(join(folder, 'secrets.key'), 'cut short');
  expect(() => keysOf().fits(sealed)).toThrow('put it back from a backup');
});

test('a key is not written through a link that somebody has put in its place', async () => {
  const elsewhere = join(folder, 'elsewhere');
  writeFileSync(elsewhere, 'precious');
  symlinkSync(elsewhere, join(folder, 'secrets.key.new'));
  await keysOf().seal('JBSWY3DP', 'u1');
  expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
});

test('over a server the key must be set, and no file is made', async () => {
  expect([keysOf(undefined, SERVER).canSeal, keysOf([FIRST], SERVER).canSeal, keysOf().canSeal]).toEqual([
    false,
    true,
    true,
  ]);
  await expect(keysOf(undefined, SERVER).seal('JBSWY3DP', 'u1')).rejects.toThrow('not set');
  expect(() => statSync(join(folder, 'secrets.key'))).toThrow('ENOENT');
});

test('a key that cannot be written down is none, and there is a whole one once it can', async () => {
  const module = new URL('../../dist/access/secret-keys.js', import.meta.url).href;
  const seal = `const { SecretKeys } = await import(${JSON.stringify(module)});
    await new SecretKeys({ BELTLINE_DATA: ${JSON.stringify(folder)} }).seal('JBSWY3DP', 'u1');`;
  // No file may grow: what a full disk says, at the same place.
  const full = () =>
    execFileSync('sh', ['-c', 'ulimit -f 0; exec "$0" --input-type=module -e "$1"', process.execPath, seal], {
      stdio: 'pipe',
    });
  expect(full).toThrow(/cannot be written into the data directory \(EFBIG\)/);
  expect(readdirSync(folder)).toEqual([]);
  const sealed = await keysOf().seal('JBSWY3DP', 'u1');
  expect(await keysOf().open(sealed, 'u1')).toMatchObject({ secret: 'JBSWY3DP' });
});
