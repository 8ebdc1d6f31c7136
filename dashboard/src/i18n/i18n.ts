import { createI18n } from 'vue-i18n';
import { DEFAULT_LOCALE, type Locale } from './locale.ts';
import type { Messages, Translate } from './translate.ts';

/**
 * One language is in memory when the first page shows; the other is fetched when someone switches. Messages are
 * interpreted by the library, so no code is made from text and a strict content policy holds.
 */
const loaders: Record<Locale, () => Promise<Messages>> = {
  'zh-CN': async () => (await import('./zh.ts')).zh,
  en: async () => (await import('./en.ts')).en,
};

export function createLanguage() {
  const i18n = createI18n({
    legacy: false,
    locale: DEFAULT_LOCALE,
    fallbackLocale: DEFAULT_LOCALE,
    missingWarn: false,
    fallbackWarn: false,
    messages: {},
  });
  const global = i18n.global;

  async function use(locale: Locale): Promise<void> {
    if (!global.availableLocales.includes(locale)) global.setLocaleMessage(locale, await loaders[locale]());
    global.locale.value = locale;
  }

  const translate: Translate = (key, named) => global.t(key, named ?? {});
  return { i18n, use, translate, locale: global.locale };
}
export type Language = ReturnType<typeof createLanguage>;
