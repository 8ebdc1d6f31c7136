/**
 * Keeps an engine under the API. An embedded engine that ends unasked is started anew; one that runs but no longer answers
 * is ended first. Clients follow: whoever asks for one gets that of the engine that runs now. While none answers, the
 * API says so at once (503) instead of letting its callers wait.
 */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ClickHouseClient,
  type Descriptions,
  type Engine,
  type EngineLocation,
  type EngineRole,
  openEngine,
} from '@beltline/sql/engine';
import type { EngineAccess } from '../platform/clickhouse/engine-access.ts';

const SLOWEST_RETRY_MS = 30_000;

/** How the engine is watched: asked every `everyMs`, ended after `misses` questions in a row not answered `withinMs`. */
export interface Watch {
  readonly everyMs: number;
  readonly withinMs: number;
  readonly misses: number;
}

/** A trivial question takes a millisecond, on a busy machine some hundred; ended in vain, an engine costs a load its work. */
const WATCH: Watch = { everyMs: 2_000, withinMs: 5_000, misses: 3 };

export interface SupervisorOptions {
  readonly onWait: (message: string) => void;
  readonly onRestart: (message: string) => void;
  readonly watch?: Watch;
  /** Gives up the start. */
  readonly signal?: AbortSignal;
}

export class EngineSupervisor implements EngineAccess {
  private readonly clients = new Map<EngineRole, ClickHouseClient>();
  private readonly closing = new AbortController();
  private readonly restartListeners: (() => void)[] = [];
  private readonly tasks: Promise<void>[];
  private missed = 0;

  private constructor(
    private engine: Engine,
    private readonly location: EngineLocation,
    private readonly options: SupervisorOptions,
  ) {
    this.tasks = [this.follow(), this.watch(options.watch ?? WATCH)];
  }

  /** @throws EngineBusyError where another product runs on the data directory. */
  static async start(location: EngineLocation, options: SupervisorOptions): Promise<EngineSupervisor> {
    // A load may take an hour; it is told, and can be interrupted.
    const engine = await openEngine(location, {
      as: 'serve',
      onWait: options.onWait,
      onHeal: options.onRestart,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    return new EngineSupervisor(engine, location, options);
  }

  /** The client of a role on the engine that runs now; it belongs to the supervisor. */
  client(role: EngineRole): ClickHouseClient {
    const client = this.clients.get(role) ?? this.engine.client(role);
    this.clients.set(role, client);
    return client;
  }

  answering(): boolean {
    return this.missed === 0;
  }

  answers(withinMs: number): Promise<boolean> {
    return this.engine.answers(withinMs);
  }

  movedFrom(): string | null {
    return this.engine.movedFrom();
  }

  onRestart(listener: () => void): void {
    this.restartListeners.push(listener);
  }

  /** A client of its own for the loader, connected to no database yet: for migrations. */
  migrator(): ClickHouseClient {
    return this.engine.client('loader', 'default');
  }

  /** What the engine wrote down of its published tables; null where that lies on another machine. */
  get descriptions(): Descriptions | null {
    return this.engine.descriptions;
  }

  get place(): string {
    return this.engine.place;
  }

  /** Ends the engine that runs now, or the start of the next one, whichever it finds. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.closeClients();
    await this.engine.close();
    await Promise.all(this.tasks);
    await this.closeClients();
  }

  private async follow(): Promise<void> {
    for (;;) {
      await Promise.race([this.engine.ended, aborted(this.closing.signal)]);
      if (this.closing.signal.aborted) return;
      this.missed ||= 1; // known to be gone without asking
      this.options.onRestart('The embedded ClickHouse ended unasked; starting it anew.');
      await this.reopen();
    }
  }

  private async reopen(): Promise<void> {
    const { signal } = this.closing;
    for (let wait = 250; !signal.aborted; wait = Math.min(wait * 2, SLOWEST_RETRY_MS)) {
      try {
        assertNotMoved(this.location);
        const engine = await openEngine(this.location, {
          as: 'serve',
          signal,
          onHeal: this.options.onRestart,
        });
        if (signal.aborted) return await engine.close();
        // Both at once: a client that is asked for in between would be one of the dead port, and stay.
        this.engine = engine;
        const left = this.takeClients();
        this.missed = 0;
        for (const listener of this.restartListeners) listener();
        await Promise.all(left.map((client) => client.close()));
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.options.onRestart(
          `The embedded ClickHouse does not start: ${error instanceof Error ? error.message : String(error)}`,
        );
        await sleep(wait, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async watch({ everyMs, withinMs, misses }: Watch): Promise<void> {
    const { signal } = this.closing;
    for (;;) {
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      const { engine } = this;
      const answered = await engine.answers(withinMs).catch(() => false);
      if (engine !== this.engine || signal.aborted) continue;
      this.missed = answered ? 0 : this.missed + 1;
      if (this.missed !== misses || !engine.owned) continue;
      this.options.onRestart(`The embedded ClickHouse left ${misses} questions unanswered; ending it.`);
      engine.kill();
    }
  }

  private takeClients(): ClickHouseClient[] {
    const taken = [...this.clients.values()];
    this.clients.clear();
    return taken;
  }

  private async closeClients(): Promise<void> {
    await Promise.all(this.takeClients().map((client) => client.close()));
  }
}

/** An engine that is started where nothing is would make an empty store there, beside which the real one cannot be put back. */
function assertNotMoved(location: EngineLocation): void {
  if (location.kind !== 'embedded' || existsSync(location.dataDir)) return;
  throw new Error(
    `the data directory ${location.dataDir} was moved away. Move it back; or stop the program and start it with the new place (BELTLINE_DATA).`,
  );
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
