/**
 * PostgreSQL on a server, which may be down when the program starts and come up later. Figures do not need it, so nobody
 * waits for it: it is tried again in the background, and until it answers each question fails with the reason.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type DataSourceOptions } from 'typeorm';

/** The server cannot be used for now. The message is for whoever runs the program. */
export class StoreUnreachableError extends Error {
  override readonly name = 'StoreUnreachableError';
  constructor(
    /** What it does, as the end of a sentence, without names, for anybody. */
    readonly reason: string,
    place: string,
    cause: unknown,
  ) {
    const said = cause instanceof Error && cause.message ? ` (${cause.message})` : '';
    super(
      `The notes that people wrote cannot be read: the PostgreSQL server of DATABASE_URL, ${place}, ${reason}${said}. ` +
        'Start it, or correct DATABASE_URL and start again; notes come back by themselves as soon as it answers.',
      { cause },
    );
  }
}

export interface ServerStore {
  readonly dataSource: DataSource;
  /** What keeps it from being used; null from the moment on at which it is open and migrated. */
  waiting(): StoreUnreachableError | null;
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Opens the server where it answers, and else keeps trying. `onReturn` is called when that has succeeded. */
export async function openServer(
  options: DataSourceOptions & { readonly url?: string },
  migrate: () => Promise<void>,
  onReturn?: () => void,
): Promise<ServerStore> {
  const dataSource = new AwaitedDataSource(options);
  const place = placeOf(options.url ?? '');
  const stop = new AbortController();
  const tryOnce = async (): Promise<boolean> => {
    try {
      await migrate();
      await dataSource.open();
    } catch (error) {
      dataSource.missing = new StoreUnreachableError(reasonOf(error), place, error);
    }
    return dataSource.missing === null;
  };
  const keepTrying = async (): Promise<void> => {
    for (let pause = FIRST_PAUSE_MS; !stop.signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await sleep(pause, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
      if (stop.signal.aborted || !(await tryOnce())) continue;
      return onReturn?.();
    }
  };
  const trying = (await tryOnce()) ? Promise.resolve() : keepTrying();
  return {
    dataSource,
    waiting: () => dataSource.missing,
    close: async () => {
      stop.abort();
      await trying;
      if (dataSource.isInitialized) await dataSource.destroy();
    },
  };
}

/** A data source that fails with the reason until it is open. */
class AwaitedDataSource extends DataSource {
  missing: StoreUnreachableError | null = null;
  #isOpening = false;

  async open(): Promise<void> {
    this.#isOpening = true;
    try {
      await this.initialize();
      this.missing = null;
    } finally {
      this.#isOpening = false;
    }
  }

  override createQueryRunner(...how: Parameters<DataSource['createQueryRunner']>) {
    this.#assertThere();
    return super.createQueryRunner(...how);
  }

  override getMetadata(...target: Parameters<DataSource['getMetadata']>) {
    this.#assertThere();
    return super.getMetadata(...target);
  }

  #assertThere(): void {
    if (this.missing !== null && !this.#isOpening) throw this.missing;
  }
}

/** Host and port alone: the rest of the URL may hold a password. */
function placeOf(url: string): string {
  const { hostname, port } = URL.canParse(url) ? new URL(url) : { hostname: '', port: '' };
  return hostname === '' ? 'of no host' : `${hostname}:${port || '5432'}`;
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^(ECONNREFUSED|ECONNRESET|EPIPE)$/, 'refuses connections'],
  [/^(EHOST|ENET)/, 'cannot be reached'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'is not known under its name'],
  [/^ETIMEDOUT$/, 'does not answer in time'],
  [/^28/, 'refuses the sign-in'],
  [/^3D000$/, 'has no database of that name'],
  [/^(57P|53)/, 'is starting up, shutting down or full'],
  [
    /^42501$/,
    'does not let its account make the tables, which their owner does (npm run beltline -- store prepare)',
  ],
];

function reasonOf(error: unknown): string {
  const { code, driverError, message } = (error ?? {}) as {
    code?: unknown;
    driverError?: { code?: unknown };
    message?: unknown;
  };
  const known = String(code ?? driverError?.code ?? '');
  if (/timeout/i.test(String(message ?? ''))) return 'does not answer in time';
  if (/Connection terminated/i.test(String(message ?? ''))) return 'refuses connections';
  return REASONS.find(([pattern]) => pattern.test(known))?.[1] ?? 'cannot be opened';
}
