/** Seals of a data version, and what a load does where what it builds upon no longer adds up to them. */
import {
  type Damage,
  damageOf,
  FACTS,
  findDamage,
  isUnreadable,
  keepingMapping,
  needsFiles,
  newestKnown,
  SEALED,
  sealing,
} from '@beltline/sql/clickhouse';
import type { ClickHouseClient } from '@beltline/sql/engine';
import { BuiltOnDamageError } from './load-error.ts';
import { inTurn, type LoadSession, StatementError } from './load-session.ts';

/** Keeps what the rows of the batch's version add up to, when they are proven and nobody sees them yet. */
export async function sealVersion(session: LoadSession, source: string): Promise<void> {
  const parameters = { source, batch_id: session.batchId, versions: [session.batchId], months: [] };
  const tasks = sealing('load__plan').map(
    ({ name, query }) =>
      () =>
        session.runText(name, query, { parameters }),
  );
  if (await session.has('load__replaced'))
    tasks.push(() => session.run('seal-replaced', { parameters: { source, batch_id: session.batchId } }));
  const half = Math.ceil(tasks.length / 2);
  await session.together([inTurn(...tasks.slice(0, half)), inTurn(...tasks.slice(half))]);
  await session
    .runText('seal-mapping', keepingMapping('load__plan'), {
      parameters: { source, batch_id: session.batchId },
    })
    .catch((error: unknown) => {
      // From the list of files no figure is read: that it cannot be read is in no load's way.
      if (!(error instanceof StatementError && isUnreadable(error.cause))) throw error;
    });
}

/** Tables that a load builds upon. */
const BUILT_UPON = ['belts', 'merchants', 'memberships', 'sources', 'unit_numbers', FACTS];

export interface BuiltUpon {
  readonly source: string;
  /** The months that the load rolls up again, `YYYYMM`; null = it is not known yet. */
  readonly months: readonly number[] | null;
  /** The files are brought again because something was lost. */
  readonly again: boolean;
  readonly onNote: (message: string) => void;
}

/**
 * Looks whether what the load builds upon is still what was committed: the new version would be sealed as sound. False where
 * it is not, and the files are brought again for that. @throws BuiltOnDamageError where it is not, with the remedy.
 */
export async function refuseOverDamage(
  client: ClickHouseClient,
  { source, months, again, onNote }: BuiltUpon,
): Promise<boolean> {
  const tables = BUILT_UPON.filter((table) => table !== FACTS || months?.length !== 0);
  const findings = await findDamage(client, { source, tables, months: months ?? [], isAwaited: true });
  const newest = newestKnown(findings, source);
  const open = new Set(damageOf(findings, source, newest));
  const found = findings.damages.filter(
    (damage) =>
      damage.table === FACTS || (SEALED[damage.table] ? damage.dataVersion === newest : open.has(damage)),
  );
  if (found.length === 0) return true;
  const named = found.map(damageText).join('; ');
  const isForbidden = found.some(({ forbidden }) => forbidden);
  const toBeNumbered = found.some(({ table }) => table === 'unit_numbers');
  // A rebuild needs what files bring, so that comes first; but nothing is numbered by half of the numbers.
  if (needsFiles(found) && toBeNumbered && !isForbidden)
    throw new BuiltOnDamageError(beyondRepair(source, found));
  if (needsFiles(found)) {
    if (again && !isForbidden) {
      onNote(
        `Parts of what was stored are lost or damaged (${named}); what these files bring takes their place.`,
      );
      return false;
    }
    throw new BuiltOnDamageError(
      `Parts of what was stored of ${source} are lost or damaged: ${named}. Figures that are built upon it would be wrong, so nothing was changed. ` +
        `Mend it first: ${remedyOf(source, found)}`,
    );
  }
  throw new BuiltOnDamageError(
    `Parts of what was stored of ${source} are lost or damaged: ${named}. Figures that are built upon it would be wrong, so nothing was changed. ` +
      `Mend it first: ${remedyOf(source, found)}`,
  );
}

/** What mends damage of a source, as it is typed: in the order that works, since a rebuild needs what files bring. */
export function remedyOf(source: string, damages: readonly Damage[]): string {
  const rebuild = `npm run etl -- rebuild ${source}`;
  if (damages.some(({ forbidden }) => forbidden)) return LET_US_READ;
  if (!needsFiles(damages)) return rebuild;
  const load = `load every file of these months and the lookups once more: npm run etl -- load ${source} --again --files … ; then ${rebuild}`;
  return damages.some(isUnreadBrought)
    ? `${rebuild} sets aside what cannot be read, and ends with 5; then ${load}`
    : load;
}

/** A load reads lookups and lines, and cannot begin while the files of those are in its way. */
const isUnreadBrought = (damage: Damage): boolean => damage.foundRows === null && needsFiles([damage]);

export const LET_US_READ =
  'let the account that runs Beltline read and change everything in the data directory, then try again; nothing of it has to be loaded or rebuilt for that';

/** What is said where neither a load nor a rebuild can begin, because each needs what the other would mend. */
export const beyondRepair = (source: string, damages: readonly Damage[]): string =>
  `What the files of ${source} brought is lost, and so are the numbers of its merchants and buyers: ${damages.map(damageText).join('; ')}. ` +
  'No figure was changed. Restore the data directory from a backup, or load all files into an empty one (BELTLINE_DATA).';

const MONTHS_NAMED = 6;

/** A damage in a few words: table, months, rows. */
export function damageText({ table, months, sealedRows, foundRows, dataVersion, forbidden }: Damage): string {
  const names = months.map((month) => month.slice(0, 7));
  const of =
    names.length > MONTHS_NAMED ? `${names[0]} to ${names.at(-1)}, ${names.length} months` : names.join(', ');
  const rows = forbidden
    ? 'this account may not read it'
    : foundRows === null
      ? table === 'data_versions'
        ? 'no longer listed'
        : table === 'seals'
          ? 'without seals'
          : 'cannot be read'
      : foundRows === sealedRows
        ? 'other contents'
        : `${foundRows} of ${sealedRows} rows`;
  return `${table}${of && ` of ${of}`} at version ${dataVersion}: ${rows}`;
}
