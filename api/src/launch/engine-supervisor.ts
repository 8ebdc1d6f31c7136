/**
 * Keeps an engine under the API: an embedded engine that ends unasked is started anew. Clients follow: whoever asks for
 * one gets that of the engine that runs now. While none runs, the last one's client fails, which the API answers as 503.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ClickHouseClient,
  type Engine,
  type EngineLocation,
  type EngineRole,
  openEngine,
} from '@beltline/sql/engine';

const SLOWEST_RETRY_MS = 30_000;

export interface SupervisorOptions {
  readonly onWait: (message: string) => void;
  readonly onRestart: (message: string) => void;
}

export class EngineSupervisor {
  private readonly clients = new Map<EngineRole, ClickHouseClient>();
  private closing = false;

  private constructor(
    private engine: Engine,
    private readonly location: EngineLocation,
    private readonly options: SupervisorOptions,
  ) {
    void this.follow();
  }

  /** @throws EngineBusyError where another product runs on the data directory. */
  static async start(location: EngineLocation, options: SupervisorOptions): Promise<EngineSupervisor> {
    // A load may take an hour; it is told, and can be interrupted.
    const engine = await openEngine(location, { as: 'serve', onWait: options.onWait });
    return new EngineSupervisor(engine, location, options);
  }

  /** The client of a role on the engine that runs now; it belongs to the supervisor. */
  client(role: EngineRole): ClickHouseClient {
    const client = this.clients.get(role) ?? this.engine.client(role);
    this.clients.set(role, client);
    return client;
  }

  /** A client of its own for the loader, connected to no database yet: for migrations. */
  migrator(): ClickHouseClient {
    return this.engine.client('loader', 'default');
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.closeClients();
    await this.engine.close();
  }

  private async follow(): Promise<void> {
    for (;;) {
      await this.engine.ended;
      if (this.closing) return;
      this.options.onRestart('The embedded ClickHouse ended unasked; starting it anew.');
      await this.reopen();
    }
  }

  private async reopen(): Promise<void> {
    for (let wait = 250; !this.closing; wait = Math.min(wait * 2, SLOWEST_RETRY_MS)) {
      try {
        const engine = await openEngine(this.location, { as: 'serve' });
        await this.closeClients();
        this.engine = engine;
        return;
      } catch (error) {
        this.options.onRestart(
          `The embedded ClickHouse does not start: ${error instanceof Error ? error.message : String(error)}`,
        );
        await sleep(wait);
      }
    }
  }

  private async closeClients(): Promise<void> {
    const open = [...this.clients.values()];
    this.clients.clear();
    await Promise.all(open.map((client) => client.close()));
  }
}
