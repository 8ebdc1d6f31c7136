import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoRefusal, demoTruth, generateDemo } from './index.ts';

const LINES = 10_000;
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generate demo '));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function hashes(demo: string): Promise<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const name of (await readdir(demo)).sort()) {
    result[name] = createHash('sha256')
      .update(await readFile(join(demo, name)))
      .digest('hex');
  }
  return result;
}

describe('generateDemo', () => {
  it('writes the same bytes for the same seed and others for another', async () => {
    await generateDemo({ out: join(folder, 'a'), lines: LINES, seed: 7 });
    await generateDemo({ out: join(folder, 'b'), lines: LINES, seed: 7 });
    await generateDemo({ out: join(folder, 'c'), lines: LINES, seed: 8 });
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => hashes(join(folder, name))));
    expect(b).toEqual(a);
    expect(c?.['orders-2024-06.csv']).not.toBe(a?.['orders-2024-06.csv']);
    expect(c?.['belts.csv']).toBe(a?.['belts.csv']);
  }, 60_000);

  it('names every file with its size, beside the truth and the manifest', async () => {
    const manifest = await generateDemo({ out: join(folder, 'demo'), lines: LINES });
    const names = await readdir(join(folder, 'demo'));
    const named = manifest.files.map((file) => file.name);
    expect(names.sort()).toEqual([...named, 'manifest.json', 'truth.json'].sort());
    expect(named).toHaveLength(4 + 50);
    for (const { name, bytes } of manifest.files) {
      expect((await readFile(join(folder, 'demo', name))).length).toBe(bytes);
    }
    expect(JSON.parse(await readFile(join(folder, 'demo', 'manifest.json'), 'utf8'))).toEqual(manifest);
    const truth: unknown = JSON.parse(await readFile(join(folder, 'demo', 'truth.json'), 'utf8'));
    expect(truth).toEqual(await demoTruth(LINES));
  }, 60_000);

  it('quotes names that need it and no others', async () => {
    await generateDemo({ out: join(folder, 'demo'), lines: 50_000 });
    const merchants = await readFile(join(folder, 'demo', 'merchants.csv'), 'utf8');
    const names = [...merchants.matchAll(/^M\d{6},("(?:[^"]|"")*"|[^,"\n]*),L\d{6},/gm)].map(
      ([, name]) => name ?? '',
    );
    const quoted = names.filter((name) => name.startsWith('"'));
    expect(quoted.some((name) => name.includes(', Ltd.'))).toBe(true);
    expect(quoted.some((name) => name.includes('""'))).toBe(true);
    expect(quoted.every((name) => /[,\n]|""/.test(name.slice(1, -1)))).toBe(true);
    expect(names.length).toBeGreaterThan(600);
  }, 60_000);

  it('reports progress that rises to the whole', async () => {
    const seen: number[] = [];
    await generateDemo({ out: join(folder, 'demo'), lines: LINES, onProgress: (done) => seen.push(done) });
    expect(seen.every((done, i) => i === 0 || done >= (seen[i - 1] ?? 0))).toBe(true);
    expect(seen.at(-1)).toBe(LINES);
  }, 60_000);

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

  it('replaces an earlier demo, and what a killed run left', async () => {
    await mkdir(join(folder, 'demo.partial'));
    await writeFile(join(folder, 'demo.partial', 'orders-2021-01.csv'), 'half a');
    await generateDemo({ out: join(folder, 'demo'), lines: LINES, seed: 1 });
    const first = await hashes(join(folder, 'demo'));
    await generateDemo({ out: join(folder, 'demo'), lines: LINES, seed: 2 });
    expect(await hashes(join(folder, 'demo'))).not.toEqual(first);
    expect(await readdir(folder)).toEqual(['demo']);
  }, 60_000);

  it('refuses a folder that holds something else, and too few lines', async () => {
    await writeFile(join(folder, 'mine.txt'), 'keep');
    await expect(generateDemo({ out: folder, lines: LINES })).rejects.toThrow(/not empty/);
    expect(await readFile(join(folder, 'mine.txt'), 'utf8')).toBe('keep');
    await expect(generateDemo({ out: join(folder, 'demo'), lines: 100 })).rejects.toThrow(DemoRefusal);
  });
});
