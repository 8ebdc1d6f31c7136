import { DEFAULT_LOCALE, toLocale, type Locale } from '../i18n/locale.ts';
import { readStored } from './browser-storage.ts';

export const LANGUAGE_KEY = 'beltline.language';

/** The language to begin with: of the link, else the one chosen before, else Chinese. */
export function firstLocale(): Locale {
  const asked = toLocale(new URLSearchParams(window.location.search).get('lang'));
  return asked ?? toLocale(readStored(LANGUAGE_KEY)) ?? DEFAULT_LOCALE;
}
