import { migrateClickHouse } from '@beltline/sql/clickhouse';
import { type Engine, engineLocation, openEngine } from '@beltline/sql/engine';
import type { CommandContext } from './run-command.ts';

/** Reaches the engine (the running product's, or one of its own), brings the schema up to date, and closes what it opened. */
export async function withEngine<T>(
  context: CommandContext,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { environment, complain } = context;
  const engine = await openEngine(engineLocation(environment), { as: 'load', onWait: complain });
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
