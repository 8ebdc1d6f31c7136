import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure, Track } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { isWithin, type ResolvedArea } from '../areas/area.ts';
import { weightParameters } from '../../core/amounts.ts';
import { firstDayOf, monthsThrough } from '../../core/calendar.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { Vintage } from '../versions/vintage.ts';
import { turns } from '../../platform/turns.ts';
import type { MerchantMonths } from './merchant-months.ts';
import { MerchantMonthsService } from './merchant-months.service.ts';
import { bySeed, type MonthShares, type OwnerWindows } from './owner-windows.ts';
import { ownerWindowsOf, windowParts } from './window-sums.ts';

export type { MonthShares };

interface Asked {
  readonly track: Track;
  readonly measure: FlowMeasure;
}

/** What each merchant of an area sold in windows of months, and whose it is: from memory, or from the engine where it is not there. */
@Injectable()
export class OwnerWindowsService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(MerchantMonthsService) private readonly merchants: MerchantMonthsService,
  ) {}

  /**
   * Of areas of one level, each summed when it is asked for, so that no more of them are in memory than somebody works on; none of an area where
   * nobody sold anything. @throws EngineError
   */
  async of(
    vintage: Vintage,
    question: Asked,
    areas: readonly ResolvedArea[],
    windows: readonly MonthShares[],
  ): Promise<(area: ResolvedArea) => Promise<OwnerWindows>> {
    // Of one area of belts the engine reads little: nobody waits for all merchants for its sake.
    const isSmall = areas.length === 1 && areas[0]?.beltIds?.length === 1;
    const kept = isSmall
      ? this.merchants.known(vintage, question.measure)
      : await this.merchants.of(vintage, question.measure);
    return kept
      ? this.fromMemory(kept, vintage, question, areas, windows)
      : this.fromEngine(vintage, question, areas, windows);
  }

  /** Whether merchants' months are in memory, or come to be: then many windows of a belt are no more to read than one. @throws EngineError */
  async areKept(vintage: Vintage, measure: FlowMeasure): Promise<boolean> {
    return (await this.merchants.of(vintage, measure)) !== null;
  }

  /** Nothing of any area where one of them is not seen as a whole, like the engine. */
  private fromMemory(
    kept: MerchantMonths,
    { scope }: Vintage,
    { track }: Asked,
    areas: readonly ResolvedArea[],
    windows: readonly MonthShares[],
  ): (area: ResolvedArea) => Promise<OwnerWindows> {
    const nothing = bySeed([], [], windows.length);
    const trackBit = TRACK_BIT[track];
    const parts = windowParts(kept, windows);
    const isSeen = areas.every((area) => isWithin(scope, area));
    return async (area) =>
      isSeen && isWithin(scope, area)
        ? turns.finish(ownerWindowsOf(kept, { beltIds: area.beltIds, trackBit, windows: parts }))
        : nothing;
  }

  private async fromEngine(
    vintage: Vintage,
    { track, measure }: Asked,
    areas: readonly ResolvedArea[],
    windows: readonly MonthShares[],
  ): Promise<(area: ResolvedArea) => Promise<OwnerWindows>> {
    const months = windows.flatMap((window) => [...window.keys()]).sort();
    const [first, last] = [months[0], months.at(-1)];
    const nothing = bySeed([], [], windows.length);
    if (first === undefined || last === undefined) return async () => nothing;
    const numbers = new Map(areas.map((area, index) => [area.id, area.beltIds === null ? 0 : index + 1]));
    const members = areas.flatMap((area) =>
      (area.beltIds ?? []).map((belt) => [belt, numbers.get(area.id) ?? 0] as const),
    );
    const span = monthsThrough(first, last);
    const rows = await this.clickhouse.askNow(vintage.scope, queries.ownerWindows, {
      data_version: vintage.dataVersion,
      ...weightParameters(measure),
      track_bit: TRACK_BIT[track],
      first_month: firstDayOf(first),
      shares: windows.map((window) => span.map((month) => window.get(month) ?? 0)),
      belt_ids: members.map(([belt]) => belt),
      area_nos: members.map(([, number]) => number),
      with_nation: areas.some((area) => area.beltIds === null) ? 1 : 0,
    });
    const found = new Map(
      rows.map((row) => [row.area_no, bySeed(row.owner_seeds, row.sums, windows.length, row.merchant_keys)]),
    );
    return async (area) => found.get(numbers.get(area.id) ?? -1) ?? nothing;
  }
}
