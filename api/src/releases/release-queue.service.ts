import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { activeJobs, bringForward, jobsToDo, type KeptJob } from '@beltline/sql/postgres';
import type PgBoss from 'pg-boss';
import { DataSource } from 'typeorm';
import { SYSTEM } from '../access/viewer.ts';
import { addMonths, type Month, monthOf, numberOfMonth, firstDayOf } from '../core/calendar.ts';
import { LOGGER } from '../data/integrity/integrity.service.ts';
import type { Vintage } from '../data/versions/vintage.ts';
import { VintageService } from '../data/versions/vintage.service.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { putBack, startQueue, uuidOf } from '../platform/jobs.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { turns } from '../platform/turns.ts';
import { ReleaseMaker } from './release-maker.service.ts';
import { AUDIENCE, EDITION, ReleaseStore } from './release-store.service.ts';

const QUEUE = 'releases';
/** How often it is looked for months without a release. */
const LOOK_EVERY_MS = 5_000;

interface Job {
  readonly source: string;
  readonly month: Month;
}

/** Something else that is made of releases, by the same queue. */
export interface FurtherWork<W extends object = object> {
  readonly kind: string;
  /** What is to be made, each named by all that decides what it becomes. `priority`: the highest is made first; a month's release has `priorityOf` it. */
  wanted(): Promise<{ readonly name: readonly unknown[]; readonly of: W; readonly priority: number }[]>;
  /** Makes one, also again after a kill. @throws Error where it could not be made; it is tried again. */
  make(of: W): Promise<unknown>;
}
interface FurtherJob {
  readonly kind: string;
  readonly of: object;
}

export const priorityOf = (month: Month): number => numberOfMonth(firstDayOf(month));

/**
 * Makes what is missing, one month at a time whichever process does it, the latest first. A job is named by what it is to make, so that it
 * waits once however often it is asked for; and what was made is seen by whoever does it again, so that a kill at any moment makes no second one.
 */
@Injectable()
export class ReleaseQueue implements OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private readonly stopping = new AbortController();
  private boss: Promise<PgBoss> | null = null;
  private looking: Promise<void> | null = null;
  private readonly sent = new Set<string>();
  private readonly further: FurtherWork[] = [];
  private said = '';

  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(ReleaseMaker) private readonly maker: ReleaseMaker,
    @Inject(ReleaseStore) private readonly releases: ReleaseStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Aborted when the program ends: what is still being made is then put back. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** To be called before it begins. */
  also<W extends object>(work: FurtherWork<W>): void {
    this.further.push(work as unknown as FurtherWork);
  }

  /** Begins, and goes on until the program ends. */
  start(): void {
    if (this.config.BELTLINE_RELEASE_MONTHS === 0 || this.timer) return;
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
    this.look();
  }

  /** What is to be made of a kind and is not made yet; nothing where nothing is made by itself. */
  async jobs(kind: string): Promise<KeptJob[]> {
    return this.boss === null ? [] : this.boss.then(() => jobsToDo(this.store, QUEUE, kind));
  }

  /** Has one that failed for good tried once more. @returns whether there was such a one */
  async again(kind: string, id: string): Promise<boolean> {
    const failed = (await this.jobs(kind)).some((job) => job.id === id && job.state === 'failed');
    if (!failed || this.boss === null) return false;
    await (await this.boss).retry(QUEUE, id);
    this.look();
    return true;
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    if (this.timer) clearInterval(this.timer);
    await this.looking;
    const boss = await this.boss?.catch(() => null);
    await boss?.stop({ graceful: false, close: false });
  }

  private look(): void {
    this.looking ??= turns
      .behind(() => this.sendMissing())
      .then((boss) => boss !== null && this.workOff(boss))
      .catch((err: Error) => {
        // The engine or the store does not answer; said once.
        if (!this.stopping.signal.aborted && err.message !== this.said)
          this.logger.warn({ err }, 'It cannot be seen which months are to be released');
        this.said = err.message;
        return false;
      })
      .then((wasThere) => {
        this.looking = null;
        if (wasThere && !this.stopping.signal.aborted) this.look();
      });
  }

  private async sendMissing(): Promise<PgBoss | null> {
    const vintages = await this.vintages.all(SYSTEM);
    if (vintages.length === 0) return null;
    const boss = await this.started();
    await bringForward(this.store, QUEUE);
    for (const vintage of vintages) {
      const made = (await this.releases.published(vintage.source)).map(({ month }) => monthOf(month));
      const done = new Set([...made, ...(await this.releases.refused(vintage))]);
      const wanted = this.maker.wanted(vintage);
      const references = this.maker.references(vintage.loaded);
      for (const month of wanted) {
        // What the last months are told a level against comes as soon as what their growth is against.
        const like = references.includes(month) ? addMonths(wanted[0] ?? month, -12) : month;
        if (!done.has(month)) await this.sendMonth(boss, vintage, month, priorityOf(like));
      }
    }
    for (const work of this.further)
      for (const { name, of, priority } of await work.wanted())
        await this.send(boss, [work.kind, ...name], { kind: work.kind, of }, priority);
    return boss;
  }

  /**
   * The next job. Not by the workers of the library, which tell the store that a job is done without waiting: where the store has gone meanwhile,
   * that would end the product. @returns whether there was one
   */
  private async workOff(boss: PgBoss): Promise<boolean> {
    if (this.stopping.signal.aborted) return false;
    const [job] = await boss.fetch<Job | FurtherJob>(QUEUE);
    if (!job) return false;
    const { data } = job;
    let isDone = true;
    try {
      isDone = await turns.behind(() => ('kind' in data ? this.makeFurther(data) : this.make(data)));
    } catch (error) {
      if (this.stopping.signal.aborted) await putBack(boss, QUEUE, [job.id]);
      else
        await boss.fail(QUEUE, job.id, { message: error instanceof Error ? error.message : String(error) });
      return true;
    }
    if (isDone) await boss.complete(QUEUE, job.id);
    else await this.forget(boss, job.id);
    return true;
  }

  /** One that is done keeps its name from being sent again; of what was not made the name is free, for when it is wanted again. */
  private async forget(boss: PgBoss, id: string): Promise<void> {
    await boss.deleteJob(QUEUE, id);
    this.sent.delete(id);
  }

  private sendMonth(boss: PgBoss, vintage: Vintage, month: Month, priority: number): Promise<void> {
    const name = [vintage.source, month, AUDIENCE, EDITION, vintage.dataVersion, vintage.publishedAt];
    return this.send(boss, name, { source: vintage.source, month }, priority);
  }

  private async send(
    boss: PgBoss,
    name: readonly unknown[],
    data: Job | FurtherJob,
    priority: number,
  ): Promise<void> {
    const id = uuidOf(name);
    if (this.sent.has(id)) return;
    await boss.send(QUEUE, data, { id, priority, retryLimit: 5, retryDelay: 5, retryBackoff: true });
    this.sent.add(id);
  }

  private started(): Promise<PgBoss> {
    this.boss ??= this.begin().catch((error: unknown) => {
      this.boss = null;
      throw error;
    });
    return this.boss;
  }

  private async begin(): Promise<PgBoss> {
    const boss = await startQueue(this.store, QUEUE, (err) => {
      if (!this.stopping.signal.aborted) this.logger.warn({ err }, 'The queue of releases');
    });
    if (this.config.DATABASE_URL === undefined) await this.takeUp(boss);
    return boss;
  }

  /** The embedded store is this process's alone: who was at a job was killed. On a server their time runs out. */
  private async takeUp(boss: PgBoss): Promise<void> {
    const left = await activeJobs(this.store, QUEUE);
    if (left.length > 0) await putBack(boss, QUEUE, left);
  }

  /** What is of a kind that this version of the program does not make is done. */
  private async makeFurther({ kind, of }: FurtherJob): Promise<true> {
    try {
      await this.further.find((work) => work.kind === kind)?.make(of);
      return true;
    } catch (err) {
      if (!this.stopping.signal.aborted)
        this.logger.warn({ err, kind, ...of }, 'What is made of releases was not made; it is tried again');
      throw err;
    }
  }

  /** @returns whether it is there; a month that is not wanted any more, since fewer are to be released, is not made */
  private async make({ source, month }: Job): Promise<boolean> {
    try {
      const vintage = await this.vintages.of(SYSTEM, source);
      if (!this.maker.wanted(vintage).includes(month)) return false;
      const made = await this.maker.make(vintage, month, this.stopping.signal);
      if (made && !made.published)
        this.logger.error(
          { source, month, ...made.report },
          'The auditor refused a release; it is not published',
        );
      return true;
    } catch (err) {
      if (!this.stopping.signal.aborted)
        this.logger.warn({ err, source, month }, 'A release was not made; it is tried again');
      throw err;
    }
  }
}
