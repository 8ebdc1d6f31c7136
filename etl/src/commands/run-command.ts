/** What every command has around it: signals, the parent that may go away, messages instead of stacks, and exit codes. */
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES, InterruptedError } from '../jobs/load/load-error.ts';
import { diskFull, isOfFullDisk } from '../jobs/load/disk-space.ts';
import { shownLines } from '../files/index.ts';
import { isForbidden } from '@beltline/sql/clickhouse';
import { engineLocation, enginePlace } from '@beltline/sql/engine';
import { exitCodeOf, isWorded, saysWhatMends } from './exit-code.ts';
import { LET_US_READ } from '../jobs/load/seal-version.ts';
import { isStoredDamage } from '../jobs/load/stored-damage.ts';
import { settingsOf } from './settings.ts';

/** What a load was at may be decided and not yet published when the program ends in its middle. */
const AFTERWARDS =
  'A load that it was at may be decided and not yet published: npm run etl -- status says so, and the next load, or ' +
  'npm run etl -- recover, completes it or clears it away.';

/**
 * Called before anything is written. What cannot be written down, because a disk is full or a reader is gone, is lost; it
 * neither ends a load nor changes its code. An error that nobody awaits ends with a code of its own: Node's is 1, which says
 * that a file was refused and nothing was changed.
 */
export function keepToTheCodes(): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
  process.on('uncaughtException', (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${shownLines(text)}\n${AFTERWARDS}\n`);
    process.exit(EXIT_CODES.unexpected);
  });
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
      settings: settingsOf(process.env),
      folder: process.env['INIT_CWD'] || process.cwd(),
      signal: stop.signal,
      print: (text) => void process.stdout.write(`${shownLines(text)}\n`),
      complain: (text) => void process.stderr.write(`${shownLines(text)}\n`),
    });
  } catch (error) {
    const code = stop.signal.aborted ? EXIT_CODES.interrupted : exitCodeOf(error);
    process.exitCode = code;
    process.stderr.write(`${shownLines(messageOf(fullDisk(error) ?? error, code))}\n`);
  } finally {
    if (process.connected) process.disconnect();
  }
}

/** The settings were read where anything could be written; they are read again only for words. */
function fullDisk(error: unknown): Error | null {
  if (!isOfFullDisk(error)) return null;
  const place = enginePlace(engineLocation(settingsOf(process.env)));
  return diskFull(error, 'Nothing was changed; make room and try again.', place);
}

/** What a person can act on; a stack only where the program itself may be at fault. */
function messageOf(error: unknown, code: number): string {
  if (!(error instanceof Error)) return String(error);
  const isPossibleFault = code === EXIT_CODES.engine || code === EXIT_CODES.unexpected;
  const text =
    isPossibleFault && process.env['BELTLINE_DEBUG'] !== undefined
      ? (error.stack ?? error.message)
      : error.message;
  if (isStoredDamage(error) && !saysWhatMends(error))
    return `What is stored cannot be read: ${text}\n${
      isMayNot(error)
        ? `Mend it: ${LET_US_READ}.`
        : 'Nothing was published. What is damaged, and what mends it: npm run etl -- verify'
    }`;
  // Those that have a class for themselves say what happened; the rest are what the network or the engine says.
  return code !== EXIT_CODES.engine || isWorded(error)
    ? text
    : `The database engine cannot be reached or cannot go on: ${text}\n` +
        'That says nothing against the source or its files; run it again when the engine answers.';
}

const isMayNot = (error: unknown): boolean =>
  error instanceof Error && (isForbidden(error) || isMayNot(error.cause));
