import type { EntityManager } from 'typeorm';

/** Any number that nothing else locks by. */
const LOCK = 1_764_000_114;

/**
 * Holds what is prepared to be published until the transaction ends, so that of several who prepare the same one does. To be its first step. No
 * lock of the table: the account of the program may not change its rows, and so not lock them.
 */
export const holdPublications = (manager: EntityManager): Promise<unknown> =>
  manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
