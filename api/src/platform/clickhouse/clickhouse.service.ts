import { Inject, Injectable } from '@nestjs/common';
import {
  type Damage,
  EngineError,
  FACTS,
  findDamage,
  type Findings,
  type ParameterValue,
  type QueryDefinition,
  type Scope,
  seenUnder,
  takeRows,
  userOf,
} from '@beltline/sql/clickhouse';
import { type z, ZodError } from 'zod';
import { Cache } from '../cache.ts';
import { ProgramMetrics } from '../metrics.ts';
import { turns } from '../turns.ts';
import { ENGINE, type EngineAccess } from './engine-access.ts';

/** How much longer than the engine's own limit an answer is waited for: the engine gives the better message. */
const GRACE_MS = 3_000;

/** How long an engine that let a question's time pass has to show that it still answers anything. */
const PROOF_MS = 2_000;

/** All lines of a source are read for that, in the background; without an answer the remedy is named as if there were none. */
const LINES_MS = 120_000;

/**
 * Asks ClickHouse. What was computed for a data version never changes, so its rows are kept in memory under the data
 * version, the scope and the question; callers that ask the same at the same time share one query.
 */
@Injectable()
export class ClickHouseService {
  private readonly doubters: ((isAnew: boolean) => void)[] = [];

  constructor(
    @Inject(ENGINE) private readonly engine: EngineAccess,
    @Inject(Cache) private readonly cache: Cache,
    @Inject(ProgramMetrics) private readonly metrics: ProgramMetrics,
  ) {}

  /** Is told when what is stored may not be whole: the engine was started anew, or has another store (`isAnew`), or could not read something. */
  onDoubt(listener: (isAnew: boolean) => void): void {
    this.doubters.push(listener);
    this.engine.onRestart(() => listener(true));
  }

  /** The store is seen to be another than before, as after a backup was put back: nothing that is known is of it. */
  beginAnew(): void {
    for (const doubter of this.doubters) doubter(true);
  }

  /** What is no longer as it was committed. @throws Error where the engine does not let it be compared, or its folder was moved. */
  async findDamage(signal: AbortSignal, maxSeconds: number): Promise<Findings> {
    const findings = await findDamage(this.engine.client('reader'), { signal, maxSeconds });
    const movedFrom = this.engine.movedFrom(); // also where nothing is found: where nothing can be read, there is nothing to compare
    if (movedFrom !== null)
      throw new Error(
        `The data directory ${movedFrom} was moved away, or another put in its place, while Beltline runs on it. Nothing of it is lost. ` +
          'Move it back; or stop the program and start it with the new place (BELTLINE_DATA).',
      );
    return findings;
  }

  /** Lines of a source that are no longer those its figures were made from. @throws Error as above, or where it takes too long. */
  async findLostLines(source: string, signal: AbortSignal): Promise<readonly Damage[]> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(LINES_MS)]);
    const options = { source, tables: [FACTS], signal: limited };
    const { damages } = await findDamage(this.engine.client('reader'), options);
    return damages.filter(({ table }) => table === FACTS);
  }

  /** Rows of a question about a data version. @throws EngineError */
  ask<Name extends string, Row extends z.ZodType>(
    scope: Scope,
    definition: QueryDefinition<Name, Row>,
    parameters: Readonly<Record<Name | 'data_version', ParameterValue>>,
  ): Promise<z.output<Row>[]> {
    // Who asks for everything of a source sees what the program itself sees of it, so they share it.
    return this.cache.of('rows', [definition.name, scope.source, seenUnder(scope), parameters], () =>
      this.askNow(scope, definition, parameters),
    );
  }

  /** Rows as they are now, not kept. @throws EngineError */
  async askNow<Name extends string, Row extends z.ZodType>(
    scope: Scope,
    definition: QueryDefinition<Name, Row>,
    parameters: Readonly<Record<Name, ParameterValue>>,
  ): Promise<z.output<Row>[]> {
    const rows: z.output<Row>[] = [];
    await this.takeNow(scope, definition, parameters, (row) => rows.push(row));
    return rows;
  }

  /** The same, row by row as they come, where all of them at a time are too many. @throws EngineError, also after some rows */
  async takeNow<Name extends string, Row extends z.ZodType>(
    scope: Scope,
    definition: QueryDefinition<Name, Row>,
    parameters: Readonly<Record<Name, ParameterValue>>,
    take: (row: z.output<Row>) => void,
  ): Promise<void> {
    const started = performance.now();
    const told = (outcome: string) =>
      this.metrics.asked(definition.name, outcome, (performance.now() - started) / 1000);
    try {
      await this.taken(scope, definition, parameters, take);
      told('answered');
    } catch (error) {
      told(error instanceof EngineError ? error.kind : 'failed');
      throw error;
    }
  }

  private async taken<Name extends string, Row extends z.ZodType>(
    scope: Scope,
    definition: QueryDefinition<Name, Row>,
    parameters: Readonly<Record<Name, ParameterValue>>,
    take: (row: z.output<Row>) => void,
  ): Promise<void> {
    if (!this.engine.answering()) throw new EngineError('unavailable', definition.name, '', 'not answering');
    const deadline = AbortSignal.timeout(definition.maxSeconds * 1000 + GRACE_MS);
    try {
      await takeRows(this.engine.client(userOf(scope)), scope, definition, parameters, take, {
        signal: deadline,
        turn: () => turns.next(),
      });
    } catch (cause) {
      // A row that is none of the question's, as of a part that is another table's: it is not what was written.
      const error =
        cause instanceof ZodError ? new EngineError('damaged', definition.name, '', cause) : cause;
      if (error instanceof EngineError && error.kind === 'damaged') {
        for (const doubter of this.doubters) doubter(false);
        if (this.engine.movedFrom() !== null)
          throw new EngineError('moved', error.query, error.queryId, error.cause);
      }
      if (!deadline.aborted || !(error instanceof EngineError)) throw error;
      const kind = (await this.engine.answers(PROOF_MS)) ? 'overloaded' : 'unavailable';
      throw new EngineError(kind, error.query, error.queryId, error.cause);
    }
  }
}
