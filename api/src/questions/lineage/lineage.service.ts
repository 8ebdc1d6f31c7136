import { Inject, Injectable } from '@nestjs/common';
import { type LineageAnswer, lineageQuestion } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import type { Viewer } from '../../access/viewer.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { firstDayOf, monthOf } from '../../core/calendar.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';

@Injectable()
export class LineageService {
  constructor(
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
  ) {}

  async lineage(
    viewer: Viewer,
    { source, asOf, from, to, belt }: z.output<typeof lineageQuestion>,
  ): Promise<LineageAnswer> {
    const context = await this.contexts.resolve(viewer, { source, asOf }, 'version');
    const { vintage } = context;
    await this.contexts.assertBelt(context, belt);
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
        gmv: viewer.permissions.has('read-figures') ? row.gmv_sum / 100 : null,
        months: row.month_list.map(monthOf),
      })),
    };
  }
}
