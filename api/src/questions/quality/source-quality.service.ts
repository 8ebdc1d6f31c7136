import { Inject, Injectable } from '@nestjs/common';
import type { QualityAnswer } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { known } from '../../core/brief-figure.ts';
import { addDays, type Day, monthOf, monthsThrough } from '../../core/calendar.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import { areaBelts, type ResolvedArea } from '../../data/areas/area.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';

const DAY_SECONDS = 86_400;

type OfSource = Pick<QualityAnswer, 'completeness' | 'timeliness'> & {
  readonly comparability: Pick<
    QualityAnswer['comparability'],
    'mappings' | 'movedMerchants' | 'alteredBelts'
  >;
};

/** What was loaded and what not, and when: what is told of a source before any figure is made of it. */
@Injectable()
export class SourceQualityService {
  constructor(@Inject(ClickHouseService) private readonly clickhouse: ClickHouseService) {}

  /** As of the version, of which loads that came later tell nothing. @throws EngineError */
  async of(vintage: Vintage, area: ResolvedArea): Promise<OfSource> {
    const { scope, loaded } = vintage;
    const version = { data_version: vintage.dataVersion };
    const [[loads], rejects, [lines]] = await Promise.all([
      this.clickhouse.askNow(scope, queries.loadQuality, version),
      this.clickhouse.askNow(scope, queries.rejectsThrough, version),
      this.clickhouse.askNow(scope, queries.placedLines, {
        ...version,
        ...areaBelts(area),
        wholesale_bit: TRACK_BIT.wholesale,
      }),
    ]);
    const seesAll = scope.belts === 'everything';
    const { notLoaded = [], edges = [] } = loaded;
    const months = monthsThrough(monthOf(loaded.firstDay), monthOf(loaded.dataThrough));
    const gmv = lines?.gmv_sum ?? 0;
    return {
      completeness: {
        firstDay: loaded.firstDay,
        months: months.length - notLoaded.length,
        notLoaded: [...notLoaded],
        edges: edges.map(({ month, firstDay, lastDay }) => ({ month, firstDay, lastDay })),
        loads: seesAll && loads ? loadsOf(loads, rejects) : null,
        lines: {
          counted: lines?.row_count ?? 0,
          withoutBelt: lines?.lines_without_belt ?? 0,
          ofOwnOwner: lines?.lines_of_own_owner ?? 0,
          withoutTrack: lines?.lines_without_track ?? 0,
          valueInBelts: known(gmv > 0 ? 1 - (lines?.gmv_without_belt ?? 0) / gmv : null, 'baseline-zero'),
        },
      },
      timeliness: {
        lagDays: lagOf(vintage),
        longestGapDays: seesAll && loads && loads.longest_gap > 0 ? loads.longest_gap / DAY_SECONDS : null,
      },
      comparability: {
        mappings: seesAll && loads ? loads.mapping_count : null,
        movedMerchants: lines?.moved_merchants ?? 0,
        alteredBelts: lines?.altered_belts ?? 0,
      },
    };
  }
}

type Loads = ReturnType<typeof queries.loadQuality.row.parse>;
type Rejects = readonly ReturnType<typeof queries.rejectsThrough.row.parse>[];

const loadsOf = (loads: Loads, rejects: Rejects): QualityAnswer['completeness']['loads'] => ({
  committed: loads.row_count,
  read: loads.read_line_count,
  loaded: loads.loaded_line_count,
  superseded: loads.superseded_line_count,
  rejected: loads.rejected_line_count,
  ignored: loads.ignored_line_count,
  rejectedShare: loads.read_line_count > 0 ? loads.rejected_line_count / loads.read_line_count : null,
  rejects: rejects.map((row) => ({ rule: row.rule_name, field: row.field_name, rows: row.row_count })),
  warnings: Object.entries(loads.warning_counts)
    .map(([rule, rows]) => ({ rule, rows }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows || (a.rule < b.rule ? -1 : 1)),
});

/** Days from the end of the last day with orders, in the source's time zone, to the publication. */
function lagOf({ loaded: { dataThrough }, publishedAt, timeZone }: Vintage): number {
  return Math.max(
    0,
    (Date.parse(publishedAt) - startOfDay(addDays(dataThrough, 1), timeZone)) / (DAY_SECONDS * 1000),
  );
}

/** The moment at which a day begins in a time zone. */
function startOfDay(day: Day, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(utc);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  return utc - offset * 60_000;
}
