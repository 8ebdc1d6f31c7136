import { Inject, Injectable } from '@nestjs/common';
import {
  EngineError,
  type ParameterValue,
  type QueryDefinition,
  runQuery,
  type Scope,
} from '@beltline/sql/clickhouse';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { ENGINE, type EngineAccess } from './engine-access.ts';

/** How much longer than the engine's own limit an answer is waited for: the engine gives the better message. */
const GRACE_MS = 3_000;

/** How long an engine that let a question's time pass has to show that it still answers anything. */
const PROOF_MS = 2_000;

/** Rows kept at most, over all answers: some 100 MB. */
const ROWS_KEPT = 400_000;

/**
 * Asks ClickHouse. What was computed for a data version never changes, so its rows are kept in memory under the data
 * version, the scope and the question; callers that ask the same at the same time share one query.
 */
@Injectable()
export class ClickHouseService {
  private readonly kept = new LRUCache<string, unknown[]>({
    maxSize: ROWS_KEPT,
    sizeCalculation: (rows) => rows.length + 1,
  });
  private readonly underWay = new Map<string, Promise<unknown[]>>();

  constructor(@Inject(ENGINE) private readonly engine: EngineAccess) {}

  /** Rows of a question about a data version. @throws EngineError */
  async ask<Name extends string, Row extends z.ZodType>(
    scope: Scope,
    definition: QueryDefinition<Name, Row>,
    parameters: Readonly<Record<Name | 'data_version', ParameterValue>>,
  ): Promise<z.output<Row>[]> {
    const key = JSON.stringify([definition.file, scope, parameters]);
    const kept = this.kept.get(key) ?? this.underWay.get(key);
    if (kept) return kept as Promise<z.output<Row>[]>;
    const rows = this.askNow(scope, definition, parameters);
    this.underWay.set(key, rows);
    try {
      this.kept.set(key, await rows);
    } finally {
      if (this.underWay.get(key) === rows) this.underWay.delete(key);
    }
    return rows;
  }

  /** Rows as they are now, not kept. @throws EngineError */
  async askNow<Name extends string, Row extends z.ZodType>(
    scope: Scope,
    definition: QueryDefinition<Name, Row>,
    parameters: Readonly<Record<Name, ParameterValue>>,
  ): Promise<z.output<Row>[]> {
    if (!this.engine.answering()) throw new EngineError('unavailable', definition.file, '', 'not answering');
    const deadline = AbortSignal.timeout(definition.maxSeconds * 1000 + GRACE_MS);
    try {
      return await runQuery(this.engine.client('reader'), scope, definition, parameters, deadline);
    } catch (error) {
      if (!deadline.aborted || !(error instanceof EngineError)) throw error;
      const kind = (await this.engine.answers(PROOF_MS)) ? 'overloaded' : 'unavailable';
      throw new EngineError(kind, error.query, error.queryId, error.cause);
    }
  }

  /** Forgets what was kept: for measuring. */
  forget(): void {
    this.kept.clear();
    this.underWay.clear();
  }
}
