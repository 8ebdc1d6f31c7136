import {
  closeSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from './kernel-lock.ts';
import { writeOwnFile } from './own-file.ts';

let folder: string;
let [file, elsewhere] = ['', ''];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beltline own '));
  [file, elsewhere] = [join(folder, 'file'), join(folder, 'elsewhere')];
  writeFileSync(elsewhere, 'precious', { mode: 0o644 });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file of ours', () => {
  it.each([
    ['the file', () => file],
    ['its draft', () => `${file}.new`],
  ])('is not written through a link in the place of %s', (_, linked) => {
    symlinkSync(elsewhere, linked());
    writeOwnFile(file, 'ours');
    expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
    expect([readFileSync(file, 'utf8'), lstatSync(file).isFile(), lstatSync(file).mode & 0o777]).toEqual([
      'ours',
      true,
      0o600,
    ]);
    expect(readdirSync(folder).sort()).toEqual(['elsewhere', 'file']);
  });

  it('is as it was where it cannot be written, and nothing is left of the try', () => {
    mkdirSync(file);
    expect(() => writeOwnFile(file, 'ours')).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder).sort()).toEqual(['elsewhere', 'file']);
  });
});

describe('a lock', () => {
  it.each([
    ['a link to a file', () => symlinkSync(elsewhere, file)],
    ['a link to nothing', () => symlinkSync(join(folder, 'nothing'), file)],
    ['a pipe', () => execFileSync('mkfifo', [file])],
    ['a folder', () => mkdirSync(file)],
  ])('is not taken on %s, which is named and left as it is', (_, put) => {
    put();
    expect(() => takeLock(file)).toThrow(`${file} is no plain file`);
    expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
    expect(lstatSync(elsewhere).mode & 0o777).toBe(0o644);
    expect(readdirSync(folder).sort()).toEqual(['elsewhere', 'file']);
  });

  it('is taken on what an earlier process has left', () => {
    writeFileSync(file, 'of another process');
    const handle = takeLock(file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    closeSync(handle as number);
  });
});
