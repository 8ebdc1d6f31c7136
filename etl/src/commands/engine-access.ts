import { migrateClickHouse } from '@beltline/sql/clickhouse';
import {
  type Engine,
  EngineBusyError,
  EngineDamagedError,
  engineLocation,
  openEngine,
} from '@beltline/sql/engine';
import type { CommandContext } from './command-context.ts';

/** The engine cannot be started, for whatever reason. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** `load`: for what takes the lock on loads. `look`: for what takes a moment, also beside a load. */
export interface EngineUse {
  readonly as: 'load' | 'look';
  /** Whether to wait for a load that runs with an engine of its own. */
  readonly waits?: boolean;
}

/** Reaches the engine (the running product's, or one of its own), brings the schema up to date, and closes what it opened. */
export async function withEngine<T>(
  context: CommandContext,
  { as, waits = true }: EngineUse,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { environment, complain } = context;
  const location = engineLocation(environment);
  const engine = await openEngine(location, {
    as,
    waitsForLoads: waits,
    onWait: complain,
    onHeal: complain,
    signal: context.signal,
  }).catch((error: unknown) => {
    const speaksForItself = error instanceof EngineBusyError || error instanceof EngineDamagedError;
    throw speaksForItself || context.signal.aborted ? error : new EngineStartError(error);
  });
  try {
    const client = engine.client('loader', 'default');
    try {
      const replicated = /^(1|true)$/i.test(environment['CLICKHOUSE_REPLICATED'] ?? '');
      const topology = { cluster: environment['CLICKHOUSE_CLUSTER'] || undefined, replicated };
      await migrateClickHouse(client, topology, undefined, complain);
    } finally {
      await client.close();
    }
    return await work(engine);
  } finally {
    await engine.close();
  }
}
