import { computed } from 'vue';
import { createI18n } from 'vue-i18n';
import type { NameTables } from '@beltline/contract/english-names';
import { DEFAULT_LOCALE, toLocale, type Locale } from './locale.ts';
import { createNames } from './names.ts';
import { plain } from './plain.ts';
import type { Further, FurtherMessages, Messages, Translate } from './translate.ts';

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

/** What only some pages say, by the name that their routes give it (`meta.words`). */
const further: { readonly [F in Further]: Record<Locale, () => Promise<FurtherMessages[F]>> } = {
  account: {
    'zh-CN': async () => (await import('./zh-account.ts')).zhAccount,
    en: async () => (await import('./en-account.ts')).enAccount,
  },
  administration: {
    'zh-CN': async () => (await import('./zh-administration.ts')).zhAdministration,
    en: async () => (await import('./en-administration.ts')).enAdministration,
  },
  belts: {
    'zh-CN': async () => (await import('./zh-belts.ts')).zhBelts,
    en: async () => (await import('./en-belts.ts')).enBelts,
  },
  benchmark: {
    'zh-CN': async () => (await import('./zh-benchmark.ts')).zhBenchmark,
    en: async () => (await import('./en-benchmark.ts')).enBenchmark,
  },
  clock: {
    'zh-CN': async () => (await import('./zh-clock.ts')).zhClock,
    en: async () => (await import('./en-clock.ts')).enClock,
  },
  data: {
    'zh-CN': async () => (await import('./zh-data.ts')).zhData,
    en: async () => (await import('./en-data.ts')).enData,
  },
  mail: {
    'zh-CN': async () => (await import('./zh-mail.ts')).zhMail,
    en: async () => (await import('./en-mail.ts')).enMail,
  },
  quality: {
    'zh-CN': async () => (await import('./zh-quality.ts')).zhQuality,
    en: async () => (await import('./en-quality.ts')).enQuality,
  },
  recovery: {
    'zh-CN': async () => (await import('./zh-recovery.ts')).zhRecovery,
    en: async () => (await import('./en-recovery.ts')).enRecovery,
  },
  reports: {
    'zh-CN': async () => (await import('./zh-reports.ts')).zhReports,
    en: async () => (await import('./en-reports.ts')).enReports,
  },
  releases: {
    'zh-CN': async () => (await import('./zh-releases.ts')).zhReleases,
    en: async () => (await import('./en-releases.ts')).enReleases,
  },
  sideBySide: {
    'zh-CN': async () => (await import('./zh-side-by-side.ts')).zhSideBySide,
    en: async () => (await import('./en-side-by-side.ts')).enSideBySide,
  },
  revisions: {
    'zh-CN': async () => (await import('./zh-revisions.ts')).zhRevisions,
    en: async () => (await import('./en-revisions.ts')).enRevisions,
  },
};
/** The names of all further words. */
export const FURTHER = Object.keys(further) as Further[];

export function createLanguage() {
  const i18n = createI18n({
    legacy: false,
    locale: DEFAULT_LOCALE,
    fallbackLocale: DEFAULT_LOCALE,
    missingWarn: false,
    // A page that says words which its route does not fetch shows their names to its reader. It goes on, so nothing is thrown; every
    // flow in the browser fails on what the console is told.
    // eslint-disable-next-line no-console -- a fault of the program itself, and a page has no other log
    missing: (locale, key) => console.error(`no words of ${locale} for ${key}`),
    fallbackWarn: false,
    messages: {},
  });
  const global = i18n.global;
  const tables = new Map<Locale, NameTables>();
  const asked = new Set<Further>();
  const fetched = new Set<string>();

  async function use(locale: Locale): Promise<void> {
    if (!global.availableLocales.includes(locale)) {
      const { messages, names } = await loaders[locale]();
      if (names) tables.set(locale, names);
      // A copy: further words are added to it.
      global.setLocaleMessage(locale, { ...messages });
    }
    for (const words of asked) await add(words, locale);
    global.locale.value = locale;
  }

  async function add(words: Further, locale: Locale): Promise<void> {
    if (fetched.has(`${words}/${locale}`)) return;
    global.mergeLocaleMessage(locale, await further[words][locale]());
    fetched.add(`${words}/${locale}`);
  }

  /** Further words, in the language of the moment and in whichever is chosen later. */
  async function useAlso(words: Further): Promise<void> {
    asked.add(words);
    const locale = toLocale(global.locale.value) ?? DEFAULT_LOCALE;
    // Before the first language is there, `use` fetches them with it.
    if (global.availableLocales.includes(locale)) await add(words, locale);
  }

  /** Names are there before their locale is chosen, so they change with it. */
  const names = computed(() => {
    const locale = toLocale(global.locale.value) ?? DEFAULT_LOCALE;
    return createNames(locale, tables.get(locale));
  });
  // What a sentence names may be of others: ids, names of users and files.
  const translate: Translate = (key, named = {}) =>
    global.t(
      key,
      Object.fromEntries(
        Object.entries(named).map(([name, value]) => [
          name,
          typeof value === 'string' ? plain(value) : value,
        ]),
      ),
    );
  return { i18n, use, useAlso, translate, names, locale: global.locale };
}
export type Language = ReturnType<typeof createLanguage>;
