import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceDefinition } from '../../source/index.ts';
import { findFiles } from './batch-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'batch files '));
  mkdirSync(join(folder, 'day-1'));
  mkdirSync(join(folder, 'day-2'));
  execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
  symlinkSync(join(folder, 'nowhere'), join(folder, 'lost.csv'));
  writeFileSync(join(folder, 'orders-1.csv'), 'id\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const source = { id: 'demo', tables: [{ match: 'orders-*.csv' }] } as unknown as SourceDefinition;
const find = (argument: string) => findFiles(source, [argument], folder);

it.each([
  ['nothing-*.csv', 'There is no file nothing-*.csv in '],
  ['day-*', 'day-* fits no file, only day-1 (a folder), day-2 (a folder).'],
  ['pi*.csv', 'pi*.csv fits no file, only pipe.csv (a named pipe).'],
  ['lo*.csv', 'lo*.csv fits no file, only lost.csv (a link that leads nowhere).'],
  ['pipe.csv', 'pipe.csv is a named pipe, not a file.'],
  ['lost.csv', 'lost.csv is a link that leads nowhere, not a file.'],
  ['a\nb.csv', String.raw`There is no file a\nb.csv in `],
  ['day-1', 'day-1 holds no file that the source demo knows; it looks for orders-*.csv.'],
])('%j: %s', async (argument, message) => {
  await expect(find(argument)).rejects.toThrow(message);
});

it('files beside what is none are found', async () => {
  expect(await find('*')).toEqual([join(folder, 'orders-1.csv')]);
});
