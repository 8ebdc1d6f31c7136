import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type DemoManifest, DemoRefusal, demoTruth, generateDemo } from './index.ts';

/** Enough for merchants of every kind of name; most of the time goes into the belts' truth, however many lines there are. */
const LINES = 50_000;
let folder = '';
/** The demo that the tests look at, made once; those that change one make their own. */
let demo = '';
let manifest: DemoManifest;
const seen: number[] = [];

beforeAll(async () => {
  demo = join(await mkdtemp(join(tmpdir(), 'generated demo ')), 'demo');
  manifest = await generateDemo({ out: demo, lines: LINES, seed: 7, onProgress: (done) => seen.push(done) });
}, 60_000);

afterAll(() => rm(dirname(demo), { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generate demo '));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function hashes(folder: string): Promise<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const name of (await readdir(folder)).sort()) {
    result[name] = createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
  }
  return result;
}

describe('generateDemo', () => {
  it('writes the same bytes for the same seed and others for another, in place of an earlier demo and what a killed run left', async () => {
    await mkdir(join(folder, 'demo.partial'));
    await writeFile(join(folder, 'demo.partial', 'orders-2021-01.csv'), 'half a');
    await generateDemo({ out: join(folder, 'demo'), lines: LINES, seed: 7 });
    const first = await hashes(join(folder, 'demo'));
    expect(first).toEqual(await hashes(demo));
    await generateDemo({ out: join(folder, 'demo'), lines: LINES, seed: 8 });
    const other = await hashes(join(folder, 'demo'));
    expect(other['orders-2024-06.csv']).not.toBe(first['orders-2024-06.csv']);
    expect(other['belts.csv']).toBe(first['belts.csv']);
    expect(Object.keys(other)).toEqual(Object.keys(first));
    expect(await readdir(folder)).toEqual(['demo']);
  }, 60_000);

  it('names every file with its size, beside the truth and the manifest', async () => {
    const names = await readdir(demo);
    const named = manifest.files.map((file) => file.name);
    expect(names.sort()).toEqual([...named, 'manifest.json', 'truth.json'].sort());
    expect(named).toHaveLength(4 + 50);
    for (const { name, bytes } of manifest.files) {
      expect((await readFile(join(demo, name))).length).toBe(bytes);
    }
    expect(JSON.parse(await readFile(join(demo, 'manifest.json'), 'utf8'))).toEqual(manifest);
    const truth: unknown = JSON.parse(await readFile(join(demo, 'truth.json'), 'utf8'));
    expect(truth).toEqual(await demoTruth(LINES, 7));
  }, 60_000);

  it('quotes names that need it and no others', async () => {
    const merchants = await readFile(join(demo, 'merchants.csv'), 'utf8');
    const names = [...merchants.matchAll(/^M\d{6},("(?:[^"]|"")*"|[^,"\n]*),L\d{6},/gm)].map(
      ([, name]) => name ?? '',
    );
    const quoted = names.filter((name) => name.startsWith('"'));
    expect(quoted.some((name) => name.includes(', Ltd.'))).toBe(true);
    expect(quoted.some((name) => name.includes('""'))).toBe(true);
    expect(quoted.every((name) => /[,\n]|""/.test(name.slice(1, -1)))).toBe(true);
    expect(names.length).toBeGreaterThan(600);
  });

  it('reports progress that rises to the whole', () => {
    expect(seen.every((done, i) => i === 0 || done >= (seen[i - 1] ?? 0))).toBe(true);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe(LINES);
  });

  it('leaves nothing when it is aborted', async () => {
    const controller = new AbortController();
    const running = generateDemo({
      out: join(folder, 'demo'),
      lines: LINES,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(running).rejects.toThrow('enough');
    expect(await readdir(folder)).toEqual([]);
  }, 60_000);

  it('refuses a folder that holds something else, and too few lines', async () => {
    await writeFile(join(folder, 'mine.txt'), 'keep');
    await expect(generateDemo({ out: folder, lines: LINES })).rejects.toThrow(/not empty/);
    expect(await readFile(join(folder, 'mine.txt'), 'utf8')).toBe('keep');
    await expect(generateDemo({ out: join(folder, 'demo'), lines: 100 })).rejects.toThrow(DemoRefusal);
  });
});
