import { journalGaps, loadStatement } from '@beltline/sql/clickhouse';
import { engineLocation, hasStore } from '@beltline/sql/engine';
import { z } from 'zod';
import { checkSource } from '../jobs/load/check-source.ts';
import { readSource } from '../source/index.ts';
import { EngineStartError, withEngine } from './engine-access.ts';
import type { CommandContext } from './command-context.ts';
import { findSource, type SourceFolderOption, sourceFolders } from './source-folders.ts';

const whole = z.union([z.string(), z.number()]).transform(Number);
const statusRow = z.object({
  batch_id: whole,
  source: z.string(),
  state: z.string(),
  started_at: z.string(),
  read_lines: whole,
  loaded_lines: whole,
  superseded_lines: whole,
  rejected_lines: whole,
  ignored_lines: whole,
  message: z.string(),
});

export async function listAll(context: CommandContext, options: SourceFolderOption): Promise<void> {
  for (const [id, folder] of sourceFolders(context, options)) {
    const { name, currency, timeZone } = readSource(folder, context.settings.BELTLINE_TIME_ZONE);
    context.print(`${id.padEnd(12)} ${name.en} / ${name.zh} (${currency}, ${timeZone})`);
  }
}

/** @throws EngineStartError where the directory may not be looked into. */
function isLoadedInto(dataDir: string): boolean {
  try {
    return hasStore(dataDir);
  } catch (error) {
    throw new EngineStartError(error);
  }
}

export async function showStatus(context: CommandContext, options: { json?: boolean }): Promise<void> {
  const location = engineLocation(context.settings);
  // Who only asks makes nothing: no data directory, no engine in it.
  const isThere = location.kind === 'remote' || isLoadedInto(location.dataDir);
  const rows = !isThere
    ? []
    : await withEngine(context, { as: 'look' }, async (engine) => {
        const client = engine.client('loader');
        try {
          const result = await client.query({ query: loadStatement('latest-loads'), format: 'JSONEachRow' });
          for (const gap of await journalGaps(client)) context.complain(gap);
          return z.array(statusRow).parse(await result.json());
        } finally {
          await client.close();
        }
      });
  if (options.json) return context.print(JSON.stringify(rows));
  if (rows.length === 0) return context.print('Nothing has been loaded yet.');
  for (const row of rows) {
    context.print(
      `${String(row.batch_id).padStart(5)}  ${row.started_at.slice(0, 19)}  ${row.source.padEnd(10)} ${row.state.padEnd(10)} ` +
        `read ${row.read_lines} = loaded ${row.loaded_lines} + superseded ${row.superseded_lines} + rejected ${row.rejected_lines} + ignored ${row.ignored_lines}` +
        `${row.message && `\n       ${row.message.split('\n')[0]}`}`,
    );
  }
}

export async function check(context: CommandContext, id: string, options: SourceFolderOption): Promise<void> {
  const source = findSource(context, id, options);
  await withEngine(context, { as: 'look' }, (engine) => checkSource(engine, source));
  context.print(`${source.id}: source.yaml and its SELECTs fit.`);
}
