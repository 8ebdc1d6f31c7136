import { join } from 'node:path';

/** Says that figures were once kept here, so that a folder that is gone is not taken for a first start. */
export const markerOf = (dataDir: string) => join(dataDir, 'clickhouse.marker');

/** The figures on disk are not what they were. Nothing has been changed; the message names the folder and the remedy. */
export class EngineDamagedError extends Error {
  override readonly name = 'EngineDamagedError';
}

/** @throws EngineDamagedError with what is damaged, as the start of a sentence, and the remedy. */
export function damaged(dataDir: string, what: string, cause?: unknown): EngineDamagedError {
  const folder = join(dataDir, 'clickhouse');
  const mayNot = /permission denied|not permitted|read-only file system/i.test(what);
  return new EngineDamagedError(
    `${what}. Nothing has been changed. ` +
      (mayNot ? 'Let the account that runs Beltline read and change it; or put' : 'Put') +
      ` the folder ${folder} back from a backup; or move away ${folder} and ` +
      `${markerOf(dataDir)}, start again, and load the files again. What people wrote is kept elsewhere and is not touched.`,
    { cause },
  );
}
