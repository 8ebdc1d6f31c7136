/** Specs that share a worker's modules and globals leave neither a stand-in for a global nor a stopped clock to the next file. */
import { afterEach, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
