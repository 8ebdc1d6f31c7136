export {
  migrateClickHouse,
  readMigrations,
  renderMigration,
  topologyOf,
  type Migration,
  type Topology,
} from './migrate.ts';
export { TablesLostError } from './made-tables.ts';
export { sendBehind, type FencedStatement } from './fence.ts';
export { MutexHeldError, MutexLostError, type HeldMutex, withMutex, type MutexOptions } from './mutex.ts';
export {
  defineQuery,
  engineError,
  EngineError,
  isDamage,
  isOutOfFiles,
  isOverItsMemory,
  isForbidden,
  isUnreadable,
  placeholders,
  runQuery,
  takeRows,
  SCOPE_PARAMETERS,
  typeOf,
  scopeParameters,
  seenUnder,
  userOf,
  type ParameterValue,
  type QueryDefinition,
  type Effort,
  type Scope,
} from './query.ts';
export { packageRoot } from './package-root.ts';
export * as queries from './queries/index.ts';
export type { Hundredths } from './queries/index.ts';
export { SEEN_WITHIN_MS } from './seen-within.ts';
export { fillStatement, draftedSelect, loadPart, loadStatement } from './load-statement.ts';
export {
  type Damage,
  damageOf,
  damageOfNewest,
  type Findings,
  needsFiles,
  newestKnown,
  openDamage,
  type SealedVersion,
} from './seals/damage.ts';
export { findDamage, type FindOptions } from './seals/find-damage.ts';
export { journalGaps } from './seals/journal-gaps.ts';
export { ALL_SEALED, FACTS, keepingMapping, SEALED, sealing } from './seals/sealed-tables.ts';
