import { pino, type Logger, type LoggerOptions } from 'pino';
import type { ApiConfig } from '../config/config.ts';

export type { Logger } from 'pino';

/**
 * The program's log: JSON lines, or readable text on a terminal. Credentials never reach it: requests are logged by
 * method, path and status, without headers and bodies, and the paths below are struck out wherever they occur.
 */
export function createLogger(config: Pick<ApiConfig, 'LOG_LEVEL'>): Logger {
  const options: LoggerOptions = {
    level: config.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['password', '*.password', '*.*.password', 'headers', '*.headers', 'url.password'],
      censor: '[redacted]',
    },
  };
  if (process.stdout.isTTY && canBePretty()) {
    return pino({ ...options, transport: { target: 'pino-pretty', options: { ignore: 'hostname,pid' } } });
  }
  return pino(options);
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
