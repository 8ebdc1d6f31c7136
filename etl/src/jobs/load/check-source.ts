import { loadStatement } from '@beltline/sql/clickhouse';
import type { Engine } from '@beltline/sql/engine';
import { createLandedViews, createLandingTables } from '../../landing/index.ts';
import type { SourceDefinition } from '../../source/index.ts';
import { clockChanges } from './clock-changes.ts';
import { checkBatch, LoadSession, loadDatabase } from './load-session.ts';
import { checkMapping, readMapping } from './source-mapping.ts';

/** Whether a source's SELECTs fit, on tables as a load would land them, without a row. @throws LoadRefusedError with what does not. */
export async function checkSource(engine: Engine, source: SourceDefinition): Promise<void> {
  const batch = checkBatch();
  const database = loadDatabase(batch);
  const admin = engine.client('loader');
  const client = engine.client('loader', database);
  try {
    await admin.command({ query: loadStatement('create-database'), query_params: { database } });
    await createLandingTables(client, database, source);
    await createLandedViews(client, database, source);
    const session = new LoadSession(client, batch);
    await checkMapping(session, source, readMapping(source));
    await clockChanges(session, source.timeZone);
  } finally {
    await admin.command({ query: loadStatement('drop-database'), query_params: { database } });
    await client.close();
    await admin.close();
  }
}
