import { preferredEncoding } from './encoding.ts';

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['BR', 'br'],
  ['*', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0, gzip;q=0', 'identity'],
  ['br;q=0.1, gzip;q=0.5', 'gzip'],
  ['library, brick', 'identity'],
  ['identity', 'identity'],
])('%j gets %s', (accepted, encoding) => {
  expect(preferredEncoding(accepted)).toBe(encoding);
});
