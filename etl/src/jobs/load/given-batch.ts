/** What a load or a preview is given: the source's SELECTs, and its files, compared with what is loaded already. */
import { basename } from 'node:path';
import type { ClickHouseClient } from '@beltline/sql/engine';
import { shownPath } from '../../files/index.ts';
import type { Progress } from '../../progress/progress.ts';
import type { AssignedFile, SourceDefinition } from '../../source/index.ts';
import { type BatchFiles, fingerprintFiles } from './batch-files.ts';
import { findFiles } from './find-files.ts';
import type { FileNames } from './plan-months.ts';
import type { ReplacedMonths } from './replace-months.ts';
import { readMapping, type SourceMapping } from './source-mapping.ts';

export interface LoadOptions {
  readonly source: SourceDefinition;
  /** Files, folders and globs. */
  readonly files: readonly string[];
  /** Rejected rows that were corrected, as a file of orders: see corrected-file.ts. */
  readonly corrected?: AssignedFile;
  /** Folder that relative paths start from. */
  readonly folder: string;
  /** Lets lines stay that another mapping read and that the files do not bring; else such a load is refused. */
  readonly keepOldLines?: boolean;
  /** Reads every file, also those that are loaded already: where something of what they brought was lost. */
  readonly again?: boolean;
  /** Months of which nothing else than what these files bring is to be in force. */
  readonly replaces?: ReplacedMonths;
  /** How long to wait for another load; 0 = do not. */
  readonly waitMs: number;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

export interface GivenBatch {
  readonly mapping: SourceMapping;
  readonly names: FileNames;
  readonly batchFiles: BatchFiles;
}

/** @throws LoadRefusedError, FileFault, UsageError where files or SELECTs are not there, or do not fit the source. */
export async function readGiven(admin: ClickHouseClient, options: LoadOptions): Promise<GivenBatch> {
  const { source, progress } = options;
  const mapping = readMapping(source);
  const paths = await findFiles(source, options.files, options.folder);
  progress.step('fingerprint');
  const corrected = options.corrected ? [options.corrected] : [];
  const found = await fingerprintFiles(admin, source, mapping, { paths, corrected }, (done, total) =>
    progress.advance(done, total),
  );
  const batchFiles =
    options.again || options.replaces
      ? { ...found, files: found.files.map((file) => ({ ...file, known: false })) }
      : found;
  const names = new Map(batchFiles.files.map(({ fileNo, path }) => [fileNo, shownPath(basename(path))]));
  return { mapping, names, batchFiles };
}
