/**
 * The embedded PostgreSQL behind the interface of the `pg` package that TypeORM's driver uses. It has one session, so
 * the pool hands it to one holder at a time: with several, the statements of two transactions would mix. (The package
 * typeorm-pglite hands the same session to everybody, and keeps one instance per process.)
 */
import { EventEmitter } from 'node:events';
import { PGlite, types, type Results } from '@electric-sql/pglite';
import { pageinspect } from '@electric-sql/pglite/contrib/pageinspect';

interface PgResult {
  readonly rows: unknown[];
  readonly rowCount: number;
  readonly command: string;
}
type Release = () => void;
type Connected = (error: Error | null, connection: PgliteConnection | null, release: Release) => void;

/** The session, as TypeORM's query runner sees it. */
class PgliteConnection extends EventEmitter {
  constructor(private readonly database: PGlite) {
    super();
  }

  async query(sql: string, parameters?: unknown[]): Promise<PgResult> {
    const command = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? '';
    const result: Results<unknown> | undefined =
      parameters && parameters.length > 0
        ? await this.database.query(sql, parameters)
        : (await this.database.exec(sql)).at(-1); // exec: migrations may hold several statements
    return { rows: result?.rows ?? [], rowCount: result?.affectedRows ?? 0, command };
  }
}

/** Calendar days stay text: as a `Date` they would move with the time zone of the process. */
const parsers = { [types.DATE]: (day: string) => day };

/**
 * The `driver` option of TypeORM for a database on disk. PGlite holds its files open, so where the folder is moved or removed from under it
 * everything goes on, into files that nobody will find again: `assertThere` throws then, and is asked before each use.
 */
export function pgliteDriver(folder: string, assertThere: () => void): { Pool: new () => EventEmitter } {
  return {
    Pool: class PglitePool extends EventEmitter {
      private database: Promise<PGlite> | null = null;
      /** Resolves when the holder before has given the session back. */
      private free: Promise<void> = Promise.resolve();

      connect(connected: Connected): void {
        let release: Release = () => undefined;
        const before = this.free;
        this.free = new Promise((resolve) => (release = resolve));
        before
          .then(() => (this.database ??= this.opened()))
          .then((database) => {
            assertThere();
            return database;
          })
          .then(
            (database) => connected(null, new PgliteConnection(database), release),
            (error: Error) => {
              release();
              connected(error, null, () => undefined);
            },
          );
      }

      private async opened(): Promise<PGlite> {
        try {
          return await PGlite.create(folder, { parsers, extensions: { pageinspect } });
        } catch (error) {
          this.database = null; // the next one tries again
          throw error;
        }
      }

      end(ended: (error?: Error) => void): void {
        const open = this.database;
        this.database = null;
        (open?.then((database) => database.close()) ?? Promise.resolve()).then(() => ended(), ended);
      }
    },
  };
}
