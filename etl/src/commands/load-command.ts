import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { privateFolder } from '@beltline/sql/engine';
import { assertDemoLines, generateDemo } from '../demo/index.ts';
import { type CorrectedFile, correctedFile } from '../jobs/load/corrected-file.ts';
import { EXIT_CODES, LoadRefusedError, UsageError } from '../jobs/load/load-error.ts';
import { shownPath } from '../files/index.ts';
import type { SourceDefinition } from '../source/index.ts';
import {
  type LoadReport,
  loadOrders,
  monthsBetween,
  type PreviewReport,
  previewOrders,
  recover,
  refusedAtOnce,
  type ReplacedMonths,
} from '../jobs/load/load-orders.ts';
import { type Progress, quietProgress, showProgress } from '../progress/progress.ts';
import { refusalJson, reportJson, reportText } from './load-summary.ts';
import { previewJson, previewText } from './preview-summary.ts';
import { exitCodeOf } from './exit-code.ts';
import { withEngine } from './engine-access.ts';
import type { CommandContext } from './command-context.ts';
import { findSource, type SourceFolderOption } from './source-folders.ts';

/** Longer than any load takes. */
export const A_WEEK_MS = 7 * 86_400_000;

export interface ReplaceOptions {
  /** Months, `2024-03`. */
  readonly from?: string;
  readonly to?: string;
  readonly emptyMonths?: boolean;
  readonly reason?: string;
  readonly dryRun?: boolean;
}

export interface LoadCommandOptions extends SourceFolderOption, ReplaceOptions {
  readonly files?: readonly string[];
  /** A file of rejected rows that were corrected. */
  readonly corrected?: string;
  readonly lines?: number;
  readonly wait?: boolean;
  readonly keepOldLines?: boolean;
  readonly again?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function load(context: CommandContext, id: string, options: LoadCommandOptions): Promise<void> {
  const source = findSource(context, id, options);
  if (options.lines !== undefined) {
    if (options.files) throw new UsageError('--lines is for demo orders that are made: leave out --files.');
    assertDemoLines(options.lines);
  }
  const progress = progressOf(options);
  const begun = performance.now();
  let report: LoadReport;
  try {
    const corrected = await correctedOf(context, source, options);
    const files = options.files ?? (corrected ? [] : [await demoFiles(context, id, options.lines, progress)]);
    report = await withEngine(context, { as: 'load', waits: options.wait !== false }, (engine) =>
      loadOrders(engine, {
        source,
        files,
        ...(corrected ? { corrected } : {}),
        folder: context.folder,
        keepOldLines: options.keepOldLines === true,
        again: options.again === true,
        ...replacedBy(options),
        waitMs: options.wait === false ? 0 : A_WEEK_MS,
        progress,
        signal: context.signal,
      }).catch((error: unknown) => {
        throw corrected?.ofList(error) ?? error;
      }),
    );
  } catch (error) {
    // A program that reads the result is told so there, too.
    if (options.json && exitCodeOf(error) === EXIT_CODES.refused)
      context.print(refusalJson(id, (error as Error).message, secondsSince(begun)));
    throw error;
  } finally {
    progress.finish();
  }
  const seconds = secondsSince(begun);
  context.print(options.json ? reportJson(report, seconds) : reportText(report, seconds));
}

/** The rows of `--corrected`; they are taken away when the program ends. */
async function correctedOf(
  context: CommandContext,
  source: SourceDefinition,
  { corrected }: LoadCommandOptions,
): Promise<CorrectedFile | null> {
  if (corrected === undefined) return null;
  const made = await correctedFile(source, resolve(context.folder, corrected));
  process.once('exit', () => made.remove());
  return made;
}

const secondsSince = (begun: number): number => (performance.now() - begun) / 1000;

/** What a load of these files would do, without doing it. @throws LoadRefusedError where it would be refused. */
export async function preview(
  context: CommandContext,
  id: string,
  options: LoadCommandOptions,
): Promise<void> {
  const source = findSource(context, id, options);
  const progress = progressOf(options);
  const begun = performance.now();
  let report: PreviewReport;
  try {
    const corrected = await correctedOf(context, source, options);
    report = await withEngine(context, { as: 'load', waits: options.wait !== false }, (engine) =>
      previewOrders(engine, {
        source,
        ...(corrected ? { corrected } : {}),
        files: options.files ?? [],
        folder: context.folder,
        keepOldLines: options.keepOldLines === true,
        again: options.again === true,
        ...replacedBy(options),
        waitMs: options.wait === false ? 0 : A_WEEK_MS,
        progress,
        signal: context.signal,
      }).catch((error: unknown) => {
        throw corrected?.ofList(error) ?? error;
      }),
    );
  } catch (error) {
    // A program that reads the report is told so there, too.
    if (options.json && exitCodeOf(error) === EXIT_CODES.refused)
      context.print(previewJson(refusedAtOnce(id, (error as Error).message), secondsSince(begun)));
    throw error;
  } finally {
    progress.finish();
  }
  const seconds = secondsSince(begun);
  context.print(options.json ? previewJson(report, seconds) : previewText(report, seconds));
  if (report.outcome === 'refused') throw new LoadRefusedError(`A load would be refused: ${report.message}`);
}

/** What a load is told of months that it replaces. */
function replacedBy({ from, to, emptyMonths, reason }: ReplaceOptions): { replaces?: ReplacedMonths } {
  if (from === undefined || to === undefined) return {};
  return {
    replaces: { ...monthsBetween(from, to), mayBeEmpty: emptyMonths === true, reason: reason ?? '' },
  };
}

/** A load of which nothing else is in force in its months; or, as a dry run, what it would do. @throws UsageError where they are no months. */
export async function replace(
  context: CommandContext,
  id: string,
  options: LoadCommandOptions,
): Promise<void> {
  replacedBy(options); // a month that is none is said before anything is opened
  await (options.dryRun ? preview(context, id, options) : load(context, id, options));
}

/** The demo's own orders, generated where they are not there yet. A folder that was cut short has no manifest. */
async function demoFiles(
  context: CommandContext,
  id: string,
  asked: number | undefined,
  progress: Progress,
): Promise<string> {
  if (id !== 'demo')
    throw new UsageError(`Say which files of ${id} to load: --files <folder, file or glob>.`);
  const out = join(resolve(context.settings.BELTLINE_DATA), 'demo');
  const manifest = join(out, 'manifest.json');
  if (existsSync(manifest)) {
    closeToOthers(out);
    noteOtherSize(context, out, manifest, asked);
  } else {
    progress.step('generate');
    const lines = asked ?? context.settings.BELTLINE_DEMO_LINES;
    await generateDemo({
      out,
      ...(lines === undefined ? {} : { lines }),
      signal: context.signal,
      onProgress: (done, total) => progress.advance(done, total, 'rows'),
    });
  }
  return out;
}

/** Earlier versions made the folder as the account makes folders. Where it is another account's, it is theirs to close. */
function closeToOthers(folder: string): void {
  try {
    privateFolder(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

/** The demo is made once, because its lines would otherwise be loaded beside those of another size. */
function noteOtherSize(
  { complain, settings }: CommandContext,
  out: string,
  manifest: string,
  asked: number | undefined,
): void {
  const lines = asked ?? settings.BELTLINE_DEMO_LINES;
  if (lines === undefined) return;
  const made = (JSON.parse(readFileSync(manifest, 'utf8')) as { lines?: number }).lines;
  if (made === lines) return;
  complain(
    `${asked === undefined ? 'BELTLINE_DEMO_LINES=' : '--lines '}${lines} has no effect: ${shownPath(out)} holds demo orders with ${made} lines already, and those are ` +
      'loaded. For others generate them elsewhere and give --files.',
  );
}

export interface GenerateOptions {
  readonly out: string;
  readonly lines?: number;
  readonly seed?: number;
  readonly quiet?: boolean;
}

export async function generate(context: CommandContext, id: string, options: GenerateOptions): Promise<void> {
  if (id !== 'demo') throw new UsageError(`Only demo orders can be generated, not ${id}.`);
  const progress = progressOf(options);
  progress.step('generate');
  const { out: target, lines = context.settings.BELTLINE_DEMO_LINES, seed } = options;
  const out = resolve(context.folder, target);
  try {
    const manifest = await generateDemo({
      out,
      ...(lines === undefined ? {} : { lines }),
      ...(seed === undefined ? {} : { seed }),
      signal: context.signal,
      onProgress: (done, total) => progress.advance(done, total, 'rows'),
    });
    progress.finish();
    context.print(
      `${manifest.files.length} files with ${manifest.orderRows.read} order lines in ${shownPath(out)}`,
    );
  } finally {
    progress.finish();
  }
}

export async function recoverKilled(context: CommandContext): Promise<void> {
  const progress = progressOf({});
  const { completed, abandoned } = await withEngine(context, { as: 'load' }, (engine) =>
    recover(engine, { waitMs: A_WEEK_MS, progress, signal: context.signal }),
  );
  progress.finish();
  const list = (batches: readonly { batchId: number }[]): string =>
    batches.map(({ batchId }) => batchId).join(', ');
  if (completed.length + abandoned.length === 0) context.print('Nothing to recover.');
  if (completed.length > 0) context.print(`Completed: batch ${list(completed)}.`);
  if (abandoned.length > 0) context.print(`Given up: batch ${list(abandoned)}.`);
}

/** How a command shows its progress. */
export function progressOf({
  quiet,
  json,
}: {
  quiet?: boolean | undefined;
  json?: boolean | undefined;
}): Progress {
  return quiet || json ? quietProgress(process.stderr) : showProgress(process.stderr);
}
