/** Waits grow up to a minute and stay there: while a page is open it comes back whenever the server does. */
const WAITS_MS = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000] as const;
const LONGEST_MS = 60_000;

/** Pages that lost a server together do not come back to it in one moment. */
const SPREAD = 0.2;

/** How long until a question is asked again that has met `tries` faults since its last answer; `chance` from 0 to 1. */
export function retryWait(tries: number, chance: number = Math.random()): number {
  return (WAITS_MS[tries] ?? LONGEST_MS) * (1 - SPREAD * chance);
}
