/** The life of a batch from its database to its end: decided, published, journalled; or given up, with nothing published. */
import { loadStatement, MutexLostError, sendBehind } from '@beltline/sql/clickhouse';
import type { ClickHouseClient, Engine } from '@beltline/sql/engine';
import { FileFault } from '../../files/index.ts';
import type { Progress } from '../../progress/progress.ts';
import { diskFull } from './disk-space.ts';
import type { BatchJournal } from './journal.ts';
import { InterruptedError, LoadRefusedError } from './load-error.ts';
import { loadDatabase, LoadSession } from './load-session.ts';
import { pausePoint } from './pause-points.ts';
import { publishBatch } from './publish-batch.ts';
import { abandonBatch, decidedOnDamage, finishBatch } from './recover-loads.ts';

export interface BatchRun {
  readonly engine: Engine;
  readonly admin: ClickHouseClient;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Runs a batch. `decide` does everything up to the event `publishing`, which is durable when it returns; what it gives is
 * given back when the batch is committed. @throws whatever decide or publishing throw; InterruptedError when stopped.
 */
export async function runBatch<T>(
  { engine, admin, signal, progress }: BatchRun,
  journal: BatchJournal,
  decide: (session: LoadSession) => Promise<T>,
): Promise<T> {
  const { batchId } = journal.record;
  const database = loadDatabase(batchId);
  await sendBehind(admin, { query: loadStatement('create-database'), query_params: { database } });
  const client = engine.client('loader', database);
  try {
    const session = new LoadSession(client, batchId, signal, journal.assertHeld);
    const decided = await decide(session);
    await pausePoint('decided');
    await publishBatch(session, admin, journal.record, (step, done, total) => {
      progress.step(step);
      progress.advance(done, total);
    });
    await pausePoint('committed');
    await finishBatch(admin, journal);
    await pausePoint('journalled');
    return decided;
  } catch (thrown) {
    const error =
      diskFull(thrown, outcomeOf(journal), engine.place) ??
      (journal.record.state === 'publishing' ? decidedOnDamage(thrown, journal.record) : null) ??
      thrown;
    await endBatch(admin, journal, error, signal);
    if (signal?.reason instanceof MutexLostError) throw signal.reason;
    if (signal?.aborted && journal.record.state === 'publishing') throw new InterruptedError(STOPPED_LATE);
    throw signal?.aborted && !(error instanceof InterruptedError)
      ? new InterruptedError(reasonOf(signal))
      : error;
  } finally {
    await client.close();
  }
}

/** A person who is told that nothing is published would not expect the next run to publish it. */
const STOPPED_LATE =
  'Stopped while it was published. The load had been decided: the next load, or `npm run etl -- recover`, completes it.';

function outcomeOf(journal: BatchJournal): string {
  return journal.record.state === 'publishing'
    ? 'The load had been decided; readers still see what they saw before. Make room: the next load, or `npm run etl -- recover`, completes it.'
    : 'Nothing was changed; make room and load again.';
}

async function endBatch(
  admin: ClickHouseClient,
  journal: BatchJournal,
  error: unknown,
  signal?: AbortSignal,
): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  if (journal.record.state === 'publishing') {
    // Decided: only completing it can end it. The next run, or `recover`, tries again.
    await journal.append({ message: `Not completed yet: ${message}` }).catch(() => undefined);
    return;
  }
  const isRefusal = error instanceof LoadRefusedError || error instanceof FileFault;
  const state = signal?.aborted ? 'abandoned' : isRefusal ? 'refused' : 'failed';
  // An engine that is gone cannot be told; the next run finds the batch unfinished and gives it up.
  await abandonBatch(admin, journal, state, signal?.aborted ? reasonOf(signal) : message).catch(
    () => undefined,
  );
}

function reasonOf(signal: AbortSignal): string {
  return signal.reason instanceof Error ? signal.reason.message : 'Interrupted.';
}
