import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  type Damage,
  damageOf,
  damageOfNewest,
  type Findings,
  needsFiles,
  openDamage,
} from '@beltline/sql/clickhouse';
import { ClickHouseError } from '@beltline/sql/engine';
import { Cache } from '../../platform/cache.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import { ProblemError } from '../../platform/problem/problem-error.ts';

/**
 * `checking`: not compared yet since the engine started; `unchecked`: the engine did not let it be compared, and since it was
 * started or something could not be read, nobody knows what is sound.
 */
export type Integrity = 'checking' | 'sound' | 'damaged' | 'unchecked';

/** Token of the program's log. */
export const LOGGER = Symbol('logger');

const FIRST_RETRY_MS = 5_000;
/** Figures wait for it. */
const SLOWEST_RETRY_MS = 30_000;
/** How long a table may take at first, and at most: one that takes longer is given twice the time at the next try. */
const MAX_SECONDS = 60;
const MOST_SECONDS = 3_600;
/**
 * What was found damaged is compared again while anybody asks for it: it may have been mended or put back without a new version. Not
 * before so long has gone by, nor before ten times as long as the last comparison took.
 */
const AGAIN_MS = 5_000;
const AGAIN_TIMES = 10;
/** How long a question waits to hear whether a version that is new has mended what was found. The demo is compared in a second. */
const LOOK_MS = 5_000;

/**
 * Compares what is stored with its seals when the program starts, when its engine was started anew, and when a question met
 * files that cannot be read; in the background. Figures that would be read from what is damaged are not served; nor are any
 * while nobody knows, because a comparison failed. They are while the first one runs. A version that was published since may
 * have mended what was found (a rebuild does): then it compares once more, and what asks for that version waits for it.
 */
@Injectable()
export class IntegrityService implements OnApplicationBootstrap, OnModuleDestroy {
  private findings: Findings | null = null;
  /** Of sources that a rebuild would mend, if it may begin: it is refused where lines are lost too. From them no figure is read. */
  private lostLines: readonly Damage[] = [];
  private readingLines = new AbortController();
  private failed = false;
  /** Something happened since the last comparison that may have damaged what was sound. */
  private isInDoubt = true;
  private readonly closing = new AbortController();
  private running: Promise<void> | null = null;
  private isAskedAgain = false;
  /** Versions since what was found, for which it was compared anew: once each, whatever comes of it. */
  private readonly lookedFor = new Set<number>();
  /** The comparison that is being made. */
  private round: Promise<void> = Promise.resolve();
  /** To be set by specs, which do not wait for so long. */
  lookMs = LOOK_MS;
  againMs = AGAIN_MS;
  /** The last comparison, on the clock that nobody sets back. */
  private last = { ended: 0, tookMs: 0 };
  private readonly listeners: ((source: string) => void)[] = [];
  /** How often the engine was started anew. */
  private starts = 0;
  /** Ends the wait before the next try. */
  private wake: () => void = () => undefined;

  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(Cache) private readonly cache: Cache,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    clickhouse.onDoubt((isAnew) => {
      this.isInDoubt = true;
      this.compare();
      if (isAnew) this.beginAnew();
    });
  }

  onApplicationBootstrap(): void {
    this.compare();
  }

  async onModuleDestroy(): Promise<void> {
    this.closing.abort();
    await this.running;
  }

  get state(): Integrity {
    if (this.findings && damageOfNewest(this.findings).length > 0) return 'damaged';
    if (this.isUnknown) return 'unchecked';
    return this.findings ? 'sound' : 'checking';
  }

  /** Whether it has been compared since anything happened that may have damaged it: then what is served is what was committed. */
  get isCompared(): boolean {
    return this.findings !== null && !this.isInDoubt;
  }

  /** Until a comparison is not under way, or has come to an end since anything happened that may have damaged what is stored. */
  async whenCompared(): Promise<void> {
    while (this.running && !this.isCompared) await this.running;
  }

  /** Is told of each source that was found otherwise damaged than before. */
  onDamaged(listener: (source: string) => void): void {
    this.listeners.push(listener);
  }

  private get isUnknown(): boolean {
    return this.failed && this.isInDoubt;
  }

  /** What was found, of every source. */
  get damages(): readonly Damage[] {
    return this.findings?.damages ?? [];
  }

  /** Whether newest figures of any source are not served, the newest published versions being these. */
  async isInTheWay(newest: readonly number[]): Promise<boolean> {
    await this.lookAgainAfter(newest);
    return this.state === 'damaged' || this.state === 'unchecked';
  }

  /** Whether nothing is known that alters figures of a source as of a data version. */
  async isSound(source: string, dataVersion: number): Promise<boolean> {
    await this.lookAgainAfter([dataVersion]);
    if (this.isUnknown) return false;
    return this.findings === null || damageOf(this.findings, source, dataVersion).length === 0;
  }

  /**
   * @throws ProblemError where figures of a source, as of a data version, would be read from what is damaged, or where nobody
   * knows whether they would.
   */
  async assertSound(source: string, dataVersion: number): Promise<void> {
    await this.lookAgainAfter([dataVersion]);
    const { findings } = this;
    const damages = findings ? damageOf(findings, source, dataVersion) : [];
    if (damages.length === 0 && this.isUnknown) throw new ProblemError('engine-unavailable', UNCHECKED);
    if (!findings || damages.length === 0) return;
    const open = openDamage(findings);
    const isMendable = damages.some((damage) => open.includes(damage));
    throw figuresDamaged(source, damages, isMendable ? this.remedyOf(source, damages) : BEYOND_REMEDY);
  }

  /** @throws ProblemError where a source, or any source, was published once and no version of it is listed any more. */
  assertNotLost(source: string | undefined): void {
    const lost = this.damages.filter(
      (one) => one.table === 'data_versions' && one.source === (source ?? one.source),
    );
    const [first] = lost;
    if (first) throw figuresDamaged(first.source, lost, this.remedyOf(first.source, lost));
  }

  /** What a version of a source was committed with, and that has been met as gone: it is looked for what else is. */
  lost(source: string, dataVersion: number, table: string): ProblemError {
    this.assertNotLost(source); // then it is the list that names a version which never was
    if (!this.damages.some((one) => one.table === table)) this.compare();
    const damage = { source, dataVersion, table, months: [], sealedRows: null, foundRows: 0 };
    return figuresDamaged(source, [damage], this.remedyOf(source, [damage]));
  }

  /**
   * What was found may have been mended since: compared again in the background now and then, and for versions that were published
   * since it waits for a while to hear whether they have.
   */
  private async lookAgainAfter(dataVersions: readonly number[]): Promise<void> {
    const waitMs = Math.max(this.againMs, AGAIN_TIMES * this.last.tookMs);
    if (this.damages.length > 0 && !this.running && performance.now() > this.last.ended + waitMs)
      this.compare();
    const isUnknown = (dataVersion: number): boolean =>
      this.damages.length > 0 && !this.findings?.versions.some((one) => one.dataVersion === dataVersion);
    const unknown = dataVersions.filter(isUnknown);
    if (unknown.length === 0) return;
    if (unknown.some((version) => !this.lookedFor.has(version))) this.compare();
    for (const version of unknown) this.lookedFor.add(version);
    const answered = new AbortController();
    let isLate = false;
    const late = sleep(this.lookMs, undefined, { signal: answered.signal, ref: false }).then(
      () => void (isLate = true),
      () => undefined,
    );
    let ended: Promise<void> | null = null;
    while (this.running && !this.failed && !isLate && unknown.some(isUnknown)) {
      // A round that has ended says nothing new, and waiting for it would let nothing else be done: neither timers nor answers of the engine.
      const { round } = this;
      await Promise.race([round === ended ? this.running : round, late]);
      ended = round;
    }
    answered.abort();
  }

  /** What failed, failed on the engine that is gone; the one that was started is compared as at the first start. */
  private beginAnew(): void {
    this.cache.forget(); // it may have another store
    this.starts++;
    this.failed = false;
    this.wake();
  }

  /** Compares, unless it is being done; then once more, since what is asked for may have come after what was read. */
  private compare(): void {
    this.isAskedAgain = true;
    this.readingLines.abort(); // it is asked again after what comes now
    this.running ??= this.run().finally(() => (this.running = null));
  }

  private async run(): Promise<void> {
    const started = performance.now();
    try {
      await this.compareUntilKnown();
    } finally {
      const ended = performance.now();
      this.last = { ended, tookMs: ended - started };
    }
  }

  private async compareUntilKnown(): Promise<void> {
    const { signal } = this.closing;
    let wait = FIRST_RETRY_MS;
    let maxSeconds = MAX_SECONDS;
    while (this.isAskedAgain && !signal.aborted) {
      this.isAskedAgain = false;
      const { starts } = this;
      const comparing = this.compareOnce(maxSeconds, wait);
      this.round = comparing.then(() => undefined);
      const failure = await comparing;
      if (signal.aborted) return;
      if (failure === null) {
        await this.lookAtLines(signal);
        continue;
      }
      this.isAskedAgain = true;
      if (starts !== this.starts) continue;
      await this.pause(wait);
      // One that did not answer at all may be back at any moment.
      if (!(failure.cause instanceof ClickHouseError)) continue;
      wait = Math.min(wait * 2, SLOWEST_RETRY_MS);
      maxSeconds = Math.min(maxSeconds * 2, MOST_SECONDS);
    }
  }

  /** Compares; null, or what was in the way. */
  private async compareOnce(maxSeconds: number, retryMs: number): Promise<{ cause: unknown } | null> {
    const { starts } = this;
    try {
      const findings = await this.clickhouse.findDamage(this.closing.signal, maxSeconds);
      // What was read from what is damaged, or before it was mended, is not what was committed.
      if (!isDeepStrictEqual(findings.damages, this.damages)) {
        this.tell(findings);
        this.cache.forget();
      }
      this.findings = findings;
      this.failed = false;
      this.isInDoubt = this.isAskedAgain && this.isInDoubt;
      return null;
    } catch (cause) {
      if (this.closing.signal.aborted || starts !== this.starts) return { cause };
      // What was found before stays: it is no longer sure, and nothing better is known.
      this.failed = true;
      this.logger.warn({ err: cause, retryMs }, 'What is stored could not be compared with its seals');
      return { cause };
    }
  }

  /** Which command mends what was found hangs on the lines; they are compared where that is a question, and nobody waits for it. */
  private async lookAtLines(signal: AbortSignal): Promise<void> {
    this.lostLines = [];
    if (!this.findings || this.isAskedAgain) return;
    this.readingLines = new AbortController();
    const until = AbortSignal.any([signal, this.readingLines.signal]);
    const open = openDamage(this.findings);
    for (const source of new Set(open.map((damage) => damage.source))) {
      if (needsFiles(open.filter((damage) => damage.source === source))) continue;
      const lost = await this.clickhouse.findLostLines(source, until).catch(() => []);
      this.lostLines = [...this.lostLines, ...lost];
    }
  }

  private remedyOf(source: string, damages: readonly Damage[]): string {
    return remedyOf(source, [...damages, ...this.lostLines.filter((one) => one.source === source)]);
  }

  private async pause(ms: number): Promise<void> {
    const woken = new AbortController();
    this.wake = () => woken.abort();
    const signal = AbortSignal.any([this.closing.signal, woken.signal]);
    await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }

  private tell({ damages }: Findings): void {
    for (const damage of damages) this.logger.error({ damage }, 'What is stored is not what was committed');
    for (const source of new Set(damages.map((damage) => damage.source)))
      for (const listener of this.listeners) listener(source);
    if (damages.length === 0 && this.damages.length > 0) this.logger.info('What is stored is whole again');
  }
}

/** A rebuild makes figures from lookups, and refuses to begin where those are lost: they come first. */
const remedyOf = (source: string, damages: readonly Damage[]): string =>
  'Whoever runs the program mends it: ' +
  (damages.some(({ forbidden }) => forbidden)
    ? 'the account that it runs under may not read them; let it read and change everything in the data directory, and start again.'
    : (damages.some((one) => one.foundRows === null && needsFiles([one]))
        ? `first npm run etl -- rebuild ${source}, which sets aside what cannot be read and ends with code 5; `
        : '') +
      (needsFiles(damages)
        ? `first load every file of these months and the lookups once more, npm run etl -- load ${source} --again --files …, then `
        : '') +
      `npm run etl -- rebuild ${source}. No orders are lost by that.`);

const UNCHECKED =
  'What is stored could not be compared with what was committed, so nobody knows whether figures would be right. It is tried again ' +
  'every half minute; the log of the program says what is in the way.';

const BEYOND_REMEDY =
  'They are of an earlier publication, and the orders as they were then are no longer there. The newest figures are not concerned.';

const MONTHS_NAMED = 3;

function figuresDamaged(source: string, damages: readonly Damage[], remedy: string): ProblemError {
  const tables = [...new Set(damages.map(({ table }) => table))].join(', ');
  const months = [...new Set(damages.flatMap((damage) => damage.months))]
    .sort()
    .map((month) => month.slice(0, 7));
  const named =
    months.length > MONTHS_NAMED
      ? ` (${months.length} months, ${months[0]} to ${months.at(-1)})`
      : months.length > 0
        ? ` (${months.join(', ')})`
        : '';
  return new ProblemError(
    'figures-damaged',
    `Parts of what was stored of ${source} are lost or damaged: ${tables}${named}. The figures are not served, because they would be wrong. ${remedy}`,
  );
}
