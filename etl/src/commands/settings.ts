/** The environment, checked before a command does anything: a name that is misspelt would leave a default that nobody chose. */
import { readSettings, SettingsError } from '@beltline/sql/settings';
import { UsageError } from '../jobs/load/load-error.ts';

export const DEMO_LINES = 'BELTLINE_DEMO_LINES';

/** @throws UsageError that names each variable that is not known, or cannot be used. Empty counts as not set. */
export function assertSettings(environment: NodeJS.ProcessEnv): void {
  try {
    readSettings(environment);
  } catch (error) {
    throw error instanceof SettingsError ? new UsageError(error.message) : error;
  }
}

/** How many lines of demo orders are made where a command does not say; undefined: as many as the demo has. */
export function demoLines(environment: NodeJS.ProcessEnv): number | undefined {
  return environment[DEMO_LINES] ? readSettings(environment).BELTLINE_DEMO_LINES : undefined;
}
