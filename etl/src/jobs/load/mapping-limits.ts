/**
 * The settings that a SELECT of a source runs under: what it may take of the engine, and what its functions hang on. And the
 * words for one that takes more, or fails on what it reads.
 */
import { isOutOfFiles, isOverItsMemory } from '@beltline/sql/clickhouse';
import { ClickHouseError } from '@beltline/sql/engine';
import { MappingFault } from './load-error.ts';
import { StatementError } from './load-session.ts';

/**
 * What keeps the order in which lookups are read (see landing-tables.ts) up to the join that takes the first row of a key: the
 * engine would leave out a sort that no clause above it asks for, fill the join by several threads, or turn its sides round. And
 * it would read columns behind `ORDER BY _line LIMIT 1` late, and then not find the one that it sorted by.
 */
const IN_ORDER =
  "query_plan_remove_redundant_sorting = 0, join_algorithm = 'hash', query_plan_join_swap_table = 'false', query_plan_optimize_lazy_materialization = 0";

/**
 * What functions give hangs on settings, and the time zone by itself on the machine; a server may have been given others. So a
 * SELECT brings its own: the time zone of its source, for all that names none (`toDateTime(seconds)`), texts read as dates only
 * where they are whole ('best_effort' would take today's year for "Jan 5 12:00"), and else what the engine has by itself.
 */
const meaning = (timeZone: string): string =>
  `session_timezone = '${timeZone}', date_time_input_format = 'basic', cast_string_to_date_time_mode = 'basic',
    date_time_output_format = 'simple', date_time_overflow_behavior = 'ignore', transform_null_in = 0, cast_keep_nullable = 0,
    aggregate_functions_null_for_empty = 0, formatdatetime_f_prints_single_zero = 0, decimal_check_overflow = 1`;

/** What judging a SELECT may take: what is computed for that are its constants, and what gives one value for all records. */
export const CHECK_LIMITS = { max_execution_time: 20, max_memory_usage: '1000000000' } as const;

/** The same as a clause, with what functions hang on, and planned as it is run. */
export const checkLimits = (timeZone: string): string =>
  `max_execution_time = ${CHECK_LIMITS.max_execution_time}, max_memory_usage = ${CHECK_LIMITS.max_memory_usage}, ${IN_ORDER}, ${meaning(timeZone)}`;

/**
 * For running it: ten minutes, and as long as 20,000 records a second take (seen: 80,000 on two busy cores); 4 GB, of which
 * a million lines of the demo took 0.22, most of it for blocks whose size does not grow with the load.
 */
export function runLimits(records: number, timeZone: string): string {
  return `max_execution_time = ${600 + Math.ceil(records / 20_000)}, max_memory_usage = 4000000000, ${IN_ORDER}, ${meaning(timeZone)}`;
}

/** Errors of the engine that say that it, its disk or the way to it failed, and nothing of the statement. */
const OF_THE_ENGINE = new Set(
  // Files of its own, its disk; memory of the machine, threads, slots; cancelled or stopped; database gone; network, sign-in, Keeper.
  '33 74 75 76 243 246 173 290 439 202 745 236 394 735 81 218 198 209 210 279 225 242 999 497 516 1001 1002'.split(
    ' ',
  ),
);

/** Errors that a statement of ours, which converts nothing without a check, can only have from a SELECT within it. */
const OF_THE_SELECT = new Set([
  // No number, no text of that kind, out of range, too large, divided by nothing; too long; too much memory.
  ...'6 26 27 32 36 38 41 42 43 44 53 69 70 72 74 117 128 131 153 159 160 169 190 241 321 349 407 427 457'.split(
    ' ',
  ),
  // No array, tuple, map, UUID, boolean, address or word of an Enum; more behind the value; no escape, nothing to decrypt.
  ...'25 130 376 441 454 467 632 675 676 691'.split(' '),
  // Sizes, places and sets that do not fit each other; a subquery for one value that gives several.
  ...'7 9 11 12 13 19 20 120 124 125 191 346'.split(' '),
]);

function engineCode(error: unknown): string | null {
  if (error instanceof ClickHouseError) return error.code;
  return error instanceof Error && error.cause !== undefined ? engineCode(error.cause) : null;
}

/** The right that the engine says is missing for a statement; null where it says something else. */
export function missingRight(error: unknown): string | null {
  if (engineCode(error) !== '497') return null;
  return /necessary to have the grant (.+?)\.?\s*$/m.exec(String(error))?.[1] ?? 'not named';
}

/**
 * What the engine says against a statement, without name, code and stack.
 * @throws the error itself where the statement is not what failed: an engine that is gone or full is no fault of a mapping.
 */
export function engineComplaint(error: unknown): string {
  const code = engineCode(error);
  const isShared = code === '241' && !isOverItsMemory(error);
  const isOfEngine = code === null || OF_THE_ENGINE.has(code) || isShared || isOutOfFiles(error);
  if (!(error instanceof StatementError) || isOfEngine) throw error;
  if (code === '159' || code === '160') return 'it takes too long, and was stopped.';
  if (code === '241') return 'it takes too much memory, and was stopped.';
  const [first = ''] = error.message.replace(/^[\w-]+: /, '').split('\n');
  return first.replace(/: In scope .*$/s, '').slice(0, 500);
}

/**
 * Runs statements that hold a SELECT of a source.
 * @throws MappingFault where the SELECT fails on what it reads.
 */
export async function runningMapping<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!OF_THE_SELECT.has(engineCode(error) ?? '')) throw error;
    throw new MappingFault(`${file}: ${engineComplaint(error)} Nothing was changed.`, { cause: error });
  }
}
