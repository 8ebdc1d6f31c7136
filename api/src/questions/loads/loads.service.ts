import { Inject, Injectable } from '@nestjs/common';
import {
  type Batch,
  type DataVersionsAnswer,
  type LoadAnswer,
  type LoadsAnswer,
  loadsQuestion,
  type RejectsAnswer,
  rejectsQuestion,
} from '@beltline/contract';
import { queries, type Scope } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { monthOf } from '../../core/calendar.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { NAMES_ONLY, scopeOfLoads, seesSource, type Viewer } from '../../access/viewer.ts';
import { ContextService } from '../../data/context/context.service.ts';
import { invalidRequest, notFound, sought } from '../../platform/problem/problem-error.ts';
import { VintageService } from '../../data/versions/vintage.service.ts';
import { batchOf } from './batch.ts';
import { cursorOf, keyOf } from './cursor.ts';

const VERSIONS = 500;
const NO_SUCH = 'batchId: there is no such load';

/** What was loaded, what was rejected, and what came of it. Asked anew each time: a load changes it by the second. */
@Injectable()
export class LoadsService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(VintageService) private readonly vintages: VintageService,
  ) {}

  async list(viewer: Viewer, { source, limit, after }: z.output<typeof loadsQuestion>): Promise<LoadsAnswer> {
    const [before] = keyOf(after, 1) as [number];
    const scope = await this.loadedScope(viewer, source);
    if (!scope) return { loads: [], next: null };
    const loads = await this.batches(scope, { batch_id: 0, before, limit: limit + 1 });
    const page = loads.slice(0, limit);
    const last = page.at(-1);
    return { loads: page, next: loads.length > limit && last ? cursorOf(last.batchId) : null };
  }

  async one(viewer: Viewer, batchId: number): Promise<LoadAnswer> {
    const scope = await this.scopeOfBatch(viewer, batchId);
    const [loads, files] = await Promise.all([
      this.batches(scope, { batch_id: batchId, before: 0, limit: 1 }),
      this.clickhouse.askNow(scope, queries.loadFiles, { batch_id: batchId }),
    ]);
    const [load] = loads;
    if (!load) throw sought(notFound(NO_SUCH), 'load', null);
    return {
      load,
      files: files.map(({ file_no: fileNo, table_name: table, ...file }) => ({ fileNo, table, ...file })),
    };
  }

  async rejects(
    viewer: Viewer,
    batchId: number,
    { rule, limit, after }: z.output<typeof rejectsQuestion>,
  ): Promise<RejectsAnswer> {
    const [file, line] = keyOf(after, 2) as [number, number];
    const scope = await this.scopeOfBatch(viewer, batchId);
    const wanted = { batch_id: batchId, rule: rule ?? '' };
    const [rows, [counted]] = await Promise.all([
      this.clickhouse.askNow(scope, queries.rejects, {
        ...wanted,
        after_file: file,
        after_line: line,
        limit: limit + 1,
      }),
      this.clickhouse.askNow(scope, queries.rejectsCount, wanted),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      rejects: page.map((row) => ({
        batchId,
        file: row.file_name ?? '',
        line: row.line,
        raw: row.raw,
        faults: row.faults,
      })),
      count: counted?.row_count ?? 0,
      next: rows.length > limit && last ? cursorOf(last.file_no, last.line) : null,
    };
  }

  async versions(viewer: Viewer, source: string | undefined): Promise<DataVersionsAnswer> {
    const { scope } = (await this.contexts.declared(viewer, { source })).vintage;
    const rows = await this.clickhouse.askNow(scope, queries.dataVersions, { limit: VERSIONS });
    return {
      versions: rows.map((row) => ({
        dataVersion: row.data_version,
        batchId: row.data_version,
        source: row.source,
        publishedAt: row.published_at,
        months: row.month_list.map(monthOf),
      })),
    };
  }

  private async batches(
    scope: Scope,
    page: { batch_id: number; before: number; limit: number },
  ): Promise<Batch[]> {
    const rows = await this.clickhouse.askNow(scope, queries.loads, page);
    if (rows.length === 0) return [];
    const rules = await this.clickhouse.askNow(scope, queries.rejectsByRule, {
      batch_ids: rows.map((row) => row.batch_id),
    });
    return rows.map((row) => batchOf(row, rules));
  }

  /** A source can have loads without having published any: a first load that was refused must be seen. */
  private async loadedScope(viewer: Viewer, source: string | undefined): Promise<Scope | null> {
    const all = await this.clickhouse.askNow(NAMES_ONLY, queries.loadSources, { batch_id: 0 });
    const loaded = all.filter((one) => seesSource(viewer, one.source));
    if (source === undefined) {
      const name = (await this.vintages.first(viewer)) ?? loaded[0]?.source;
      return name === undefined ? null : scopeOfLoads(viewer, name);
    }
    if (loaded.some((one) => one.source === source)) return scopeOfLoads(viewer, source);
    const problem = invalidRequest({ field: 'source', message: 'no such source has been loaded' });
    throw sought(problem, 'source', all.find((one) => one.source === source)?.source ?? null);
  }

  private async scopeOfBatch(viewer: Viewer, batchId: number): Promise<Scope> {
    const [batch] = await this.clickhouse.askNow(NAMES_ONLY, queries.loadSources, {
      batch_id: batchId,
    });
    if (!batch || !seesSource(viewer, batch.source))
      throw sought(notFound(NO_SUCH), 'load', batch ? `${batchId} of the source ${batch.source}` : null);
    return scopeOfLoads(viewer, batch.source);
  }
}
