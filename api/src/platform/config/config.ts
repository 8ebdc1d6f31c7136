/** The API's configuration is the product's: see `sql/settings/`. */
export {
  readSettings as readConfig,
  type Settings as ApiConfig,
  SettingsError as ConfigError,
  settingsSchema as configSchema,
} from '@beltline/sql/settings';
