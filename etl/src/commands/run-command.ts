/** What every command has around it: signals, the parent that may go away, messages instead of stacks, and exit codes. */
import { MutexHeldError } from '@beltline/sql/clickhouse';
import { EngineBusyError } from '@beltline/sql/engine';
import { EXIT_CODES, InterruptedError, LoadRefusedError, UsageError } from '../jobs/load/load-error.ts';
import { FileFault } from '../landing/index.ts';
import { SourceFault } from '../source/index.ts';

export interface CommandContext {
  readonly environment: NodeJS.ProcessEnv;
  /** Folder that relative paths start from: where the person stands, also when npm runs the program. */
  readonly folder: string;
  /** Aborts at Ctrl-C, at SIGTERM, and when the parent that listens goes away. */
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** Runs a command and sets the exit code. A second Ctrl-C ends the program at once. */
export async function runCommand(command: (context: CommandContext) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const interrupt = (reason: string) => (): void => {
    if (stop.signal.aborted) process.exit(EXIT_CODES.interrupted);
    stop.abort(new InterruptedError(reason));
  };
  process.on('SIGINT', interrupt('Stopped by Ctrl-C; nothing of the load is published.'));
  process.on('SIGTERM', interrupt('Stopped by the system; nothing of the load is published.'));
  process.on('disconnect', interrupt('The program that started this one is gone.'));
  try {
    await command({
      environment: process.env,
      folder: process.env['INIT_CWD'] || process.cwd(),
      signal: stop.signal,
      print: (text) => void process.stdout.write(`${text}\n`),
      complain: (text) => void process.stderr.write(`${text}\n`),
    });
  } catch (error) {
    process.exitCode = exitCodeOf(error, stop.signal);
    process.stderr.write(`${messageOf(error)}\n`);
  } finally {
    if (process.connected) process.disconnect();
  }
}

function exitCodeOf(error: unknown, signal: AbortSignal): number {
  if (error instanceof InterruptedError || signal.aborted) return EXIT_CODES.interrupted;
  if (error instanceof LoadRefusedError || error instanceof FileFault) return EXIT_CODES.refused;
  if (error instanceof UsageError || error instanceof SourceFault || error instanceof RangeError)
    return EXIT_CODES.usage;
  return EXIT_CODES.engine;
}

/** What a person can act on; a stack only where the program itself is at fault. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isExpected =
    error instanceof InterruptedError ||
    error instanceof LoadRefusedError ||
    error instanceof FileFault ||
    error instanceof UsageError ||
    error instanceof SourceFault ||
    error instanceof RangeError ||
    error instanceof EngineBusyError ||
    error instanceof MutexHeldError;
  return isExpected || process.env['BELTLINE_DEBUG'] === undefined
    ? error.message
    : (error.stack ?? error.message);
}
