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

const project = (displayName, rootDir) => ({
  displayName,
  cacheDirectory,
  rootDir: resolve(root, rootDir),
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  transform,
});

export default {
  rootDir: root,
  cacheDirectory,
  // Two workers: integration specs each start an engine, and more would only make them wait for each other.
  maxWorkers: 2,
  // For the slowest, which start the product as a child; Jest knows no time-out a project.
  testTimeout: 300_000,
  projects: [
    project('contract', 'api/contract/src'),
    project('sql', 'sql'),
    project('etl', 'etl/src'),
    project('api', 'api/src'),
    project('dashboard', 'dashboard/src'),
    project('integration', 'test/integration'),
    project('e2e', 'test/e2e'),
  ],
};
