/**
 * Mutual exclusion through ClickHouse itself, so that it holds between hosts too. `CREATE TABLE` without IF NOT EXISTS is
 * the one atomic test-and-set that a single server without Keeper has: who creates generation n + 1 of a lock holds it.
 * The holder's table keeps a heartbeat; a lock is free when released, when its holder is a dead process of this host, or
 * when it has not beaten for 30 s. Beats ahead of the engine's clock do not count: it was set back, or they are from another
 * machine, and a holder that lives beats by the clock of now within seconds. Old generations are dropped by the next holder. A holder that was itself stopped for so
 * long (a laptop asleep, SIGSTOP) may have lost it without knowing: `assertHeld` tells by the clock, before each step, and
 * what it sends all the same the engine refuses (see fence.ts).
 */
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { DATABASE } from '../engine/configuration.ts';
import { dropFence, raiseFence } from './fence.ts';
import { isUnreadable, typeOf } from './query.ts';

/** After how long without a heartbeat a lock is free. Tests that stop a holder do not wait for half a minute. */
const staleMs = () => Number(process.env['BELTLINE_LOCK_STALE_MS'] || 30_000);
const beatMs = () => staleMs() / 6;
/** From here on the holder no longer trusts its lock; some time before others stop respecting it. */
const doubtfulMs = () => (staleMs() * 5) / 6;

export interface MutexOptions {
  readonly name: string;
  /** `host:pid:nonce` of the holder; shown to who waits. */
  readonly owner: string;
  /** How long to wait for another holder; default 60 s. 0 = do not wait. */
  readonly waitMs?: number;
  /** Called once when another holder is met. */
  readonly onWait?: (holder: string) => void;
  /** Gives up waiting. */
  readonly signal?: AbortSignal;
}

/** The lock is another's, or may be by now: the holder did not beat for too long. */
export class MutexLostError extends Error {
  override readonly name = 'MutexLostError';
  constructor(
    message: string,
    /** Who has it now, as far as that is known. */
    readonly holder: string | null = null,
  ) {
    super(message);
  }
}

/** A lock that is held, as its holder sees it. */
export interface HeldMutex {
  /** Aborts where the heartbeat can no longer be written. */
  readonly lost: AbortSignal;
  /** To be called before each step that nobody else may meet. @throws MutexLostError where the last heartbeat is too old. */
  readonly assertHeld: () => void;
  /**
   * A database that is there as long as nobody has taken the lock over. Whatever is sent with it as the current database is
   * refused from then on.
   */
  readonly fence: string;
  /** How many have held the lock up to this holder. */
  readonly generation: number;
}

/** Another process holds the lock. */
export class MutexHeldError extends Error {
  override readonly name = 'MutexHeldError';
  constructor(
    readonly mutex: string,
    readonly holder: string,
  ) {
    super(`${mutex} is held by ${holder}`);
  }
}

interface Holder {
  readonly generation: number;
  readonly owner: string;
  readonly free: boolean;
}

/**
 * Runs `work` while holding a lock.
 * @throws MutexHeldError where the lock was not free within `waitMs`; MutexLostError where another took it over meanwhile; the
 * signal's reason where it was aborted before the lock was taken.
 */
export async function withMutex<T>(
  client: ClickHouseClient,
  options: MutexOptions,
  work: (lock: HeldMutex) => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + (options.waitMs ?? 60_000);
  for (;;) {
    const claim = await acquire(client, options, deadline);
    const beating = keepBeating(client, options, claim.table);
    let fence: string | null = null;
    try {
      await write(client, claim.table, false);
      await dropOlder(client, options.name, claim.generation);
      fence = await raiseFence(client, options.name, claim.generation);
      // A claim that was itself late is below another one, whose holder may not have seen this fence.
      if (await takenOver(client, options.name, claim.generation)) continue;
      return await work({ ...beating, fence, generation: claim.generation });
    } catch (error) {
      // Whatever failed because of it (a statement that was refused, a database that is gone) says less.
      throw (await takenOver(client, options.name, claim.generation)) ?? error;
    } finally {
      beating.end();
      if (fence !== null) await dropFence(client, fence).catch(() => undefined); // else the next holder does
      await write(client, claim.table, true).catch(() => undefined); // else it goes stale by itself
    }
  }
}

/** Beats from now on, so that a lock is kept from the moment it is claimed. */
function keepBeating(
  client: ClickHouseClient,
  { name }: MutexOptions,
  table: string,
): Pick<HeldMutex, 'lost' | 'assertHeld'> & { readonly end: () => void } {
  let beatenAt = Date.now();
  const lost = new AbortController();
  let misses = 0;
  const beat = setInterval(() => {
    const begun = Date.now();
    write(client, table, false).then(
      () => {
        misses = 0;
        beatenAt = begun;
      },
      () => (misses += 1) >= 3 && lost.abort(new MutexLostError(`The lock ${name} could not be kept.`)),
    );
  }, beatMs());
  const assertHeld = (): void => {
    if (lost.signal.aborted) throw lost.signal.reason;
    const silent = Date.now() - beatenAt;
    if (silent < doubtfulMs()) return;
    const error = new MutexLostError(
      `The lock ${name} was not kept for ${Math.round(silent / 1000)} s; another may hold it by now.`,
    );
    lost.abort(error);
    throw error;
  };
  return { lost: lost.signal, assertHeld, end: () => clearInterval(beat) };
}

interface Claim {
  readonly table: string;
  readonly generation: number;
}

async function acquire(client: ClickHouseClient, options: MutexOptions, deadline: number): Promise<Claim> {
  let told = false;
  for (;;) {
    options.signal?.throwIfAborted();
    const holder = await currentHolder(client, options.name);
    if (!holder || holder.free) {
      const generation = (holder?.generation ?? 0) + 1;
      const table = `${DATABASE}.mutex_${options.name}_${generation}`;
      if (await createExclusively(client, table, options.owner)) return { table, generation };
      continue;
    }
    if (Date.now() >= deadline) throw new MutexHeldError(options.name, holder.owner);
    if (!told) options.onWait?.(holder.owner);
    told = true;
    await sleep(500, undefined, options.signal ? { signal: options.signal } : {}).catch(() => undefined);
  }
}

/**
 * A MergeTree, small as it is: the engine starts on whatever a full disk left of one, and not on a half-written TinyLog.
 * The owner is in the table's comment, so that a lock whose first beat was never written still names its holder.
 */
async function createExclusively(client: ClickHouseClient, table: string, owner: string): Promise<boolean> {
  try {
    await client.command({
      query: `CREATE TABLE ${table} (at DateTime64(3, 'UTC'), released Bool) ENGINE = MergeTree ORDER BY at COMMENT '${owner.replaceAll(/[^\w.:-]/g, '_')}'`,
    });
    return true;
  } catch (error) {
    if (/already exists|TABLE_ALREADY_EXISTS/i.test(String(error))) return false;
    throw error;
  }
}

interface Generation {
  readonly generation: number;
  readonly owner: string;
  /** When it was taken, and the engine's clock now: milliseconds. */
  readonly created: number;
  readonly clock: number;
}

async function generations(client: ClickHouseClient, name: string): Promise<Generation[]> {
  const result = await client.query({
    query: `SELECT name, comment, toUnixTimestamp(metadata_modification_time) * 1000 AS created,
        toUnixTimestamp64Milli(now64(3)) AS clock
      FROM system.tables
      WHERE database = {database:String} AND match(name, {pattern:String})`,
    query_params: { database: DATABASE, pattern: `^mutex_${name}_[0-9]+$` },
    format: 'JSONEachRow',
  });
  const rows = await result.json<{ name: string; comment: string; created: string; clock: string }>();
  return rows
    .map((row) => ({
      generation: Number(row.name.split('_').at(-1)),
      owner: row.comment,
      created: Number(row.created),
      clock: Number(row.clock),
    }))
    .sort((a, b) => b.generation - a.generation);
}

/** Null where a holder still is the last one, or the engine cannot be asked. */
async function takenOver(
  client: ClickHouseClient,
  name: string,
  generation: number,
): Promise<MutexLostError | null> {
  const [newest] = await generations(client, name).catch(() => []);
  if (newest === undefined || newest.generation === generation) return null;
  return new MutexLostError(`The lock ${name} was not kept; ${newest.owner} took it over.`, newest.owner);
}

async function currentHolder(client: ClickHouseClient, name: string): Promise<Holder | null> {
  const [newest] = await generations(client, name);
  if (!newest) return null;
  const result = await client
    .query({
      query: `SELECT toUnixTimestamp64Milli(maxIf(at, at <= now64(3))) AS beat, max(released) AS released, toUnixTimestamp64Milli(now64(3)) AS clock
        FROM ${DATABASE}.mutex_${name}_${newest.generation}`,
      format: 'JSONEachRow',
    })
    .catch((error: unknown) => {
      if (/UNKNOWN_TABLE/.test(typeOf(error))) return null; // dropped by a newer holder in between
      // Its beats are lost: then it counts from when it was taken, and who holds it all the same is fenced out.
      if (isUnreadable(error)) return 'unreadable';
      throw error;
    });
  if (!result) return currentHolder(client, name);
  const [row] =
    result === 'unreadable' ? [] : await result.json<{ beat: string; released: boolean; clock: string }>();
  const clock = Number(row?.clock ?? newest.clock);
  const created = newest.created > clock ? 0 : newest.created;
  const silent = clock - Math.max(Number(row?.beat ?? 0), created) > staleMs();
  return { ...newest, free: row?.released === true || silent || isDeadHere(newest.owner) };
}

/** True where the owner is a process of this host that no longer runs: no need to wait until it is stale. */
function isDeadHere(owner: string): boolean {
  const [host, pid] = owner.split(':');
  if (host !== hostname().replaceAll(/[^\w.:-]/g, '_') || !pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

async function write(client: ClickHouseClient, table: string, released: boolean): Promise<void> {
  await client.command({ query: `INSERT INTO ${table} SELECT now64(3), ${released ? 'true' : 'false'}` });
}

async function dropOlder(client: ClickHouseClient, name: string, generation: number): Promise<void> {
  for (const older of await generations(client, name)) {
    if (older.generation < generation)
      await client.command({ query: `DROP TABLE IF EXISTS ${DATABASE}.mutex_${name}_${older.generation}` });
  }
}
