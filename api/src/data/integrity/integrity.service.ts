import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Damage,
  damageOf,
  damageOfNewest,
  type Findings,
  needsFiles,
  openDamage,
} from '@beltline/sql/clickhouse';
import { ClickHouseError } from '@beltline/sql/engine';
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
 * Compares what is stored with its seals when the program starts, when its engine was started anew, and when a question met
 * files that cannot be read; in the background. Figures that would be read from what is damaged are not served; nor are any
 * while nobody knows, because a comparison failed. They are while the first one runs.
 */
@Injectable()
export class IntegrityService implements OnApplicationBootstrap, OnModuleDestroy {
  private findings: Findings | null = null;
  private failed = false;
  /** Something happened since the last comparison that may have damaged what was sound. */
  private isInDoubt = true;
  private readonly closing = new AbortController();
  private running: Promise<void> | null = null;
  private isAskedAgain = false;
  /** How often the engine was started anew. */
  private starts = 0;
  /** Ends the wait before the next try. */
  private wake: () => void = () => undefined;

  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
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

  private get isUnknown(): boolean {
    return this.failed && this.isInDoubt;
  }

  /** What was found, of every source. */
  get damages(): readonly Damage[] {
    return this.findings?.damages ?? [];
  }

  /** Whether newest figures of any source are not served, the newest published versions being these. */
  isInTheWay(newest: readonly number[]): boolean {
    for (const version of newest) this.lookAgainAfter(version);
    return this.state === 'damaged' || this.state === 'unchecked';
  }

  /** Whether nothing is known that alters figures of a source as of a data version. */
  isSound(source: string, dataVersion: number): boolean {
    if (this.isUnknown) return false;
    return this.findings === null || damageOf(this.findings, source, dataVersion).length === 0;
  }

  /**
   * @throws ProblemError where figures of a source, as of a data version, would be read from what is damaged, or where nobody
   * knows whether they would.
   */
  assertSound(source: string, dataVersion: number): void {
    this.lookAgainAfter(dataVersion);
    const { findings } = this;
    const damages = findings ? damageOf(findings, source, dataVersion) : [];
    if (damages.length === 0 && this.isUnknown) throw new ProblemError('engine-unavailable', UNCHECKED);
    if (!findings || damages.length === 0) return;
    const open = openDamage(findings);
    const isMendable = damages.some((damage) => open.includes(damage));
    throw figuresDamaged(source, damages, isMendable ? remedyOf(source, damages) : BEYOND_REMEDY);
  }

  /** @throws ProblemError where a source, or any source, was published once and no version of it is listed any more. */
  assertNotLost(source: string | undefined): void {
    const lost = this.damages.filter(
      (one) => one.table === 'data_versions' && one.source === (source ?? one.source),
    );
    const [first] = lost;
    if (first) throw figuresDamaged(first.source, lost, remedyOf(first.source, lost));
  }

  /** What a version of a source was committed with, and that has been met as gone: it is looked for what else is. */
  lost(source: string, dataVersion: number, table: string): ProblemError {
    this.assertNotLost(source); // then it is the list that names a version which never was
    if (!this.damages.some((one) => one.table === table)) this.compare();
    const damage = { source, dataVersion, table, months: [], sealedRows: null, foundRows: 0 };
    return figuresDamaged(source, [damage], remedyOf(source, [damage]));
  }

  /** A version that was published since may have mended what was found. */
  private lookAgainAfter(dataVersion: number): void {
    const { damages = [], versions = [] } = this.findings ?? {};
    if (damages.length > 0 && !versions.some((one) => one.dataVersion === dataVersion)) this.compare();
  }

  /** What failed, failed on the engine that is gone; the one that was started is compared as at the first start. */
  private beginAnew(): void {
    this.starts++;
    this.failed = false;
    this.wake();
  }

  /** Compares, unless it is being done; then once more, since what is asked for may have come after what was read. */
  private compare(): void {
    this.isAskedAgain = true;
    this.running ??= this.run().finally(() => (this.running = null));
  }

  private async run(): Promise<void> {
    const { signal } = this.closing;
    let wait = FIRST_RETRY_MS;
    let maxSeconds = MAX_SECONDS;
    while (this.isAskedAgain && !signal.aborted) {
      this.isAskedAgain = false;
      const { starts } = this;
      try {
        const findings = await this.clickhouse.findDamage(signal, maxSeconds);
        this.tell(findings);
        this.findings = findings;
        this.failed = false;
        this.isInDoubt = this.isAskedAgain && this.isInDoubt;
      } catch (error) {
        if (signal.aborted) return;
        this.isAskedAgain = true;
        if (starts !== this.starts) continue;
        // What was found before stays: it is no longer sure, and nothing better is known.
        this.failed = true;
        this.logger.warn(
          { err: error, retryMs: wait },
          'What is stored could not be compared with its seals',
        );
        await this.pause(wait);
        // One that did not answer at all may be back at any moment.
        if (!(error instanceof ClickHouseError)) continue;
        wait = Math.min(wait * 2, SLOWEST_RETRY_MS);
        maxSeconds = Math.min(maxSeconds * 2, MOST_SECONDS);
      }
    }
  }

  private async pause(ms: number): Promise<void> {
    const woken = new AbortController();
    this.wake = () => woken.abort();
    const signal = AbortSignal.any([this.closing.signal, woken.signal]);
    await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }

  private tell({ damages }: Findings): void {
    for (const damage of damages) this.logger.error({ damage }, 'What is stored is not what was committed');
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
