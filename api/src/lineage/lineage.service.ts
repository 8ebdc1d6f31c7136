import { Inject, Injectable } from '@nestjs/common';
import { type LineageAnswer, lineageQuestion } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { BeltsService } from '../belts/belts.service.ts';
import { firstDayOf, monthOf } from '../figures/calendar.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { VintageService } from '../sources/vintage.service.ts';

@Injectable()
export class LineageService {
  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(BeltsService) private readonly belts: BeltsService,
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
  ) {}

  async lineage({ source, from, to, belt }: z.output<typeof lineageQuestion>): Promise<LineageAnswer> {
    const vintage = await this.vintages.of(source);
    await this.belts.assertKnown(vintage, belt);
    const rows = await this.clickhouse.ask(vintage.scope, queries.lineage, {
      data_version: vintage.dataVersion,
      belt: belt ?? '',
      from: firstDayOf(from),
      to: firstDayOf(to),
    });
    return {
      source: vintage.source,
      from,
      to,
      beltId: belt ?? null,
      batches: rows.map((row) => ({
        batchId: row.batch_id,
        lines: row.line_count,
        gmv: row.gmv_sum / 100,
        months: row.month_list.map(monthOf),
      })),
    };
  }
}
