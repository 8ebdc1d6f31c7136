import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Health } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { DataSource } from 'typeorm';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { IntegrityService } from '../../data/integrity/integrity.service.ts';
import { problemOf } from '../../platform/problem/problem-of.ts';
import { within } from '../../platform/within.ts';
import { NAMES_ONLY } from '../../access/viewer.ts';

/** Token of the function that says whether the first load is under way. */
export const LOADING = Symbol('loading');

const TIMEOUT_MS = 3_000;
const NO_ANSWER = 'The store of annotations does not answer in time.';

@Injectable()
export class HealthService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @InjectDataSource() private readonly store: DataSource,
    @Inject(IntegrityService) private readonly integrity: IntegrityService,
    @Inject(LOADING) private readonly loading: () => boolean,
  ) {}

  /**
   * Ready = figures can be served: the engine answers, something has been published, and no source's figures are damaged.
   * Notes may be down; it says so.
   */
  async check(): Promise<Health> {
    const [versions, store] = await Promise.all([
      within(this.clickhouse.askNow(NAMES_ONLY, queries.currentVersions, { seen: [] }), TIMEOUT_MS),
      within(
        this.store.query('SELECT 1').then(
          () => ({ fault: null }),
          (error: unknown) => ({ fault: problemOf(error).message }),
        ),
        TIMEOUT_MS,
      ),
    ]);
    const notes = store === null ? NO_ANSWER : store.fault;
    const dataVersion = versions?.length ? Math.max(...versions.map((version) => version.newest)) : null;
    // That nothing was loaded is known once it has been compared with what was committed, and none of that is lost.
    const none = versions !== null && this.integrity.state === 'sound' ? 'empty' : 'unknown';
    const data = dataVersion !== null ? 'loaded' : this.loading() ? 'loading' : none;
    const ready =
      versions !== null &&
      data === 'loaded' &&
      (await within(this.integrity.isInTheWay(versions.map((version) => version.newest)), TIMEOUT_MS)) ===
        false;
    return {
      live: true,
      ready,
      checks: {
        clickhouse: versions ? 'up' : 'down',
        postgres: notes === null ? 'up' : 'down',
        data,
        figures: this.integrity.state,
      },
      damage: this.integrity.damages.map(({ forbidden: _, ...damage }) => ({
        ...damage,
        months: [...damage.months],
      })),
      notes,
      dataVersion,
    };
  }
}
