import { migrateClickHouse } from '@beltline/sql/clickhouse';
import { type Engine, EngineBusyError, engineLocation, openEngine } from '@beltline/sql/engine';
import type { CommandContext } from './run-command.ts';

/** The engine cannot be started, for whatever reason. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Reaches the engine (the running product's, or one of its own), brings the schema up to date, and closes what it opened. */
export async function withEngine<T>(
  context: CommandContext,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { environment, complain } = context;
  const location = engineLocation(environment);
  const engine = await openEngine(location, {
    as: 'load',
    onWait: complain,
    onHeal: complain,
    signal: context.signal,
  }).catch((error: unknown) => {
    throw error instanceof EngineBusyError ? error : new EngineStartError(error);
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
