import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  activeJobs,
  bringForward,
  forgetDeliveries,
  forgetDropped,
  planReports,
  planStandings,
} from '@beltline/sql/postgres';
import type PgBoss from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../access/audit.service.ts';
import { SYSTEM } from '../access/viewer.ts';
import { LOGGER } from '../data/integrity/integrity.service.ts';
import { VintageService } from '../data/versions/vintage.service.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { putBack, startQueue } from '../platform/jobs.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { Letters } from './letters.service.ts';
import { MailStore, type Delivery } from './mail-store.service.ts';
import { MailTransport } from './mail-transport.service.ts';
import type { SendOutcome } from './send-outcome.ts';
import { latestWholeMonth } from './whole-month.ts';

const QUEUE = 'mail';
const LOOK_EVERY_MS = 5_000;
const ENQUEUE_EVERY_MS = 1_000;
/** So long a mail that is being handed over has when the program ends. */
const ENDING_MS = 8_000;
/** Jobs that are made at once. */
const AT_ONCE = 200;
/** A server that is away is asked for again after so long, at first and at most. */
const PAUSE_MS = { first: 2_000, most: 300_000 } as const;
const DAY_MS = 24 * 3_600_000;
/** What came out longer ago is not mailed any more, and what waits for longer is given up. */
export const LATEST_MS = 3 * DAY_MS;
/** How often one mail is put off: with a minute at first, and twice as long each time, about a day. */
export const MOST_TRIES = 10;
/** After so long it is asked again whether a merchant may be sent what they might not. */
const AGAIN_MS = 3_600_000;
/** What became of a mail is known for so long. */
const KEPT_MS = 180 * DAY_MS;
/** The queue gives up by itself never: who is sent what is decided by the mail's own row. */
const NEVER = 10_000;
const PRIORITY = { confirm: 2, report: 1, standing: 0 } as const;

/**
 * Sends what is wanted, one mail at a time whichever process does it. What is wanted is read from what was released and who subscribed, and not from events, so
 * that nothing is missed by a kill; and each mail is a row that ends once, so that nothing is sent twice, but where the process ends between the answer of the
 * mail server and the writing of it. Such a mail is sent again under the same Message-ID.
 */
@Injectable()
export class MailQueue implements OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private readonly stopping = new AbortController();
  /** Ends also what is being handed over. */
  private readonly ending = new AbortController();
  /** What a server took and is not written down yet, because the store did not answer: by its mail, what the server said. */
  private readonly handedOver = new Map<string, string>();
  private boss: Promise<PgBoss> | null = null;
  private looking: Promise<void> | null = null;
  private pauseMs = 0;
  private said = '';

  constructor(
    @Inject(MailStore) private readonly store: MailStore,
    @Inject(MailTransport) private readonly transport: MailTransport,
    @Inject(Letters) private readonly letters: Letters,
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Begins, and goes on until the program ends. Where mail is not set up, nothing is done and nothing kept to be done. */
  start(): void {
    if (!this.transport.settings || this.timer) return;
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
    this.look();
  }

  /** At once, where something is wanted that somebody waits for. */
  look(): void {
    if (!this.timer || this.stopping.signal.aborted) return;
    this.looking ??= this.workOff()
      .then(() => void (this.said = ''))
      .catch((err: Error) => {
        // The engine or the store does not answer; said once.
        if (!this.stopping.signal.aborted && err.message !== this.said)
          this.logger.warn({ err }, 'Mail cannot be sent');
        this.said = err.message;
      })
      .then(() => void (this.looking = null));
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    if (this.timer) clearInterval(this.timer);
    const ending = setTimeout(() => this.ending.abort(), ENDING_MS);
    await this.looking;
    clearTimeout(ending);
    const boss = await this.boss?.catch(() => null);
    await boss?.stop({ graceful: false, close: false });
  }

  private async workOff(): Promise<void> {
    await this.plan();
    const boss = await this.started();
    await bringForward(this.store.store, QUEUE);
    await this.enqueue(boss);
    let enqueued = Date.now();
    while (!this.stopping.signal.aborted && (await this.isServerThere())) {
      const [job] = await boss.fetch<{ id: string }>(QUEUE);
      if (!job) return;
      await this.work(boss, job);
      // Of a thousand mails somebody who has just entered an address does not wait for the last.
      if (Date.now() - enqueued < ENQUEUE_EVERY_MS) continue;
      await this.enqueue(boss);
      enqueued = Date.now();
    }
  }

  /** What is wanted, from what there is. */
  private async plan(): Promise<void> {
    const now = new Date();
    const { store } = this.store;
    await planReports(store, now, new Date(now.getTime() - LATEST_MS));
    await forgetDeliveries(store, new Date(now.getTime() - KEPT_MS));
    // Reports are in the store: they do not wait for an engine that is away.
    const vintages = await this.vintages.all(SYSTEM).catch(() => []);
    for (const { source, loaded } of vintages) {
      const month = latestWholeMonth(loaded);
      if (month === null) continue;
      await forgetDropped(store, new Date(now.getTime() - AGAIN_MS), { source, month });
      await planStandings(store, now, { source, month });
    }
  }

  /** A job for each mail; where it has one already, because a process ended in between, that is it. */
  private async enqueue(boss: PgBoss): Promise<void> {
    for (let waiting = await this.store.unqueued(AT_ONCE); waiting.length > 0;) {
      await boss.insert(
        waiting.map(({ id, topic }) => ({
          ...{ id, name: QUEUE, data: { id }, priority: PRIORITY[topic] },
          ...{ retryLimit: NEVER, retryDelay: this.config.BELTLINE_MAIL_RETRY_SECONDS, retryBackoff: true },
        })),
      );
      await this.store.queued(waiting.map(({ id }) => id));
      waiting = await this.store.unqueued(AT_ONCE);
    }
  }

  private async work(boss: PgBoss, { id: jobId, data: { id } }: PgBoss.Job<{ id: string }>): Promise<void> {
    let putOff: string | null;
    try {
      putOff = await this.send(id);
    } catch (err) {
      if (this.stopping.signal.aborted) return putBack(boss, QUEUE, [jobId]);
      this.logger.warn({ err, mail: id }, 'A mail was not composed; it is tried again');
      putOff = 'it was not composed';
    }
    if (putOff === null) await boss.complete(QUEUE, jobId);
    else await boss.fail(QUEUE, jobId, { message: putOff });
  }

  /** @returns why it is to be tried again; null where it has ended */
  private async send(id: string): Promise<string | null> {
    const delivery = await this.store.delivery(id);
    if (delivery?.state !== 'waiting') return null;
    const taken = this.handedOver.get(id);
    if (taken !== undefined) {
      await this.sent(delivery, taken, 'written down later');
      return null;
    }
    if (delivery.tries >= MOST_TRIES || Date.now() - delivery.plannedAt.getTime() > LATEST_MS) {
      await this.store.end(delivery, { state: 'failed', reason: 'gave-up', answer: delivery.answer });
      return null;
    }
    const composed = await this.letters.of(delivery);
    if ('not' in composed) {
      await this.store.end(delivery, { state: 'dropped', reason: composed.not, answer: null });
      return null;
    }
    const { letter, address, name } = composed;
    await this.store.begin(delivery);
    const outcome = await this.transport.send(letter, { address, id, signal: this.ending.signal });
    if (outcome.kind !== 'unreachable') this.pauseMs = 0;
    return this.became(delivery, outcome, name);
  }

  private async became(delivery: Delivery, outcome: SendOutcome, name: string): Promise<string | null> {
    const { answer } = outcome;
    switch (outcome.kind) {
      case 'sent':
        this.handedOver.set(delivery.id, answer);
        await this.sent(delivery, answer, name);
        return null;
      case 'refused': {
        const { isBounce } = outcome;
        await this.store.end(delivery, { state: 'failed', reason: 'refused', answer }, { isBounce });
        this.logger.warn({ mail: delivery.id, user: delivery.userId, answer }, 'A mail was refused for good');
        return null;
      }
      case 'put-off':
        await this.store.putOff(delivery, { reason: 'put-off', answer, isOwn: true });
        return answer;
      case 'unreachable':
        if (this.pauseMs === 0)
          this.logger.warn({ answer }, 'The mail server does not take mail; it is tried again');
        this.pauseMs = Math.min(PAUSE_MS.most, this.pauseMs * 2 || PAUSE_MS.first);
        await this.store.putOff(delivery, { reason: 'unreachable', answer, isOwn: false });
        return answer;
    }
  }

  private async sent(delivery: Delivery, answer: string, name: string): Promise<void> {
    const tell = (manager: EntityManager) => this.audit.tellWithin(manager, [told(delivery, name)]);
    await this.store.end(delivery, { state: 'sent', reason: null, answer }, { tell });
    this.handedOver.delete(delivery.id);
  }

  /** After a failure that was the server's, it is waited until it lets us in again, so that no mail is tried in vain meanwhile. */
  private async isServerThere(): Promise<boolean> {
    while (this.pauseMs > 0) {
      await sleep(this.pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) return false;
      if (await this.transport.isThere()) return true;
      this.pauseMs = Math.min(PAUSE_MS.most, this.pauseMs * 2);
    }
    return true;
  }

  private started(): Promise<PgBoss> {
    this.boss ??= this.begin().catch((error: unknown) => {
      this.boss = null;
      throw error;
    });
    return this.boss;
  }

  private async begin(): Promise<PgBoss> {
    const { store } = this.store;
    const boss = await startQueue(store, QUEUE, (err) => {
      if (!this.stopping.signal.aborted) this.logger.warn({ err }, 'The queue of mail');
    });
    // The embedded store is this process's alone: who was at a job was killed. On a server their time runs out.
    const left = this.config.DATABASE_URL === undefined ? await activeJobs(store, QUEUE) : [];
    if (left.length > 0) await putBack(boss, QUEUE, left);
    return boss;
  }
}

const told = ({ userId, topic }: Delivery, name: string) => ({
  ...({ event: 'mailed', actor: null, subject: userId, detail: `${topic}: ${name}` } as const),
});
