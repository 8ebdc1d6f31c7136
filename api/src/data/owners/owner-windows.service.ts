import { Inject, Injectable } from '@nestjs/common';
import type { FlowMeasure, Track } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { ResolvedArea } from '../areas/area.ts';
import { weightParameters } from '../../core/amounts.ts';
import { firstDayOf, type Month, monthsThrough } from '../../core/calendar.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { Vintage } from '../versions/vintage.ts';
import { bySeed, type OwnerWindows } from './owner-windows.ts';

/** What part of each month belongs to a window, as a ratio; months that are left out do not belong to it. */
export type MonthShares = ReadonlyMap<Month, number>;

/** What each merchant of an area sold in windows of months, and whose it is. */
@Injectable()
export class OwnerWindowsService {
  constructor(@Inject(ClickHouseService) private readonly clickhouse: ClickHouseService) {}

  /** Of areas of one level; none of an area where nobody sold anything. @throws EngineError */
  async of(
    vintage: Vintage,
    { track, measure }: { track: Track; measure: FlowMeasure },
    areas: readonly ResolvedArea[],
    windows: readonly MonthShares[],
  ): Promise<(area: ResolvedArea) => OwnerWindows> {
    const months = windows.flatMap((window) => [...window.keys()]).sort();
    const [first, last] = [months[0], months.at(-1)];
    const nothing = bySeed([], [], windows.length);
    if (first === undefined || last === undefined) return () => nothing;
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
      rows.map((row) => [row.area_no, bySeed(row.owner_seeds, row.sums, windows.length)]),
    );
    return (area) => found.get(numbers.get(area.id) ?? -1) ?? nothing;
  }
}
