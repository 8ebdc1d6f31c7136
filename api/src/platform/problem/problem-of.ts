import { HttpException } from '@nestjs/common';
import { EngineError } from '@beltline/sql/clickhouse';
import { StoreDamagedError, StoreUnreachableError } from '@beltline/sql/postgres';
import { TypeORMError } from 'typeorm';
import { type ProblemCode, ProblemError } from './problem-error.ts';

/** Without the path, which is nobody's business on the network. */
const DAMAGED_STORE =
  'The store of users and annotations is damaged and was left as it is: the folder postgres of the data directory. Whoever runs the ' +
  'program puts it back from a backup, or moves it away to begin without users and notes, and starts again; its log, or what it ' +
  'said at its start, says what is wrong. Nobody can be let in until then; nothing of the orders is lost.';

const CLOSED_STORE =
  'The account that the program runs under may not read or change files of the store of users and annotations, which is whole. Whoever runs the program ' +
  'lets it, and starts again; what it said at its start names the file. Nobody can be let in until then; nothing is lost.';

const NO_ROOM_TO_OPEN =
  'There is no space left on the disk of the store of users and annotations, and it cannot be opened. Whoever runs the program makes room, and starts ' +
  'again. Nobody can be let in until then; nothing is lost.';

const IN_THE_WAY =
  'Something lies where the store of users and annotations has a file of its own, and it was not opened. Whoever runs the program moves it away, and ' +
  'starts again; what it said at its start names it. Nobody can be let in until then; nothing is lost.';

const MOVED_STORE =
  'The store of users and annotations, the folder postgres of the data directory, was moved away, emptied or replaced while the program runs on it; what is ' +
  'written now would be lost, so nothing is. Whoever runs the program moves the same folder back, and it goes on, or puts it back from a backup and starts again.';

const UNOPENED: Readonly<Record<StoreDamagedError['kind'], string>> = {
  damaged: DAMAGED_STORE,
  closed: CLOSED_STORE,
  full: NO_ROOM_TO_OPEN,
  'in-the-way': IN_THE_WAY,
  moved: MOVED_STORE,
};

/** Without host and account. */
const unreachableStore = (reason: string): string =>
  `The store of users and annotations is the PostgreSQL server of DATABASE_URL, which ${reason}. Whoever runs the program starts it, or ` +
  'corrects DATABASE_URL and starts again; annotations come back by themselves as soon as it answers. Until then nobody can sign in; who was signed in before it went reads figures on for ten minutes.';

const FULL_STORE =
  'There is no space left on the disk of the store of users and annotations: nothing was written, and what is there can be read. Whoever ' +
  'runs the program makes room; then it can be written again.';

const MOVED =
  'The data directory was moved away, or another was put in its place, while the program runs on it. Nothing of it is lost by that, and ' +
  'nothing has to be loaded again. Whoever runs the program moves it back, or starts the program anew with its new place.';

/** Errors of Fastify carry their status and a code that starts with FST_. */
interface FastifyError extends Error {
  readonly code: string;
  readonly statusCode?: number;
}

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error &&
  typeof (error as FastifyError).code === 'string' &&
  (error as FastifyError).code.startsWith('FST_');

/** Whatever was thrown, as a problem. What is not known to be harmless says nothing of itself to the outside. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof EngineError) return ofEngine(error);
  if (error instanceof StoreDamagedError) {
    return new ProblemError('store-unavailable', UNOPENED[error.kind], { cause: error });
  }
  if (error instanceof StoreUnreachableError) {
    return new ProblemError('store-unavailable', unreachableStore(error.reason), { cause: error });
  }
  if (isCutOff(error)) {
    return new ProblemError('invalid-request', 'The request was cut off.', { cause: error });
  }
  if (isNoText(error))
    return new ProblemError(
      'invalid-request',
      'The request holds the character U+0000, which nothing here has.',
      {
        cause: error,
      },
    );
  if (isFullDisk(error)) return new ProblemError('store-unavailable', FULL_STORE, { cause: error });
  if (isStoreError(error)) {
    return new ProblemError(
      'store-unavailable',
      'Users and annotations can neither be read nor written just now.',
      {
        cause: error,
      },
    );
  }
  if (error instanceof HttpException) return ofStatus(error.getStatus(), error.message, error);
  if (isFastifyError(error)) return ofStatus(error.statusCode ?? 500, error.message, error);
  return new ProblemError('internal', 'The fault has been logged under the request id.', { cause: error });
}

function ofEngine(error: EngineError): ProblemError {
  switch (error.kind) {
    case 'unavailable':
      return new ProblemError('engine-unavailable', 'Figures cannot be read just now.', { cause: error });
    case 'overloaded':
      return new ProblemError('engine-overloaded', 'The question took too much time or memory.', {
        cause: error,
      });
    case 'moved':
      return new ProblemError('engine-unavailable', MOVED, { cause: error });
    case 'damaged':
      return new ProblemError(
        'figures-damaged',
        'What was stored cannot be read; the program looks for what it is, and GET /health says it.',
        { cause: error },
      );
    case 'failed':
      return new ProblemError('internal', 'The fault has been logged under the request id.', {
        cause: error,
      });
  }
}

function ofStatus(status: number, message: string, cause: unknown): ProblemError {
  if (status >= 500)
    return new ProblemError('internal', 'The fault has been logged under the request id.', { cause });
  const code: ProblemCode = status === 404 ? 'not-found' : 'invalid-request';
  return new ProblemError(code, message, { status, cause });
}

/** A caller hung up while it sent: Node's own words for it, under the code that a lost database has too. */
const isCutOff = (error: unknown): boolean =>
  error instanceof Error && error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';

const sqlStateOf = (error: unknown): unknown =>
  error instanceof TypeORMError
    ? (error as { driverError?: { code?: unknown } }).driverError?.code
    : undefined;

/** `character_not_in_repertoire`: what was sent is UTF-8 by then, so it is the one character that PostgreSQL has no text with. */
const isNoText = (error: unknown): boolean => sqlStateOf(error) === '22021';

/** `disk_full`; a statement that only reads meets it too where it needs a file of its own, which says the same. */
const isFullDisk = (error: unknown): boolean => sqlStateOf(error) === '53100';

/**
 * PostgreSQL's errors carry an SQLSTATE; a statement that is itself wrong is our fault. The network's carry a code of the
 * system and come unwrapped: ClickHouse's are wrapped always, so they are from here.
 */
function isStoreError(error: unknown): boolean {
  const { code: system, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (UNREACHABLE.test(String(system ?? '')) || NO_CONNECTION.test(String(message ?? ''))) return true;
  if (!(error instanceof TypeORMError)) return false;
  const code = sqlStateOf(error);
  return typeof code !== 'string' || !/^(22|23|42)/.test(code);
}

const UNREACHABLE = /^(ECONN|EHOST|ENET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|57P|53)/;
const NO_CONNECTION = /timeout exceeded when trying to connect|Connection terminated/;
