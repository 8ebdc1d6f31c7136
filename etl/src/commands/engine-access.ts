import { migrateClickHouse } from '@beltline/sql/clickhouse';
import {
  type Engine,
  EngineBusyError,
  type EngineLocation,
  engineLocation,
  openEngine,
} from '@beltline/sql/engine';
import { UsageError } from '../jobs/load/load-error.ts';
import type { CommandContext } from './run-command.ts';

/** The engine cannot be started, for whatever reason. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** @throws UsageError where the settings of the engine are wrong. */
export function locationOf(environment: NodeJS.ProcessEnv): EngineLocation {
  const url = environment['CLICKHOUSE_URL'];
  if (url && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''))
    throw new UsageError('CLICKHOUSE_URL must be a URL such as http://clickhouse:8123.');
  try {
    return engineLocation(environment);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Reaches the engine (the running product's, or one of its own), brings the schema up to date, and closes what it opened. */
export async function withEngine<T>(
  context: CommandContext,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { environment, complain } = context;
  const location = locationOf(environment);
  const engine = await openEngine(location, { as: 'load', onWait: complain }).catch((error: unknown) => {
    throw error instanceof EngineBusyError ? error : new EngineStartError(error);
  });
  try {
    const client = engine.client('loader', 'default');
    try {
      const replicated = /^(1|true)$/i.test(environment['CLICKHOUSE_REPLICATED'] ?? '');
      await migrateClickHouse(client, {
        cluster: environment['CLICKHOUSE_CLUSTER'] || undefined,
        replicated,
      });
    } finally {
      await client.close();
    }
    return await work(engine);
  } finally {
    await engine.close();
  }
}
