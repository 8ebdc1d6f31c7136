/** Files of the engine's own that it cannot read, told from those of a source. */
import { isDamage } from '@beltline/sql/clickhouse';

const OF_ENGINE = /\bstore\/[0-9a-f]{3}\/[0-9a-f-]{36}\/|in table beltline\b/;

/** Whether the engine met files of its own that it cannot read; those of a source lie elsewhere. */
export function isStoredDamage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (isDamage(error) && OF_ENGINE.test(error.message)) || isStoredDamage(error.cause);
}
