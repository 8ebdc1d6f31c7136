import { type DestinationStream, type Logger, type LoggerOptions, pino, stdSerializers } from 'pino';
import type { ApiConfig } from '../config/config.ts';

export type { Logger } from 'pino';

/**
 * The program's log: JSON lines, or readable text on a terminal. Credentials never reach it: requests are logged by
 * method, path and status, without headers and bodies, the paths below are struck out wherever they occur, and of a query that failed
 * its text is told and not the values that it was asked with.
 * @param output the descriptor of the file that lines are written to: standard output
 */
export function createLogger(config: Pick<ApiConfig, 'LOG_LEVEL'>, output = 1): Logger {
  const options: LoggerOptions = {
    level: config.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: withoutValues },
    redact: {
      paths: ['password', '*.password', '*.*.password', 'headers', '*.headers', 'url.password'],
      censor: '[redacted]',
    },
  };
  if (process.stdout.isTTY && canBePretty()) {
    return pino({ ...options, transport: { target: 'pino-pretty', options: { ignore: 'hostname,pid' } } });
  }
  return pino(options, outputThatMayFail(output));
}

/** What a database says of a query that failed, as its library hands it on: values of rows and parameters, digests of passwords among them. */
const VALUES = ['parameters', 'driverError', 'detail', 'where'];

function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const told = Object.entries(stdSerializers.err(error));
  return Object.fromEntries(told.filter(([key]) => !VALUES.includes(key)));
}

/** Bytes of lines that wait for a disk that is full, or for a reader that is slow. What comes on top is lost. */
const MOST_WAITING = 1_000_000;

/**
 * Where lines go. A log that cannot be written, because its disk is full or its reader is gone, ends nothing: figures are
 * served all the same, and lines are written again once there is room.
 */
export function outputThatMayFail(descriptor: number): DestinationStream & { flushSync(): void } {
  const output = pino.destination({ fd: descriptor, sync: false, maxLength: MOST_WAITING });
  output.on('error', () => undefined);
  // Called when the process ends; of a full disk it asks again and again, for ever, and nothing else is done meanwhile.
  output.flushSync = () => undefined;
  return output;
}

/** pino-pretty is for development and left out of production images. */
function canBePretty(): boolean {
  try {
    import.meta.resolve('pino-pretty');
    return true;
  } catch {
    return false;
  }
}
