import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BELT_TRUTHS, type Path, levelOf } from './belt-truth.ts';
import { type DemoManifest, generateDemo } from './index.ts';
import { readRegistry } from './registry.ts';

let folder = '';
let manifest: DemoManifest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belt-truth-'));
  manifest = await generateDemo({ out: join(folder, 'demo'), lines: 60_000 });
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Orders of 2024 over those of 2023 of all belts on a path together, by belts that do nothing else in particular. */
function growthOn(path: Path): number {
  const ids = BELT_TRUTHS.filter((belt) => belt.path === path && belt.prices !== 'war' && !belt.turns).map(
    (b) => b.id,
  );
  const orders = (year: string): number =>
    ids.reduce((sum, id) => sum + (manifest.counted.belts[id]?.[year]?.orders ?? 0), 0);
  return orders('2024') / orders('2023');
}

describe('the truth about belts', () => {
  it('covers the registry and knows every mark', async () => {
    const { belts } = await readRegistry();
    expect(belts.map((belt) => belt.truth)).toEqual(BELT_TRUTHS);
    for (const belt of BELT_TRUTHS) {
      expect(belt.size).toBeGreaterThan(0);
      expect(belt.price).toBeGreaterThan(0);
      expect(levelOf(belt.path, 0)).toBeGreaterThan(0.9);
      expect(belt.leanings).toMatch(/^[DXCBO]*$/);
    }
    expect(BELT_TRUTHS.filter((belt) => belt.dominated)).toHaveLength(5);
    expect(BELT_TRUTHS.filter((belt) => belt.few).length).toBeGreaterThan(2);
  });

  it('shows in the orders: belts on a better path grow faster', () => {
    const ranked = (['surges', 'recovers', 'steady', 'slips', 'falls', 'collapses'] as const).map(growthOn);
    expect([...ranked].sort((x, y) => y - x)).toEqual(ranked);
    expect(ranked[0]).toBeGreaterThan(1.6);
    expect(ranked.at(-1)).toBeLessThan(0.75);
  });
});
