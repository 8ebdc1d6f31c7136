import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { queries } from '@beltline/sql/clickhouse';
import { firstDayOf, lastDayOf, type Month, monthOf } from '../core/calendar.ts';
import { VersionCache } from '../data/versions/version-cache.ts';
import { asSystem, type Vintage, type VersionOf } from '../data/versions/vintage.ts';
import { VintageService } from '../data/versions/vintage.service.ts';
import { rulesAmongMembers, rulesOf } from '../disclosure/rules.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { turns } from '../platform/turns.ts';
import {
  addQuarters,
  firstMonthFor,
  type FrozenQuarter,
  frozenQuarters,
  monthsOfQuarter,
} from './frozen-quarters.ts';
import { type BeltAbout, groupedQuarter, type KnownQuarter } from './peer-quarter.ts';
import { PROGRAMME_BITS, UNION_BITS } from './peer-measures.ts';

const FROZEN = { kind: 'series', name: 'peer-quarters' } as const;
const GROUPED = { kind: 'series', name: 'peer-groups' } as const;

/** Whoever looks at a new version asks first. */
const PREPARE_AFTER_MS = 1_000;

/**
 * Peer groups of a source, made once a quarter and data version for all of their members. Those of the latest quarter are made in the background when a
 * version is first seen, behind the steps of every question, so that the first member need not wait for them.
 */
@Injectable()
export class PeerQuartersService implements OnModuleDestroy {
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(VersionCache) private readonly cache: VersionCache,
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(VintageService) vintages: VintageService,
  ) {
    vintages.onNew((vintage) => {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        // What fails here fails again, and is told, where it is asked for.
        void turns.behind(() => this.prepare(vintage)).catch(() => undefined);
      }, PREPARE_AFTER_MS);
      this.timers.add(timer);
    });
  }

  onModuleDestroy(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async prepare(vintage: Vintage): Promise<void> {
    const [latest] = await this.frozen(vintage);
    if (latest) await this.of(vintage, latest);
  }

  /** The quarters that were ever whole, the latest first, each with the version that it is told as of. @throws EngineError */
  async frozen(vintage: Vintage): Promise<readonly FrozenQuarter[]> {
    const whole = asSystem(vintage);
    return this.cache.of(whole, FROZEN, {}, async () => {
      const rows = await this.clickhouse.askNow(whole.scope, queries.versionMonths, {
        data_version: vintage.dataVersion,
        time_zone: vintage.timeZone,
      });
      return frozenQuarters(
        rows.map((row) => ({
          version: row.data_version,
          publishedOn: row.published_on,
          dataThrough: row.data_through,
          months: row.month_list.map((day, at) =>
            spanOf(monthOf(day), row.first_list[at], row.last_list[at]),
          ),
        })),
      );
    });
  }

  /** The groups of a quarter as of its version. @throws EngineError */
  of(vintage: Vintage, frozen: FrozenQuarter): Promise<KnownQuarter> {
    const version = versionOf(vintage, frozen);
    return this.cache.of(version, GROUPED, { quarter: frozen.quarter }, async () => {
      const base = addQuarters(frozen.quarter, -4);
      const months = monthsOfQuarter(frozen.quarter);
      const parameters = { data_version: frozen.version };
      const [rows, belts, sold] = await Promise.all([
        this.clickhouse.askNow(version.scope, queries.peerSums, {
          ...parameters,
          months: months.map(firstDayOf),
          baseline_months: monthsOfQuarter(base).map(firstDayOf),
          track_bits: [...PROGRAMME_BITS, UNION_BITS],
        }),
        this.clickhouse.ask(version.scope, queries.belts, {
          ...parameters,
          as_of: lastDayOf(months.at(-1) as Month),
        }),
        this.clickhouse.askNow(version.scope, queries.ownerBelts, {
          ...parameters,
          from: firstDayOf(firstMonthFor(frozen.quarter)),
          to: firstDayOf(months.at(-1) as Month),
        }),
      ]);
      const about = belts.map((row): BeltAbout => ({
        beltId: row.belt_id,
        name: { zh: row.name_zh, en: row.name_en },
        category: row.category_zh,
        goods: { zh: row.category_zh, en: row.category_en },
        province: row.province,
        city: row.city,
      }));
      const rules = rulesAmongMembers(rulesOf(this.config));
      const grouped = await groupedQuarter(rows, about, frozen.whole.has(base), rules);
      return { ...grouped, beltsOf: new Map(sold.map((row) => [row.owner, row.belts])) };
    });
  }
}

/** What is kept of a quarter is the same whatever the version that it was asked at. */
export const versionOf = (vintage: Vintage, { version, publishedOn }: FrozenQuarter): VersionOf => ({
  ...asSystem({ ...vintage, dataVersion: version, publishedAt: publishedOn }),
});

/** Days are told as 1970-01-01 where none is left, and not at all in versions from before they were kept. */
function spanOf(month: Month, firstDay: string | undefined, lastDay: string | undefined) {
  if (firstDay === undefined || lastDay === undefined) return { month };
  return { month, known: firstDay > '1970-01-01' ? { month, firstDay, lastDay } : null };
}
