import { Inject, Injectable } from '@nestjs/common';
import type { Finality, FlowMeasure, Track } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { measured } from '../../core/amounts.ts';
import { addMonths, firstDayOf, lastDayOf, type Month, monthOf } from '../../core/calendar.ts';
import { growthOf, hasTooFewOrders } from '../../core/ratio.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import { areaBelts, type ResolvedArea } from '../areas/area.ts';
import { VersionCache } from '../versions/version-cache.ts';
import { VintageService } from '../versions/vintage.service.ts';
import { asSystem, type Vintage } from '../versions/vintage.ts';
import { evidenceOf, finalityAt, type LagEvidence, lagOf, mayBeKnown, type Outcome } from './evidence.ts';
import { type MonthPrints, type Print, printsOf, type PublishedVersion } from './prints.ts';

/** A level and its growth on the year before, as a print had them; null where that is not known or is no number. */
export interface PrintedValue {
  /** In the measure's unit. */
  readonly value: number;
  readonly growth: number | null;
  /** The month, or the base of its growth, holds too few orders to tell anything by. */
  readonly isThin: boolean;
  readonly isThinBase: boolean;
}

/** What is known of the revisions of an area's months by a measure on a track. */
export interface Revisions {
  readonly history: VersionHistory;
  readonly valueOf: (print: Print) => PrintedValue;
  readonly levels: readonly LagEvidence[];
  readonly growth: readonly LagEvidence[];
}

/** The versions of a source up to one of them, and what each printed. */
export interface VersionHistory {
  readonly versions: readonly PublishedVersion[];
  readonly months: readonly MonthPrints[];
  /** Whether enough of it was published again for anything to be known of revisions. */
  readonly mayBeKnown: boolean;
}

/** Of which data and area, and of what of it. */
type Place = { readonly vintage: Vintage; readonly area: ResolvedArea };
type What = { readonly track: Track; readonly measure: FlowMeasure };

/** Months whose figures are not final, though the months are over. */
export interface ProvisionalMonths {
  readonly level: (month: Month) => boolean;
  readonly growth: (month: Month) => boolean;
}

const HISTORY = { kind: 'series', name: 'prints' } as const;
const REVISIONS = { kind: 'series', name: 'revisions' } as const;

/** Reads the prints of an area's months from the sums that each version left. */
@Injectable()
export class RevisionEvidenceService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(VersionCache) private readonly cache: VersionCache,
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(VintageService) vintages: VintageService,
  ) {
    vintages.onNew((vintage) => this.history(vintage));
  }

  /**
   * Which months of an area are known to be revised by more than figures that are final, and which growth rates. Of a source that was hardly
   * ever loaded again nothing is known, and nothing is asked. @throws EngineError
   */
  async provisional(place: Place, what: What): Promise<ProvisionalMonths> {
    const history = await this.history(place.vintage);
    if (!history.mayBeKnown) return { level: () => false, growth: () => false };
    const { levels, growth } = await this.of(place, what);
    const newest = new Map(history.months.map(({ month, latest }) => [month, latest]));
    const among = (evidence: readonly LagEvidence[]) => (month: Month) => {
      const latest = newest.get(month);
      return latest !== undefined && finalityOf(evidence, latest) === 'provisional';
    };
    return { level: among(levels), growth: among(growth) };
  }

  /** @throws EngineError */
  history(vintage: Vintage): Promise<VersionHistory> {
    const whole = asSystem(vintage);
    return this.cache.of(whole, HISTORY, {}, async () => {
      const rows = await this.clickhouse.askNow(whole.scope, queries.versionMonths, {
        data_version: whole.dataVersion,
        time_zone: whole.timeZone,
      });
      const versions = rows.map((row): PublishedVersion => ({
        version: row.data_version,
        publishedOn: row.published_on,
        dataThrough: row.data_through,
        months: row.month_list.map((day, index) =>
          spanOf(monthOf(day), row.data_through, [row.first_list[index], row.last_list[index]]),
        ),
      }));
      const months = printsOf(versions);
      return { versions, months, mayBeKnown: mayBeKnown(months) };
    });
  }

  /** Once for a data version, area, track and measure. @throws EngineError */
  async of({ vintage, area }: Place, { track, measure }: What): Promise<Revisions> {
    const history = await this.history(vintage);
    const key = { track, measure, level: area.level, id: area.id };
    const minBase = this.config.BELTLINE_MIN_BASE;
    const kept = await this.cache.of(vintage, REVISIONS, key, async () => {
      const prints = history.months.flatMap(({ prints, latest }) => [...prints, latest]);
      const sums = await this.sums({ vintage, area, track, measure }, prints);
      return { sums, ...(await evidence(history, printedIn(sums, minBase))) };
    });
    return { history, valueOf: printedIn(kept.sums, minBase), levels: kept.levels, growth: kept.growth };
  }

  /** What the area sold in each month that a print is made of, as the version that made it left it. */
  private async sums(
    { vintage, area, track, measure }: Place & What,
    prints: readonly Print[],
  ): Promise<PrintedSums> {
    const pairs = new Map(
      prints.flatMap(({ month, madeBy, yearAgoMadeBy }) => [
        [keyOf(month, madeBy), { month, version: madeBy }] as const,
        ...(yearAgoMadeBy === null
          ? []
          : [
              [
                keyOf(addMonths(month, -12), yearAgoMadeBy),
                { month: addMonths(month, -12), version: yearAgoMadeBy },
              ] as const,
            ]),
      ]),
    );
    if (pairs.size === 0) return new Map();
    const asked = {
      track_bit: TRACK_BIT[track],
      months: [...pairs.values()].map(({ month }) => firstDayOf(month)),
      versions: [...pairs.values()].map(({ version }) => version),
    };
    const isOfSeveral = area.beltIds !== null && area.beltIds.length > 1;
    const [rows, spread] = await Promise.all([
      this.clickhouse.askNow(vintage.scope, queries.monthPrints, { ...areaBelts(area), ...asked }),
      isOfSeveral
        ? this.clickhouse.askNow(vintage.scope, queries.monthPrintsSpread, {
            area_belts: area.beltIds,
            ...asked,
          })
        : [],
    ]);
    const surplus = new Map(spread.map((row) => [keyOf(monthOf(row.month), row.data_version), row.surplus]));
    return new Map(
      rows.map(({ month, data_version, ...sums }) => {
        const key = keyOf(monthOf(month), data_version);
        const orders = sums.orders - (surplus.get(key) ?? 0);
        return [key, { value: measured(measure, { ...sums, orders }) / 100, orders: orders / 100 }];
      }),
    );
  }
}

/** By month and version. */
type PrintedSums = ReadonlyMap<string, { readonly value: number; readonly orders: number }>;
const NOTHING = { value: 0, orders: 0 };
const keyOf = (month: Month, version: number) => `${month} ${version}`;

const printedIn =
  (sums: PrintedSums, minBase: number): Revisions['valueOf'] =>
  ({ month, madeBy, yearAgoMadeBy }) => {
    const now = sums.get(keyOf(month, madeBy)) ?? NOTHING;
    const before =
      yearAgoMadeBy === null ? null : (sums.get(keyOf(addMonths(month, -12), yearAgoMadeBy)) ?? NOTHING);
    return {
      value: now.value,
      growth: growthOf(now.value, before?.value ?? null),
      isThin: hasTooFewOrders(now.orders, minBase),
      isThinBase: before !== null && hasTooFewOrders(before.orders, minBase),
    };
  };

/** What the engine writes for no day. */
const NO_DAY = '1970-01-01';

/** Versions from before the days were kept say no more than which months they made: those count as whole. */
function spanOf(month: Month, through: string, [first, last]: [string | undefined, string | undefined]) {
  if (first === NO_DAY) return { month, span: null };
  const end = lastDayOf(month);
  const span = {
    month,
    firstDay: first ?? firstDayOf(month),
    lastDay: last ?? (end < through ? end : through),
  };
  return { month, span };
}

/** Whether the latest figure of a month may be called final. */
export const finalityOf = (evidence: readonly LagEvidence[], { lag, publishedOn }: Print): Finality =>
  finalityAt(evidence, lagOf(evidence, lag, publishedOn));

/** The revision of a print, from it to the latest figure: null where there is none, or where orders are too few. */
export const levelRevision = (print: PrintedValue, latest: PrintedValue): number | null =>
  growthOf(latest.value, print.value);
export const growthRevision = (print: PrintedValue, latest: PrintedValue): number | null =>
  print.growth === null || latest.growth === null ? null : latest.growth - print.growth;

async function evidence({ months }: VersionHistory, valueOf: Revisions['valueOf']) {
  const found = await turns.map(months, ({ prints, latest }) => {
    const now = valueOf(latest);
    return prints
      .filter(({ version }) => version !== latest.version)
      .map((print) => {
        const then = valueOf(print);
        const [level, growth] = [levelRevision(then, now), growthRevision(then, now)];
        return {
          level: { print, latest, revision: then.isThin ? null : level } satisfies Outcome,
          growth: { print, latest, revision: then.isThinBase ? null : growth } satisfies Outcome,
        };
      });
  });
  const all = found.flat();
  return {
    levels: evidenceOf(all.map(({ level }) => level)),
    growth: evidenceOf(all.map(({ growth }) => growth)),
  };
}
