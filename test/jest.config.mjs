import { join, resolve } from 'node:path';
import { useTemporaryFolder } from './temporary-folder.mjs';

useTemporaryFolder();

/**
 * All tests of the project: specs beside the code, integration on the real engines, flows in a real browser.
 * A package's own sources are compiled on the fly; other packages are used as built (`npm test` builds first).
 */
const root = resolve(import.meta.dirname, '..');
/** Compiled code is run: it lies where nobody else can write. */
const cacheDirectory = join(root, 'node_modules', '.cache', 'jest');
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
      module: { type: 'es6' },
    },
  ],
};

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
const ofOtherTier = tier === 'quick' ? ['\\.long\\.spec\\.ts$'] : [];

const project = (displayName, rootDir, seconds, names = '**/*', ignored = []) => ({
  displayName,
  cacheDirectory,
  rootDir: resolve(root, rootDir),
  testEnvironment: join(root, 'test', 'environment.mjs'),
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: [`<rootDir>/${names}.${ending}`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...ofOtherTier, ...ignored],
  modulePathIgnorePatterns: ['/dist/'],
  transform,
  // Jest knows no time-out a project.
  globals: { TEST_SECONDS: seconds },
  setupFilesAfterEnv: [join(root, 'test', 'time-limit.mjs')],
});

/**
 * Specs beside the code: those that start an engine are named `*.engine.spec.ts` (or `*.engine.long.spec.ts`), and are a project of
 * their own.
 */
const unit = (displayName, rootDir) =>
  project(displayName, rootDir, UNIT_SECONDS, undefined, ['\\.engine\\.(long\\.)?spec\\.ts$']);

export default {
  rootDir: root,
  cacheDirectory,
  // One more than the processors: a fifth of the time a spec waits, for a lock to grow stale or a page to settle.
  maxWorkers: 3,
  projects: [
    unit('contract', 'api/contract/src'),
    unit('sql', 'sql'),
    unit('etl', 'etl/src'),
    unit('api', 'api/src'),
    unit('dashboard', 'dashboard/src'),
    project('engine', '.', ENGINE_SECONDS, '{sql,etl/src,api/src}/**/*.engine'),
    project('integration', 'test/integration', PRODUCT_SECONDS),
    project('e2e', 'test/e2e', PRODUCT_SECONDS),
  ],
};
