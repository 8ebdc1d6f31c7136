import type { DataSource } from 'typeorm';

/** PostgreSQL as the queue of jobs asks it: the same on a server and embedded, where all ask through one session, each in turn. */
export interface JobDatabase {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** The schema that the queue makes and keeps its tables in. */
export const JOB_SCHEMA = 'jobs';

export const jobDatabase = (store: DataSource): JobDatabase => ({
  executeSql: async (text, values) => {
    const runner = store.createQueryRunner();
    try {
      const { records } = await runner.query(text, values, true);
      return { rows: (records ?? []) as Record<string, unknown>[] };
    } finally {
      await runner.release();
    }
  },
});

/** Jobs that are under way by what is written. In a store that one process alone has open, at its start: those that a killed one left. */
export async function activeJobs(store: DataSource, queue: string): Promise<string[]> {
  const { rows } = await jobDatabase(store).executeSql(
    `SELECT id FROM ${JOB_SCHEMA}.job WHERE name = $1 AND state = 'active'`,
    [queue],
  );
  return rows.map(({ id }) => String(id));
}

/**
 * Lets jobs of a queue begin now that were to begin days from now, as no pause is so long: the clock by which they were put down was ahead, and has been put
 * right since.
 */
export async function bringForward(store: DataSource, queue: string): Promise<void> {
  await jobDatabase(store).executeSql(
    `UPDATE ${JOB_SCHEMA}.job SET start_after = now()
     WHERE name = $1 AND state IN ('created', 'retry') AND start_after > now() + interval '3 days'`,
    [queue],
  );
}

export interface KeptJob {
  readonly id: string;
  readonly state: 'created' | 'retry' | 'active' | 'failed';
  readonly data: unknown;
  /** What it failed with last. */
  readonly reason: string | null;
  /** When it was sent, or failed for good. */
  readonly at: Date;
}

/** How many jobs of each queue are not done, by state; those that failed are kept for some days. */
export async function countJobs(
  store: DataSource,
): Promise<{ readonly queue: string; readonly state: string; readonly count: number }[]> {
  const { rows } = await jobDatabase(store).executeSql(
    `SELECT name AS queue, state::text AS state, count(*)::int AS count
     FROM ${JOB_SCHEMA}.job
     WHERE state IN ('created', 'retry', 'active', 'failed')
     GROUP BY name, state`,
  );
  return rows as unknown as { queue: string; state: string; count: number }[];
}

/** Jobs of a kind that are not done: `data` has the kind. The first to be made first, then those that failed, the latest first. */
export async function jobsToDo(store: DataSource, queue: string, kind: string): Promise<KeptJob[]> {
  const { rows } = await jobDatabase(store).executeSql(
    `SELECT id, state::text AS state, data, output->>'message' AS reason, coalesce(completed_on, created_on) AS at
     FROM ${JOB_SCHEMA}.job
     WHERE name = $1 AND state IN ('created', 'retry', 'active', 'failed') AND data->>'kind' = $2
     ORDER BY state = 'failed', state <> 'active', priority DESC, created_on, completed_on DESC`,
    [queue, kind],
  );
  return rows as unknown as KeptJob[];
}
