import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { AHEAD_MS } from './lifetime.ts';

/** So many of something within a span, counted in PostgreSQL in a table that all limits share. */
export class StoreLimiter {
  private readonly limiter: RateLimiterPostgres;
  private readonly longestMs: number;

  /** `sweeps`: also removes what no longer counts, every five minutes; one limit does it for all. */
  constructor(
    store: Pick<DataSource, 'query'>,
    { name, most, seconds }: { readonly name: string; readonly most: number; readonly seconds: number },
    sweeps: boolean,
  ) {
    this.longestMs = seconds * 1000 + AHEAD_MS;
    this.limiter = new RateLimiterPostgres({
      // TypeORM's own driver gives a pool that the library asks in a way that the embedded PostgreSQL does not have.
      storeClient: {
        query: async ({ text, values }: { text: string; values: unknown[] }) => ({
          rows: (await store.query(text, values)) as unknown[],
        }),
      },
      ...{ storeType: 'client', tableName: 'attempts', tableCreated: true, clearExpiredByTimeout: sweeps },
      ...{ keyPrefix: `${name}-${seconds}`, points: most, duration: seconds },
    });
  }

  /**
   * Takes so many. What a clock has counted that was ahead is forgotten, or whoever was to wait a minute would wait as long as it was ahead.
   * @returns null where they were left, else by what it is refused. @throws what the store fails with
   */
  async take(key: string, points = 1): Promise<RateLimiterRes | null> {
    const counted = await this.consume(key, points);
    if (counted.of.msBeforeNext <= this.longestMs) return counted.isOver ? counted.of : null;
    await this.limiter.delete(key);
    const again = await this.consume(key, points);
    return again.isOver ? again.of : null;
  }

  /** Gives one back. */
  async giveBack(key: string): Promise<void> {
    await this.limiter.reward(key);
  }

  async forget(key: string): Promise<void> {
    await this.limiter.delete(key);
  }

  private async consume(
    key: string,
    points: number,
  ): Promise<{ readonly isOver: boolean; readonly of: RateLimiterRes }> {
    try {
      return { isOver: false, of: await this.limiter.consume(key, points) };
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return { isOver: true, of: refused };
      throw refused;
    }
  }
}
