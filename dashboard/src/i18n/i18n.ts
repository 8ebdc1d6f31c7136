import { computed } from 'vue';
import { createI18n } from 'vue-i18n';
import type { NameTables } from '@beltline/contract/english-names';
import { DEFAULT_LOCALE, toLocale, type Locale } from './locale.ts';
import { createNames } from './names.ts';
import type { Messages, Translate } from './translate.ts';

/**
 * One language is in memory when the first page shows; the other is fetched when someone switches. Messages are
 * interpreted by the library, so no code is made from text and a strict content policy holds.
 */
const loaders: Record<Locale, () => Promise<{ messages: Messages; names?: NameTables }>> = {
  'zh-CN': async () => ({ messages: (await import('./zh.ts')).zh }),
  en: async () => {
    const { en, englishNames } = await import('./en.ts');
    return { messages: en, names: englishNames };
  },
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
  const tables = new Map<Locale, NameTables>();

  async function use(locale: Locale): Promise<void> {
    if (!global.availableLocales.includes(locale)) {
      const { messages, names } = await loaders[locale]();
      if (names) tables.set(locale, names);
      global.setLocaleMessage(locale, messages);
    }
    global.locale.value = locale;
  }

  /** Names are there before their locale is chosen, so they change with it. */
  const names = computed(() => {
    const locale = toLocale(global.locale.value) ?? DEFAULT_LOCALE;
    return createNames(locale, tables.get(locale));
  });
  const translate: Translate = (key, named) => global.t(key, named ?? {});
  return { i18n, use, translate, names, locale: global.locale };
}
export type Language = ReturnType<typeof createLanguage>;
