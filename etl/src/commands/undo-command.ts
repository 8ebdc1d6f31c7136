import { EXIT_CODES } from '../jobs/load/load-error.ts';
import { undoBatches, type Undoing, type UndoReport } from '../jobs/load/load-orders.ts';
import type { CommandContext } from './command-context.ts';
import { withEngine } from './engine-access.ts';
import { exitCodeOf } from './exit-code.ts';
import { A_WEEK_MS, progressOf } from './load-command.ts';
import { monthChangeText } from './preview-summary.ts';

export interface UndoCommandOptions {
  readonly withLater?: boolean;
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly wait?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Takes a batch back, and with `withLater` those after it. @throws LoadRefusedError where it cannot be done. */
export const undo = (context: CommandContext, batchId: number, options: UndoCommandOptions): Promise<void> =>
  takeBack(context, { batchId, withLater: options.withLater === true }, options);

/** Takes all of a source out of force. @throws LoadRefusedError where nothing of it is. */
export const purge = (context: CommandContext, source: string, options: UndoCommandOptions): Promise<void> =>
  takeBack(context, { source }, options);

async function takeBack(context: CommandContext, what: Undoing, options: UndoCommandOptions): Promise<void> {
  const progress = progressOf(options);
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  let report: UndoReport;
  try {
    report = await withEngine(context, { as: 'load', waits: options.wait !== false }, (engine) =>
      undoBatches(engine, what, {
        dryRun: options.dryRun === true,
        reason: options.reason ?? '',
        waitMs: options.wait === false ? 0 : A_WEEK_MS,
        progress,
        signal: context.signal,
      }),
    );
  } catch (error) {
    // A program that reads the result is told so there, too.
    if (options.json && exitCodeOf(error) === EXIT_CODES.refused)
      context.print(undoRefusalJson((error as Error).message, seconds()));
    throw error;
  } finally {
    progress.finish();
  }
  context.print(options.json ? undoJson(report, seconds()) : undoText(report, seconds()));
}

/** For a person: what was taken back, or would be. */
export function undoText(
  { source, undone, batch, takenOut, putBack, months }: UndoReport,
  seconds: number,
): string {
  const batches = `${undone.length === 1 ? 'batch' : 'batches'} ${undone.join(', ')} of ${source}`;
  return [
    batch === null
      ? `Would take back ${batches}. Nothing was changed.`
      : `Batch ${batch.batchId} took back ${batches} in ${seconds.toFixed(1)} s: ${takenOut} lines out of force, ${putBack} back in it.`,
    ...(months.length > 0
      ? [
          `Months, ${batch === null ? 'in force now → afterwards' : 'before → now in force'} (counted lines, their orders and GMV):`,
          ...months.map((one) => `- ${monthChangeText(one)}`),
        ]
      : []),
    ...(batch === null
      ? []
      : [`What was published stays as it was. To take this back: npm run etl -- undo ${batch.batchId}`]),
  ].join('\n');
}

function undoJson({ source, undone, batch, takenOut, putBack, months }: UndoReport, seconds: number): string {
  return JSON.stringify({
    batchId: batch?.batchId ?? null,
    source,
    state: batch?.state ?? 'dry-run',
    message: batch?.message ?? '',
    undone,
    takenOut,
    putBack,
    months,
    seconds,
  });
}

const undoRefusalJson = (message: string, seconds: number): string =>
  JSON.stringify({
    batchId: null,
    source: null,
    state: 'refused',
    message,
    undone: [],
    takenOut: null,
    putBack: null,
    months: [],
    seconds,
  });
