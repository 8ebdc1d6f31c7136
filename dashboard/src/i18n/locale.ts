import { plain } from './plain.ts';

/** The languages of the interface. Chinese is the default: most readers are in China. */
export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'zh-CN';

/** Reads a language from `?lang=` or storage; `zh` and `en-GB` are understood, anything else is null. */
export function toLocale(text: unknown): Locale | null {
  if (typeof text !== 'string') return null;
  const language = text.toLowerCase().split('-')[0];
  return LOCALES.find((locale) => locale.toLowerCase().split('-')[0] === language) ?? null;
}

/** Picks one language of a text that the API sends in both; whatever a name holds, it turns nothing around it. */
export function pick(text: { zh: string; en: string }, locale: Locale): string {
  const chosen = locale === 'en' ? text.en : text.zh;
  return plain(chosen === '' ? (locale === 'en' ? text.zh : text.en) : chosen);
}
