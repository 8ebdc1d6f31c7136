import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream';
import { DataSource } from 'typeorm';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { SharedLimit } from './shared-limit.ts';
import { TurnsOfCallers } from './turns-of-callers.ts';
import type { Viewer } from './viewer.ts';

const SPAN_SECONDS = 60;

/** How much one address and one account may ask: no person reaches it, and no program takes from the others what is theirs (ADR 37). */
@Injectable()
export class RequestLimits {
  private readonly addresses: SharedLimit;
  private readonly accounts: SharedLimit;
  private readonly turns: TurnsOfCallers;

  constructor(@InjectDataSource() store: DataSource, @Inject(CONFIG) config: ApiConfig) {
    const shared = {
      seconds: SPAN_SECONDS,
      store: config.DATABASE_URL === undefined ? null : store,
    };
    const { BELTLINE_REQUESTS_PER_ADDRESS: address, BELTLINE_REQUESTS_PER_ACCOUNT: account } = config;
    this.addresses = new SharedLimit({ name: 'requests-address', most: address, ...shared });
    this.accounts = new SharedLimit({ name: 'requests-account', most: account, ...shared });
    this.turns = new TurnsOfCallers(config.BELTLINE_REQUESTS_AT_ONCE);
  }

  /** Before anything is looked up for a request. @throws ProblemError 429. */
  async ofAddress(address: string): Promise<void> {
    const seconds = await this.addresses.take(address);
    if (seconds > 0) throw tooMany('this address', seconds);
  }

  /**
   * When it is known who asks. All tokens of an account are one, and its sessions another: a program of theirs, or whoever has stolen a
   * token, does not keep its owner from the page where it is revoked. Resolves when it is the request's turn.
   * @throws ProblemError 429.
   */
  async ofAccount({ user, tokenId }: Viewer, response: ServerResponse): Promise<void> {
    const key = `${tokenId === null ? 'person' : 'programs'} ${user?.id}`;
    const seconds = await this.accounts.take(key);
    if (seconds > 0) throw tooMany('this account', seconds);
    // After the answer, and where the caller hung up, be it before this.
    const isTurn = await this.turns.take(key, (ended) => void finished(response, ended));
    if (!isTurn) throw tooMany('this account, which has as many waiting', 1);
  }
}

const tooMany = (whose: string, seconds: number) =>
  new ProblemError(
    'too-many-requests',
    `There are too many requests of ${whose}; Retry-After says in how many seconds to ask again.`,
    { retryAfter: seconds, refusal: 'too many requests' },
  );
