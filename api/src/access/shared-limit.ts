/**
 * So many of something within a span, for each of many keys, over all processes of the product. A question of it costs no round trip:
 * each process counts by itself and tells PostgreSQL a share of what it counted at a time, which says whether all of them together are
 * over; see ADR 37 for what that lets pass. Where PostgreSQL does not answer, what a process counts by itself holds.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { StoreLimiter } from './store-limiter.ts';

/** A process tells what it counted when it is this part of the limit. */
const TOLD_PART = 20;
/** Keys whose count is not told yet; of who is forgotten here less than that part is not told. */
const MOST_KEYS = 10_000;

export interface LimitOptions {
  readonly name: string;
  /** 0 = no limit. */
  readonly most: number;
  readonly seconds: number;
  /** Null where no other process counts. */
  readonly store: Pick<DataSource, 'query'> | null;
}

export class SharedLimit {
  private readonly own: RateLimiterMemory;
  private readonly shared: StoreLimiter | null;
  private readonly untold = new LRUCache<string, number>({ max: MOST_KEYS });
  private readonly toldAt: number;

  constructor(private readonly options: LimitOptions) {
    const { name, most, seconds, store } = options;
    this.toldAt = Math.max(1, Math.floor(most / TOLD_PART));
    this.own = new RateLimiterMemory({ points: most, duration: seconds });
    // Beside the counts of sign-ins, whose limiter sweeps away what no longer counts.
    this.shared = store && new StoreLimiter(store, { name, most, seconds }, false);
  }

  /** Takes one. @returns how many seconds are to be waited; 0 = none, go on. */
  async take(key: string): Promise<number> {
    if (this.options.most === 0) return 0;
    try {
      const { isFirstInDuration } = await this.own.consume(key);
      this.count(key, isFirstInDuration);
      return 0;
    } catch (refused) {
      return secondsOf(refused);
    }
  }

  private count(key: string, isFirst: boolean): void {
    if (!this.shared) return;
    const untold = (isFirst ? 0 : (this.untold.get(key) ?? 0)) + 1;
    this.untold.set(key, untold < this.toldAt ? untold : 0);
    // Nobody waits for it: whoever it refuses is refused from the next request on.
    if (untold >= this.toldAt) void this.tell(this.shared, key, untold);
  }

  private async tell(shared: StoreLimiter, key: string, count: number): Promise<void> {
    // Where PostgreSQL does not answer, what a process counts by itself holds.
    const refused = await shared.take(digestOf(key), count).catch(() => null);
    if (refused) await this.own.block(key, secondsOf(refused));
  }
}

/** @throws what it was given, where that is no refusal. */
function secondsOf(refused: unknown): number {
  if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
  throw refused;
}

/** Addresses and users are nobody's business in a table of counts. */
const digestOf = (key: string) => createHash('sha256').update(key).digest('base64url');
