/**
 * Puts figures that are lost or damaged in order: rolls their months up again from the lines in force, as a batch of its own
 * that brings no files. What was published before it is not changed, so figures as of an earlier version stay refused.
 */
import {
  ALL_SEALED,
  type Damage,
  damageOf,
  FACTS,
  findDamage,
  type Findings,
  isForbidden,
  isUnreadable,
  loadStatement,
  newestKnown,
  openDamage,
  SEALED,
  sendBehind,
} from '@beltline/sql/clickhouse';
import type { ClickHouseClient, Engine } from '@beltline/sql/engine';
import type { Progress } from '../../progress/progress.ts';
import { actorHere, createAct, undoneNow } from './act.ts';
import {
  BatchJournal,
  type BatchRecord,
  NOTHING_READ,
  REBUILT,
  RENUMBERED,
  unfinishedBatches,
} from './journal.ts';
import { BuiltOnDamageError, DamagedStoreError, LoadRefusedError, UsageError } from './load-error.ts';
import { stageNoDimensions } from './load-dimensions.ts';
import { exclusively } from './load-lock.ts';
import type { LoadSession } from './load-session.ts';
import { hasLostNumbers, recoverLoads } from './recover-loads.ts';
import { runBatch } from './run-batch.ts';
import { beyondRepair, damageText, LET_US_READ, remedyOf } from './seal-version.ts';

export interface RebuildOptions {
  /** How long to wait for a load; 0 = do not. */
  readonly waitMs: number;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

export interface RebuildReport {
  /** The batch that rolled months up again; null where nothing had to be. */
  readonly batch: BatchRecord | null;
  /** What is damaged and cannot be rebuilt: figures as of earlier versions. */
  readonly left: readonly Damage[];
}

/**
 * Compares everything that is stored with its seals; changes nothing. Where a load is unfinished only what cannot be read
 * is named, because a rebuild must set that aside first. @throws LoadRefusedError where a load is unfinished, and nothing is in its way.
 */
export async function verifyStore(engine: Engine, options: RebuildOptions): Promise<Findings> {
  return exclusively(engine, options, async (admin) => {
    const [unfinished] = await unfinishedBatches(admin).catch((error: unknown) => {
      if (isUnreadable(error)) return []; // what cannot be read of the journal is a finding
      throw error;
    });
    const findings = await find(admin, options);
    // Of a batch that is half published lines and figures do not fit; but what cannot be read keeps it from being completed.
    const unread = openDamage(findings).filter(isUnread);
    if (unfinished && unread.length === 0)
      throw new LoadRefusedError(
        `Batch ${unfinished.batchId} was cut short, so lines and figures may not fit yet. First: npm run etl -- recover`,
      );
    return unfinished ? { ...findings, damages: unread } : findings;
  });
}

/**
 * Rebuilds the figures of a source.
 * @throws BuiltOnDamageError where what they are made from is damaged too; then nothing is changed but that parts which
 * cannot be read are set aside.
 */
export async function rebuildFigures(
  engine: Engine,
  source: string,
  options: RebuildOptions,
): Promise<RebuildReport> {
  const { progress } = options;
  return exclusively(engine, options, async (admin, lock) => {
    const signal = options.signal ? AbortSignal.any([options.signal, lock.lost]) : lock.lost;
    // First, because recovering reads the journal, which may be what cannot be read.
    const before = await find(admin, { ...options, signal }, source);
    const { damages } = before;
    const forbidden = damages.filter((damage) => damage.forbidden);
    if (forbidden.length > 0) throw forbiddenError(forbidden.map(damageText).join('; '));
    const unread = damages.filter(isUnread).map(({ table }) => table);
    // A comparison reads these too, and any of them may be what cannot be read, or holds rows that say nothing.
    if (unread.length > 0)
      await setAside(admin, new Set(['seals', 'data_versions', 'load_events', ...unread]), progress);
    const hasLost = hasLostNumbers(before, source);
    // What was completed meanwhile has given numbers out by half of them.
    const isRenumbered = (await recover()).some(
      (batch) => hasLost && batch.source === source && batch.fingerprint !== RENUMBERED,
    );
    const findings = await find(admin, { ...options, signal }, source);
    const known = [...findings.versions, ...findings.damages].some((one) => one.source === source);
    if (!known) throw new UsageError(`Nothing of a source ${source} has been loaded.`);
    const plan = planOf(findings, source, isRenumbered);
    if (plan.months.length === 0 && !plan.isUnlisted) return { batch: null, left: findings.damages };
    for (const { table, dataVersion } of plan.blind)
      progress.note(
        `${table} of version ${dataVersion}: what it was when it was committed is not known; it is taken as it is.`,
      );
    const fingerprint = plan.renumbers ? RENUMBERED : REBUILT;
    const journal = await BatchJournal.open(admin, source, fingerprint, lock.assertHeld);
    await runBatch({ engine, admin, progress, signal }, journal, (session) =>
      decide(session, journal, source, plan),
    );
    const after = await find(admin, { ...options, signal }, source);
    return { batch: journal.record, left: after.damages };

    /** A decided batch whose own files cannot be read, or whose figures no longer add up, will never be completed. */
    async function recover(): Promise<readonly BatchRecord[]> {
      const onNote = (message: string): void => progress.note(message);
      const numbersAnew = hasLost ? { numbersAnew: source } : {};
      try {
        return (await recoverLoads({ engine, admin, onNote, lock, signal, ...numbersAnew })).completed;
      } catch (error) {
        if (!(error instanceof DamagedStoreError)) throw error;
        await setAside(admin, [FACTS], progress);
        return (await recoverLoads({ engine, admin, onNote, lock, signal, givesUp: true })).completed;
      }
    }
  });
}

/** Of a table that cannot be read nothing is counted, nor where the list, the journal or the seals miss a version. */
const isUnread = ({ foundRows }: Damage) => foundRows === null;

async function find(
  admin: ClickHouseClient,
  { progress, signal }: RebuildOptions,
  source?: string,
): Promise<Findings> {
  progress.step('verify');
  return findDamage(admin, {
    tables: ALL_SEALED,
    isAwaited: true,
    onProgress: (done, total) => progress.advance(done, total),
    ...(source === undefined ? {} : { source }),
    ...(signal ? { signal } : {}),
  });
}

interface RebuildPlan {
  /** First days. */
  readonly months: readonly string[];
  readonly renumbers: boolean;
  /** The newest version is no longer listed: a new one takes its place, even with no month to roll up. */
  readonly isUnlisted: boolean;
  /** Seals that are gone: nothing can be compared with them. */
  readonly blind: readonly Damage[];
}

/** @throws BuiltOnDamageError where lines or lookups are damaged. */
function planOf(findings: Findings, source: string, isRenumbered: boolean): RebuildPlan {
  const { versions, damages } = findings;
  const newest = newestKnown(findings, source);
  const open = damageOf(findings, source, newest);
  const facts = damages.filter(({ table }) => table === FACTS);
  const brought = open.filter(({ table }) => SEALED[table] && SEALED[table].rows !== 'own');
  const broken = [...facts, ...brought];
  const renumbers =
    isRenumbered ||
    damages.some(({ table, dataVersion }) => table === 'unit_numbers' && dataVersion === newest);
  if (broken.length > 0 && renumbers) throw new BuiltOnDamageError(beyondRepair(source, damages));
  if (broken.length > 0)
    throw new BuiltOnDamageError(
      `What the figures of ${source} are made from is lost or damaged too: ${broken.map(damageText).join('; ')}. No figure was changed. ` +
        `Mend that first: ${remedyOf(source, broken)}`,
    );
  const months = renumbers
    ? [...versions, ...damages].flatMap((one) => one.months)
    : open.flatMap((damage) => damage.months.filter((month) => isTheirs(month, damage)));
  return {
    months: [...new Set(months)].sort(),
    renumbers,
    isUnlisted: open.some(({ table }) => table === 'data_versions'),
    blind: open.filter(({ table }) => table === 'seals'),
  };

  /** Whether the figures of a month are those of the damaged version, and not of a newer one. */
  function isTheirs(month: string, damage: Damage): boolean {
    return !versions.some((one) => one.dataVersion > damage.dataVersion && one.months.includes(month));
  }
}

/** Decides a batch that reads nothing: its tables are there, and empty. */
async function decide(
  session: LoadSession,
  journal: BatchJournal,
  source: string,
  { months, renumbers, isUnlisted, blind }: RebuildPlan,
): Promise<void> {
  const parameters = { source, batch_id: session.batchId };
  const undone = await undoneNow(session.client, source);
  await createAct(session, { act: 'rebuild', actor: actorHere(), reason: '', undone, since: 0 });
  await session.run('create-last-source', { parameters });
  await stageNoDimensions(session, source, { keepsNumbers: !renumbers });
  await session.run('create-rejects');
  await session.run('create-empty-plan');
  await session.run('create-none-replaced');
  await session.run('create-expected', {
    parameters: {
      source,
      months: months.map((day) => Number(day.slice(0, 4) + day.slice(5, 7))),
      is_known: !isUnlisted && blind.length === 0,
    },
  });
  await journal.append({
    state: 'publishing',
    months: [...months],
    reconciliation: NOTHING_READ,
    warnings: {},
  });
}

/** What this account may not read may be sound: it is not taken out, and nothing is put in its place. */
const forbiddenError = (what: string): DamagedStoreError =>
  new DamagedStoreError(
    `Parts of what is stored may not be read: ${what}. Nothing was changed. Mend it: ${LET_US_READ}.`,
  );

/** Takes parts out of their tables that cannot be read, or are another table's; readers would meet them again and again. */
async function setAside(
  admin: ClickHouseClient,
  tables: Iterable<string>,
  progress: Progress,
): Promise<void> {
  for (const target of tables) {
    const strange = await partsOf(admin, 'strange-parts', target);
    for (const { part, lines } of await partsOf(admin, 'parts-of', target)) {
      const isStrange = strange.some((one) => one.part === part);
      if (!isStrange && (await isReadable(admin, target, part))) continue;
      progress.note(
        `Part ${part} of ${target} (${lines} rows) ${isStrange ? "is another table's" : 'cannot be read'}; it is set aside in the folder "detached" of the table.`,
      );
      await sendBehind(admin, { query: loadStatement('detach-part', { target, part: `'${part}'` }) });
    }
  }
}

async function partsOf(
  admin: ClickHouseClient,
  statement: 'parts-of' | 'strange-parts',
  target: string,
): Promise<{ part: string; lines: string }[]> {
  const result = await admin.query({ query: loadStatement(statement, { target }), format: 'JSONEachRow' });
  return result.json<{ part: string; lines: string }>();
}

/** What is true of every row, where the index does not begin with the source. */
const FIRST_OF_KEY: Readonly<Record<string, string>> = {
  data_versions: 'data_version > 0',
  load_events: 'batch_id > 0',
};

/** @throws DamagedStoreError where this account may not read it. */
async function isReadable(admin: ClickHouseClient, target: string, part: string): Promise<boolean> {
  try {
    const columns = SEALED[target]?.columns ?? '*';
    const key = FIRST_OF_KEY[target] ?? `source > ''`;
    await admin.query({
      query: loadStatement('read-part', { target, columns, key }),
      query_params: { part },
    });
    return true;
  } catch (error) {
    if (isForbidden(error)) throw forbiddenError(`part ${part} of ${target}`);
    if (isUnreadable(error)) return false;
    throw error;
  }
}
