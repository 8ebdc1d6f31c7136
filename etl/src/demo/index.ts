import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FEWEST_DEMO_LINES, MOST_DEMO_LINES } from '@beltline/sql/settings';
import { DemoRefusal } from './demo-refusal.ts';
import { writeDimensions } from './dimension-files.ts';
import type { DemoManifest } from './manifest.ts';
import { OrderRun } from './order-run.ts';
import { MANIFEST_FILE, TRUTH_FILE, fillStaged } from './staged-folder.ts';
import { Tally } from './tally.ts';
import { type DemoTruth, truthOf } from './truth.ts';
import { drawWorld } from './world.ts';

export type { BadRowKind } from './bad-rows.ts';
export { BELT_TRUTHS, type BeltTruth, MARKS, type Mark, PATHS, PRICE_REGIMES } from './belt-truth.ts';
export { DemoRefusal } from './demo-refusal.ts';
export { type DemoTruth, TRUE_STATES, type TrueBelt, type TrueState } from './truth.ts';
export type { DemoFile, DemoManifest, LaterRowKind, Measures, Track } from './manifest.ts';

const DEFAULT_LINES = 2_700_000;
const DEFAULT_SEED = 20250210;

export interface DemoOptions {
  /** Folder to write; made with its parents. An earlier demo in it is replaced, anything else is refused. */
  readonly out: string;
  /**
   * Rows of all order files together, to about 0.5 %; at least 10,000. The number of merchants grows with its 0.6th
   * power, their volume with the rest; every calibrated ratio stays.
   */
  readonly lines?: number;
  readonly seed?: number;
  /** Called about every 4 MB, and at the end, with the rows written so far and the rows expected. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting removes what was written and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** @throws DemoRefusal where there are too few lines for a demo, or more than can be made. */
export function assertDemoLines(lines: number): void {
  if (!(lines >= FEWEST_DEMO_LINES))
    throw new DemoRefusal(`The number of lines must be at least ${FEWEST_DEMO_LINES}, not ${lines}.`);
  if (lines > MOST_DEMO_LINES)
    throw new DemoRefusal(`The number of lines must be at most ${MOST_DEMO_LINES}, not ${lines}.`);
}

/** What is true of the demo orders of so many lines and a seed, without making them. */
export async function demoTruth(lines = DEFAULT_LINES, seed = DEFAULT_SEED): Promise<DemoTruth> {
  return truthOf(await drawWorld(lines, seed));
}

/**
 * Writes demo orders of 130 belts from 2021-01-01 to 2025-02-10: `belts.csv`, `merchants.csv`, `memberships.csv`,
 * `skus.csv`, `orders-2021-01.csv` … `orders-2025-02.csv`, `truth.json` (what each belt truly does) and `manifest.json` (the
 * returned manifest).
 *
 * The same lines and seed give the same bytes. Belts' paths stand in `belt-truth.ts`, what comes out
 * nationally in `kinds.ts`; the rest is drawn at random. Memory depends on the number of merchants, hardly on `lines`. One run at a time for one
 * `out`: until it is complete the folder is called `<out>.partial`.
 *
 * Rejects with a DemoRefusal for too few lines or an `out` that holds something else or cannot be written, the signal's
 * reason after an abort, or the file system's error; `out` is then as it was before.
 */
export async function generateDemo(options: DemoOptions): Promise<DemoManifest> {
  const { out, lines = DEFAULT_LINES, seed = DEFAULT_SEED, onProgress, signal } = options;
  assertDemoLines(lines);
  signal?.throwIfAborted();
  return fillStaged(out, async (folder) => {
    const world = await drawWorld(lines, seed);
    const { registry, merchants, skus } = world;
    const tally = new Tally(
      registry.belts.map((belt) => belt.id),
      merchants,
    );
    tally.files.push(...(await writeDimensions(folder, registry, merchants, skus, seed)));
    const run = new OrderRun(world, folder, tally, () => {
      signal?.throwIfAborted();
      onProgress?.(Math.min(tally.rows, lines), lines);
    });
    await run.write();
    const manifest = tally.manifest(seed, lines);
    await writeFile(join(folder, TRUTH_FILE), `${JSON.stringify(truthOf(world), null, 2)}\n`, {
      mode: 0o600,
    });
    await writeFile(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    signal?.throwIfAborted();
    onProgress?.(lines, lines);
    return manifest;
  });
}
