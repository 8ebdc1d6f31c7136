export {
  FEWEST_DEMO_LINES,
  MOST_DEMO_LINES,
  isTimeZone,
  readSettings,
  type Settings,
  SettingsError,
  settingsSchema,
} from './settings.ts';
