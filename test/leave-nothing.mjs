/** Specs share a worker's modules and globals: none leaves a stand-in for a global, a stopped clock or a setting to the next file. */
import { afterAll, afterEach, vi } from 'vitest';

// Run before each file.
const settings = { ...process.env };
afterAll(() => {
  for (const name of Object.keys(process.env))
    if (!(name in settings)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, settings);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
