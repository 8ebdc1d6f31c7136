/** `npm start`: one process from here to the end, so that whoever ends it ends everything. */
import { fail, prepare } from './prepare.mjs';

// What cannot be written down, because a disk is full or a reader is gone, is lost; it ends neither the program nor what it started.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

try {
  await prepare(['@beltline/api', '@beltline/dashboard', '@beltline/etl']);
  await import('../dist/launch/main.js');
} catch (error) {
  fail(error);
}
