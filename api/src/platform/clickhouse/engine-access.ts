import type { ClickHouseClient } from '@beltline/sql/engine';

/**
 * The engine of the moment. Whoever gives it starts the engine anew when it has ended; the client asked for here is then
 * that of the new one. In between it fails, which is answered with 503. It belongs to the giver, who closes it.
 */
export interface EngineAccess {
  client(role: 'reader' | 'viewer'): ClickHouseClient;
  /** False while the engine is known to be gone or to answer nothing: who asks would only wait. */
  answering(): boolean;
  /** Whether it answers a trivial question now, in that time. */
  answers(withinMs: number): Promise<boolean>;
  /** The data directory, where it was moved away from under the engine, or replaced, so that it does not find its files; else null. */
  movedFrom(): string | null;
  /** Is told each time the engine was started anew. */
  onRestart(listener: () => void): void;
}

/** Token of the `EngineAccess` for injection. */
export const ENGINE = Symbol('engine');
