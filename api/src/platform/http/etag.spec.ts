import { hasAlready, hasAnything } from './etag.ts';

test.each([
  ['"7-abc"', true],
  ['W/"7-abc"', true],
  ['"6-x", W/"7-abc"', true],
  ['"6-x","7-abc"', true],
  ['*', false],
  ['"6-x"', false],
  ['7-abc', false],
  ['"*"', false],
  ['', false],
])('If-None-Match: %s', (header, expected) => expect(hasAlready(header, '"7-abc"')).toBe(expected));

test.each([
  ['*', true],
  [' * ', true],
  ['"*"', false],
  ['*, "7-abc"', false],
  [undefined, false],
])('anything: %s', (header, expected) => expect(hasAnything(header)).toBe(expected));
