import { type Damage, type Findings, journalGaps, openDamage } from '@beltline/sql/clickhouse';
import type { Engine } from '@beltline/sql/engine';
import { DamagedStoreError } from '../jobs/load/load-error.ts';
import { rebuildFigures, verifyStore } from '../jobs/load/rebuild-figures.ts';
import { damageText, remedyOf } from '../jobs/load/seal-version.ts';
import { withEngine } from './engine-access.ts';
import { A_WEEK_MS, progressOf } from './load-command.ts';
import type { CommandContext } from './command-context.ts';

const list = (damages: readonly Damage[]): string =>
  damages.map((damage) => `- ${damage.source}: ${damageText(damage)}`).join('\n');

const pastText = (damages: readonly Damage[]): string =>
  `Figures as of earlier data versions are refused, since what they were made from is no longer there:\n${list(damages)}`;

/**
 * @throws DamagedStoreError where something is not what was committed; with `newest`, only where figures that are current, or
 * the next load, are concerned.
 */
export async function verify(
  context: CommandContext,
  options: { quiet?: boolean; json?: boolean; newest?: boolean },
): Promise<void> {
  const progress = progressOf(options);
  let findings: Findings;
  let gaps: string[] = [];
  try {
    findings = await withEngine(context, { as: 'load' }, async (engine) => {
      gaps = await gapsOf(engine);
      return verifyStore(engine, { waitMs: A_WEEK_MS, progress, signal: context.signal });
    });
  } finally {
    progress.finish();
  }
  for (const gap of gaps) context.complain(gap);
  const { versions, damages } = findings;
  const open = openDamage(findings);
  const past = damages.filter((damage) => !open.includes(damage));
  if (options.json) context.print(JSON.stringify({ versions: versions.length, open, past }));
  else {
    if (damages.length === 0) context.print(`${versions.length} data versions are as they were committed.`);
    if (past.length > 0) context.print(pastText(past));
  }
  if (open.length === 0 && past.length > 0 && !options.newest)
    throw new DamagedStoreError(
      'Figures of earlier data versions are not what was committed, and nothing but a backup brings them back. The newest ones are sound; ' +
        'to be told of those alone: npm run etl -- verify --newest',
    );
  if (open.length === 0) return;
  const remedies = [...new Set(open.map(({ source }) => source))].map((name) =>
    remedyOf(
      name,
      open.filter(({ source }) => source === name),
    ),
  );
  throw new DamagedStoreError(
    `What is stored is not what was committed:\n${list(open)}\n${remedies.map((remedy) => `Mend it: ${remedy}`).join('\n')}`,
  );
}

async function gapsOf(engine: Engine): Promise<string[]> {
  const client = engine.client('loader');
  try {
    return await journalGaps(client);
  } finally {
    await client.close();
  }
}

export async function rebuild(
  context: CommandContext,
  source: string,
  options: { quiet?: boolean },
): Promise<void> {
  const progress = progressOf(options);
  const begun = performance.now();
  try {
    const { batch, left } = await withEngine(context, { as: 'load' }, (engine) =>
      rebuildFigures(engine, source, { waitMs: A_WEEK_MS, progress, signal: context.signal }),
    );
    progress.finish();
    if (batch === null) context.print(`Nothing of the newest figures of ${source} has to be rebuilt.`);
    else
      context.print(
        `Batch ${batch.batchId} rolled up again ${batch.months.length} of the months of ${source} in ${((performance.now() - begun) / 1000).toFixed(1)} s.`,
      );
    if (left.length > 0) context.print(pastText(left));
  } finally {
    progress.finish();
  }
}
