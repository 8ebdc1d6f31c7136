/**
 * How often a sign-in may be tried. Failures count by name from an address, by name and by address, each over several spans, so
 * that the waits grow from a minute to a day. Counted in PostgreSQL, so that several API processes share them.
 */
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { AuditService } from './audit.service.ts';
import { StoreLimiter } from './store-limiter.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

interface Limit {
  readonly by: 'pair' | 'name' | 'address';
  readonly failures: number;
  readonly seconds: number;
}

/**
 * A name alone has a higher limit than a name from one address, or anybody could lock somebody out from one place on purpose. An
 * address has a high one because an office may share it.
 */
const LIMITS: readonly Limit[] = [
  { by: 'address', failures: 100, seconds: HOUR },
  { by: 'pair', failures: 5, seconds: MINUTE },
  { by: 'pair', failures: 10, seconds: HOUR },
  { by: 'pair', failures: 20, seconds: 24 * HOUR },
  { by: 'name', failures: 50, seconds: HOUR },
  { by: 'name', failures: 200, seconds: 24 * HOUR },
];

export interface Attempt {
  /** Null where no name is tried: the address alone counts. */
  readonly name: string | null;
  readonly address: string;
}

@Injectable()
export class SignInLimits {
  private readonly limiters: readonly { readonly limit: Limit; readonly limiter: StoreLimiter }[];

  constructor(
    @InjectDataSource() store: DataSource,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {
    this.limiters = LIMITS.map((limit, index) => {
      const { by, failures: most, seconds } = limit;
      return { limit, limiter: new StoreLimiter(store, { name: by, most, seconds }, index === 0) };
    });
  }

  /** @throws ProblemError 429 where it is to be waited first, after `wait` was told how many seconds. */
  async assertMayTry(attempt: Attempt, requestId: string, wait: (seconds: number) => void): Promise<void> {
    const { seconds, isFirst } = await this.begin(attempt);
    if (seconds === 0) return;
    const { address } = attempt;
    if (isFirst)
      await this.audit.tell({ event: 'sign-in-delayed', address, requestId, detail: `${seconds} s` });
    wait(seconds);
    throw new ProblemError(
      'too-many-attempts',
      'Too many failed attempts; Retry-After says in how many seconds to try again.',
      // Further ones are counted: whoever goes on must not fill the audit.
      isFirst ? {} : { refusal: 'too many failed attempts' },
    );
  }

  /**
   * Counts an attempt before it is looked at, so that many at once do not all pass, and says how long to wait; 0 = none. `isFirst`: the
   * first of a span that is refused. Whether there is such a user does not matter. What is refused is counted no further, or whoever goes on
   * from one address would bring a name over what all addresses may try, and fill the store with names that they make up.
   */
  private async begin(attempt: Attempt): Promise<{ seconds: number; isFirst: boolean }> {
    // One after the other: many who try at once shall not take all connections of the store.
    for (const { limit, limiter } of this.limitersOf(attempt)) {
      const refused = await limiter.take(keyOf(limit, attempt));
      if (refused !== null)
        return {
          seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)),
          isFirst: refused.consumedPoints === limit.failures + 1,
        };
    }
    return { seconds: 0, isFirst: false };
  }

  /** What was counted under the name is forgotten, because the person has shown who they are; the address's stays, less this one. */
  async succeeded(attempt: Attempt): Promise<void> {
    for (const { limit, limiter } of this.limitersOf(attempt)) {
      if (limit.by === 'address') await limiter.giveBack(keyOf(limit, attempt));
      else await limiter.forget(keyOf(limit, attempt));
    }
  }

  private limitersOf({ name }: Attempt) {
    return this.limiters.filter(({ limit }) => name !== null || limit.by === 'address');
  }
}

/** Digests, because somebody may have typed the password in the place of the name. */
function keyOf({ by }: Limit, { name, address }: Attempt): string {
  const small = (name ?? '').toLowerCase();
  const what = { pair: [small, address], name: [small], address: [address] }[by];
  return createHash('sha256').update(JSON.stringify(what)).digest('base64url');
}
