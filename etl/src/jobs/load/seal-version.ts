/** Seals of a data version, and what follows where the rows of an earlier one no longer add up to theirs. */
import { sealing } from '@beltline/sql/clickhouse';
import { inTurn, type LoadSession } from './load-session.ts';

/** Keeps what the rows of the batch's version add up to, when they are proven and nobody sees them yet. */
export async function sealVersion(session: LoadSession, source: string): Promise<void> {
  const parameters = { source, batch_id: session.batchId, versions: [session.batchId], months: [] };
  const tasks = sealing().map(
    ({ name, query }) =>
      () =>
        session.runText(name, query, { parameters }),
  );
  const half = Math.ceil(tasks.length / 2);
  await session.together([inTurn(...tasks.slice(0, half)), inTurn(...tasks.slice(half))]);
}
