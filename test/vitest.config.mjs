import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { useTemporaryFolder } from './temporary-folder.mjs';

useTemporaryFolder();

/**
 * All tests of the project: specs beside the code, integration on the real engines, flows in a real browser.
 * A package's own sources are compiled on the fly; other packages are used as built (`npm test` builds first).
 */
const root = resolve(import.meta.dirname, '..');

/** How long one test, or the setting up of one file, may take: what starts engines or the product takes longer. */
const UNIT_SECONDS = 20;
const ENGINE_SECONDS = 120;
const PRODUCT_SECONDS = 300;

/**
 * Two tiers. Quick (`npm test`): everything but `*.long.spec.ts`, 10 minutes on two cores. Long (`npm run test:long`): those,
 * which kill, damage, fence and sweep in long rows, or walk through many pages; the quick tier has a short case of each. All
 * (`npm run test:all`, and where nothing is set): both.
 */
const tier = process.env.TEST_TIER ?? 'all';
const ENDINGS = { quick: 'spec.ts', long: 'long.spec.ts', all: '{spec,long.spec}.ts' };
const ending = ENDINGS[tier];
if (!ending) throw new Error(`TEST_TIER is ${Object.keys(ENDINGS).join(', ')}; not ${tier}.`);
const ofOtherTier = tier === 'quick' ? ['**/*.long.spec.ts'] : [];

const BESIDE_THE_CODE = '{api/contract/src,api/src,dashboard/src,etl/src,sql}/**';

/** Of a lower `turn` first: what fails soonest. */
const project = (name, seconds, files, { turn = 1, ignored = [], ...others } = {}) => ({
  extends: true,
  test: {
    name,
    include: [files],
    exclude: ['**/node_modules/**', '**/dist/**', ...ofOtherTier, ...ignored],
    testTimeout: 1_000 * seconds,
    hookTimeout: 1_000 * seconds,
    ...others,
    sequence: { groupOrder: turn },
  },
});

export default defineConfig({
  root,
  // As TypeScript does it, which Nest's injection by type rests on.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    globals: true,
    pool: 'forks',
    // Compiled sources, in node_modules, where nobody else can write.
    experimental: { fsModuleCache: true },
    // One more than the processors: a fifth of the time a spec waits, for a lock to grow stale or a page to settle.
    maxWorkers: 3,
    // A worker loads the modules of all files once, and a file finds what the one before has left.
    isolate: false,
    setupFiles: [resolve(import.meta.dirname, 'leave-nothing.mjs')],
    projects: [
      project('unit', UNIT_SECONDS, `${BESIDE_THE_CODE}/*.${ending}`, {
        turn: 0,
        ignored: ['**/*.{engine,trials}.{spec,long.spec}.ts'],
        // Nothing in them waits.
        maxWorkers: 2,
      }),
      // Claims about chance, held against many draws, and attacks on many random tables.
      project('trials', UNIT_SECONDS, `${BESIDE_THE_CODE}/*.trials.${ending}`),
      // Beside the code, and starts an engine.
      project('engine', ENGINE_SECONDS, `${BESIDE_THE_CODE}/*.engine.${ending}`),
      project('integration', PRODUCT_SECONDS, `test/integration/**/*.${ending}`),
      project('e2e', PRODUCT_SECONDS, `test/e2e/**/*.${ending}`),
    ],
  },
});
