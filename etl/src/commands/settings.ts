/** The settings, read before a command does anything: a name that is misspelt would leave a default that nobody chose. */
import { readSettings, type Settings, SettingsError } from '@beltline/sql/settings';
import { UsageError } from '../jobs/load/load-error.ts';

/** @throws UsageError that names each variable that is not known, or cannot be used. Empty counts as not set. */
export function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  try {
    return readSettings(environment);
  } catch (error) {
    throw error instanceof SettingsError ? new UsageError(error.message) : error;
  }
}
