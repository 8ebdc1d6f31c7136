import { setTimeout as wait } from 'node:timers/promises';
import { ProblemError } from '../platform/problem/problem-error.ts';
import type { ChangeCount } from './known-callers.ts';
import { SharedReads } from './shared-reads.ts';

/** So long a reading of the number is believed, from before it was begun. */
export const LEASE_MS = 50;
/** What a timer may end too early, and clocks of two machines go apart meanwhile. */
const MARGIN_MS = 2;
/** So long a reading is waited for: a server that hangs takes what it is asked and does not answer, and each request asks. */
export const PATIENCE_MS = 2_000;

interface Reading {
  readonly begunAt: number;
  readonly number: Promise<string>;
}

/**
 * A number that other processes raise, read at most once in `LEASE_MS` however many ask. Whoever has changed rights waits that long after the
 * commit before they say so (`settled`): by then nobody believes a reading from before it, and what they have ended is nobody's at the next
 * request to any process. Durations alone are compared, never the clocks of two machines.
 */
export class LeasedCount implements ChangeCount {
  private last: Reading | null = null;
  /** Since when a reading is under way. */
  private readingSince: number | null = null;
  private readonly reads = new SharedReads<string>();

  constructor(
    private readonly reading: () => Promise<string>,
    private readonly clock: () => number = () => performance.now(),
    private readonly patience = PATIENCE_MS,
  ) {}

  /**
   * As it was no longer ago than `LEASE_MS` when this was called. @throws what reading it fails with, and ProblemError `store-unavailable`
   * where it is not told within the patience: at once for those who come while a reading is under way that has taken so long.
   */
  async now(): Promise<string> {
    const at = this.clock();
    if (this.readingSince !== null && at - this.readingSince >= this.patience) throw unanswered();
    const age = this.last === null ? Infinity : at - this.last.begunAt;
    if (this.last === null || age >= LEASE_MS) return this.inTime(this.read());
    // Where many ask, nobody waits: the next reading is there before this one is over. Who asks later is told of what it fails with.
    if (age >= LEASE_MS / 2 && this.readingSince === null) void this.read().catch(() => undefined);
    return this.inTime(this.last.number);
  }

  private async inTime(number: Promise<string>): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(unanswered()), this.patience);
    });
    try {
      return await Promise.race([number, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** To be waited for between the commit of a change and its answer. */
  settled(): Promise<void> {
    return leasesOver();
  }

  private read(): Promise<string> {
    return this.reads.read('', () => {
      const begunAt = this.clock();
      this.readingSince = begunAt;
      const own: Reading = { begunAt, number: this.reading() };
      // Those who come while it is under way and find nothing else share it.
      if (this.last === null || own.begunAt - this.last.begunAt >= LEASE_MS) this.last = own;
      return own.number
        .then(
          (number) => {
            this.last = own;
            return number;
          },
          (error: unknown) => {
            if (this.last === own) this.last = null;
            throw error;
          },
        )
        .finally(() => (this.readingSince = null));
    });
  }
}

const unanswered = () =>
  new ProblemError('store-unavailable', 'Users and annotations can neither be read nor written just now.');

/** Resolves when whatever any process has read of rights until now is over. */
export const leasesOver = (): Promise<void> => wait(LEASE_MS + MARGIN_MS);
