import { Inject, Injectable } from '@nestjs/common';
import { type FlowMeasure, SUMMED_COLUMNS, weightsOf } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { firstDayOf, monthsThrough } from '../../core/calendar.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { areaBelts } from '../areas/area.ts';
import type { ComparisonContext } from '../context/context.ts';
import { sharesOf } from './month-shares.ts';
import { NO_COMBINATIONS, OwnerCombinations } from './owner-combinations.ts';

/** What each merchant of an area sold in a period and in its baseline, by exclusive combination of tracks, and whose it is. */
@Injectable()
export class OwnerCombinationsService {
  constructor(@Inject(ClickHouseService) private readonly clickhouse: ClickHouseService) {}

  /** Nobody where the viewer may not see the whole area. @throws EngineError */
  async of(
    { vintage, area, compared }: ComparisonContext,
    measures: readonly FlowMeasure[],
  ): Promise<OwnerCombinations> {
    const nobody = new OwnerCombinations(NO_COMBINATIONS, measures.length);
    const windows = [sharesOf(compared.now, vintage.loaded), sharesOf(compared.baseline, vintage.loaded)];
    const months = windows.flatMap((window) => [...window.keys()]).sort();
    const [first, last] = [months[0], months.at(-1)];
    if (first === undefined || last === undefined) return nobody;
    const span = monthsThrough(first, last);
    const [row] = await this.clickhouse.askNow(vintage.scope, queries.merchantCombinations, {
      data_version: vintage.dataVersion,
      ...areaBelts(area),
      weights: measures.map((measure) => SUMMED_COLUMNS.map((column) => weightsOf(measure)[column])),
      first_month: firstDayOf(first),
      shares: windows.map((window) => span.map((month) => window.get(month) ?? 0)),
    });
    return row ? new OwnerCombinations(row, measures.length) : nobody;
  }
}
