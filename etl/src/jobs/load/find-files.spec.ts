import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceDefinition } from '../../source/index.ts';
import { findFiles } from './find-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'batch files '));
  mkdirSync(join(folder, 'day-1'));
  mkdirSync(join(folder, 'day-2'));
  execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
  symlinkSync(join(folder, 'nowhere'), join(folder, 'lost.csv'));
  symlinkSync(join(folder, 'loop.csv'), join(folder, 'loop.csv'));
  writeFileSync(join(folder, 'orders-1.csv'), 'id\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const source = { id: 'demo', tables: [{ match: 'orders-*.csv' }] } as unknown as SourceDefinition;
const find = (argument: string) => findFiles(source, [argument], folder);

it.each([
  ['nothing-*.csv', 'There is no file nothing-*.csv in '],
  ['day-*', 'day-* fits no file, only day-1 (a folder), day-2 (a folder).'],
  ['pi*.csv', 'pi*.csv fits no file, only pipe.csv (a named pipe).'],
  ['los*.csv', 'los*.csv fits no file, only lost.csv (a link that leads nowhere).'],
  ['pipe.csv', 'pipe.csv is a named pipe, not a file.'],
  ['lost.csv', 'lost.csv is a link that leads nowhere, not a file.'],
  ['a\nb.csv', String.raw`There is no file a\nb.csv in `],
  ['day-1', 'day-1 holds no file that the source demo knows; it looks for orders-*.csv.'],
  ['loop.csv', 'loop.csv: the file cannot be read: it is a link that leads back to itself.'],
  ['x'.repeat(5000), 'the file cannot be read: no file can have so long a name.'],
  ['orders-1.csv/x', 'orders-1.csv/x: there is no such file. Check the path.'],
  ['loo*.csv', 'loo*.csv fits no file, only loop.csv (a link that leads back to itself).'],
  ['', '--files holds an empty path: is a variable of the shell empty?'],
  ['{a,b}'.repeat(19), 'stands for more than 1000 names; use * or ? instead of braces.'],
  ['{a,{b,c}}'.repeat(9), 'stands for more than 1000 names'],
  ['day-{1..9999999}', 'stands for more than 1000 names'],
  ['a\u202eb.csv', String.raw`There is no file a\u202eb.csv in `],
])('%j: %s', async (argument, message) => {
  await expect(find(argument)).rejects.toThrow(message);
});

it('a path of its own is not said to be in another folder', async () => {
  await expect(find('/nowhere/*.csv')).rejects.toThrow(/There is no file \/nowhere\/\*\.csv\.$/);
});

it('braces stand for names, a few of them', async () => {
  expect(await find('orders-{1,2}.csv')).toEqual([join(folder, 'orders-1.csv')]);
  expect(await find('orders-{1..9}.csv')).toEqual([join(folder, 'orders-1.csv')]);
});

it('files beside what is none are found', async () => {
  expect(await find('*')).toEqual([join(folder, 'orders-1.csv')]);
});
