/**
 * How long a committed version may stay unseen, in milliseconds: the API asks for the newest versions at most this often,
 * and a load waits as long after its commit before it says that it is committed. So who asks after that sees it.
 */
export const SEEN_WITHIN_MS = 250;
