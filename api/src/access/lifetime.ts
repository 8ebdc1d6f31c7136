/**
 * How long something lasts that was begun by a clock: a session, a token, a link. Where that clock was ahead and was put right since, its end lies
 * as much too late; so what has not begun yet is none.
 */
import { And, type FindOperator, LessThanOrEqual, MoreThan } from 'typeorm';

/** By so much clocks of several API processes may differ. */
export const AHEAD_MS = 5 * 60_000;

/** Whether something has begun by now; else the clock that it was begun by was ahead. */
export const wasBegun = (begunAt: Date | number, now: Date): boolean =>
  Number(begunAt) <= now.getTime() + AHEAD_MS;

/** Ends that what lasts for `lastingMs` may have now: not over, and not of a clock that was ahead. */
export const endsWithin = (lastingMs: number, now: Date): FindOperator<Date> =>
  And(MoreThan(now), LessThanOrEqual(new Date(now.getTime() + lastingMs + AHEAD_MS)));

/** Beginnings that what lasts for `lastingMs` may have now. */
export const begunWithin = (lastingMs: number, now: Date): FindOperator<Date> =>
  And(MoreThan(new Date(now.getTime() - lastingMs)), LessThanOrEqual(new Date(now.getTime() + AHEAD_MS)));
