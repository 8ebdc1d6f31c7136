import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildId, digestOf } from './build-id.ts';

const folder = mkdtempSync(join(tmpdir(), 'build-id-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the same files give the same id, in any process; a change of one of them another', () => {
  mkdirSync(join(folder, 'dist', 'deep'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'deep', 'a.js'), 'one');
  writeFileSync(join(folder, 'dist', 'q.sql'), 'SELECT 1');
  const first = digestOf(folder, ['dist', 'missing']);
  expect(digestOf(folder, ['dist', 'missing'])).toBe(first);
  writeFileSync(join(folder, 'dist', 'a.d.ts'), 'no program');
  expect(digestOf(folder, ['dist'])).toBe(first);
  writeFileSync(join(folder, 'dist', 'q.sql'), 'SELECT 2');
  expect(digestOf(folder, ['dist'])).not.toBe(first);
  writeFileSync(join(folder, 'lock.json'), '1');
  const locked = digestOf(folder, ['dist', 'lock.json']);
  writeFileSync(join(folder, 'lock.json'), '2');
  expect(digestOf(folder, ['dist', 'lock.json'])).not.toBe(locked);
});

test('this program has one', () => {
  expect(buildId()).toMatch(/^[\w-]{22}$/);
  expect(buildId()).toBe(buildId());
});
