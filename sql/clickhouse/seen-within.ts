/**
 * How long a committed version may stay unseen, in milliseconds: so long the API may answer from the version before while it reads the
 * new one into memory, and a load waits as long after its commit before it says that it is committed. So who asks after that
 * sees it.
 */
export const SEEN_WITHIN_MS = 600;
