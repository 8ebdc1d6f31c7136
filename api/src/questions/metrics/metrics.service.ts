import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Batch } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { countJobs } from '@beltline/sql/postgres';
import { Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { NAMES_ONLY, seesSource, type Viewer } from '../../access/viewer.ts';
import { Cache } from '../../platform/cache.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { ProgramMetrics } from '../../platform/metrics.ts';
import { within } from '../../platform/within.ts';
import { HealthService } from '../health/health.service.ts';
import { LoadsService } from '../loads/loads.service.ts';

/** A scrape waits no longer for what does not answer: what is known is told, and what is not is not there. */
const TIMEOUT_MS = 3_000;

const secondsOf = (moment: string): number => Date.parse(moment) / 1000;

/**
 * What is scraped: what the program counted, whether what it stands on is up, and of each source that the caller sees how new its
 * figures are and what its latest load came to. What cannot be asked has no series, so that an alert on its absence tells of it; whether the
 * engine and PostgreSQL are up is always there.
 */
@Injectable()
export class MetricsService {
  constructor(
    @Inject(ProgramMetrics) private readonly program: ProgramMetrics,
    @Inject(HealthService) private readonly health: HealthService,
    @Inject(LoadsService) private readonly loads: LoadsService,
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(Cache) private readonly cache: Cache,
    @InjectDataSource() private readonly store: DataSource,
  ) {}

  async written(viewer: Viewer): Promise<string> {
    const told = new Registry();
    await Promise.all([
      this.tellHealth(told, viewer),
      within(this.tellVersions(told, viewer), TIMEOUT_MS),
      within(this.tellLoads(told, viewer), TIMEOUT_MS),
      within(this.tellJobs(told), TIMEOUT_MS),
    ]);
    gauge(told, 'beltline_cache_bytes', 'Memory that kept rows, sums and answers take.').set(
      this.cache.bytes,
    );
    return this.program.written(told);
  }

  private async tellHealth(told: Registry, viewer: Viewer): Promise<void> {
    const { ready, checks, damage } = await this.health.check();
    gauge(told, 'beltline_ready', '1 where figures can be served.').set(Number(ready));
    const up = gauge(told, 'beltline_up', '1 where it answers: engine, postgres.', ['part']);
    up.set({ part: 'engine' }, Number(checks.clickhouse === 'up'));
    up.set({ part: 'postgres' }, Number(checks.postgres === 'up'));
    const damaged = gauge(told, 'beltline_damages', 'Stored figures that are not as they were committed.', [
      'source',
    ]);
    for (const { source } of damage) if (seesSource(viewer, source)) damaged.inc({ source });
  }

  private async tellVersions(told: Registry, viewer: Viewer): Promise<void> {
    const versions = await this.clickhouse.askNow(NAMES_ONLY, queries.currentVersions, { seen: [] });
    const ofSource = (name: string, help: string) => gauge(told, name, help, ['source']);
    const version = ofSource('beltline_data_version', 'The newest data version of a source.');
    const published = ofSource(
      'beltline_published_timestamp_seconds',
      'When the newest data version of a source was published.',
    );
    const through = ofSource(
      'beltline_data_through_timestamp_seconds',
      'The last day that has an order of a source, at its beginning in UTC.',
    );
    for (const { source, newest, newest_published_at, newest_data_through } of versions) {
      if (!seesSource(viewer, source)) continue;
      version.set({ source }, newest);
      published.set({ source }, secondsOf(newest_published_at));
      through.set({ source }, secondsOf(newest_data_through));
    }
  }

  private async tellLoads(told: Registry, viewer: Viewer): Promise<void> {
    const sources = await this.clickhouse.askNow(NAMES_ONLY, queries.loadSources, { batch_id: 0 });
    const seen = sources.filter(({ source }) => seesSource(viewer, source));
    const latest = await Promise.all(
      seen.map(({ source }) => this.loads.list(viewer, { source, limit: 1, after: undefined })),
    );
    const gauges = loadGauges(told);
    for (const { loads } of latest) for (const load of loads) tellLoad(gauges, load);
  }

  private async tellJobs(told: Registry): Promise<void> {
    const jobs = gauge(
      told,
      'beltline_jobs',
      'Jobs in the background that are not done, by queue and state.',
      ['queue', 'state'],
    );
    for (const { queue, state, count } of await countJobs(this.store)) jobs.set({ queue, state }, count);
  }
}

function gauge<Label extends string>(
  told: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Gauge<Label> {
  return new Gauge({ name, help, labelNames, registers: [told] });
}

const loadGauges = (told: Registry) => ({
  state: gauge(told, 'beltline_load_state', '1 for the state that the latest load of a source is in.', [
    'source',
    'state',
  ]),
  started: gauge(told, 'beltline_load_started_timestamp_seconds', 'When the latest load of a source began.', [
    'source',
  ]),
  finished: gauge(
    told,
    'beltline_load_finished_timestamp_seconds',
    'When the latest load of a source ended; not there while it is under way.',
    ['source'],
  ),
  lines: gauge(
    told,
    'beltline_load_lines',
    'Order lines of the latest load: read, loaded, superseded, rejected, ignored.',
    ['source', 'outcome'],
  ),
  balanced: gauge(
    told,
    'beltline_load_balanced',
    '1 where lines, quantity and amount read are those loaded, superseded, rejected and ignored.',
    ['source'],
  ),
});

function tellLoad(gauges: ReturnType<typeof loadGauges>, load: Batch): void {
  const { source, state, startedAt, finishedAt, reconciliation } = load;
  gauges.state.set({ source, state }, 1);
  gauges.started.set({ source }, secondsOf(startedAt));
  if (finishedAt !== null) gauges.finished.set({ source }, secondsOf(finishedAt));
  for (const { measure, balanced: _, ...sides } of reconciliation)
    if (measure === 'lines')
      for (const [outcome, lines] of Object.entries(sides)) gauges.lines.set({ source, outcome }, lines);
  gauges.balanced.set({ source }, Number(reconciliation.every(({ balanced }) => balanced)));
}
