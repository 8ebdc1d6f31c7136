import { computed, inject, type ComputedRef, type InjectionKey } from 'vue';
import type { Language } from './i18n.ts';
import { DEFAULT_LOCALE, pick, toLocale, type Locale } from './locale.ts';
import type { Names } from './names.ts';
import type { Translate } from './translate.ts';

export const LANGUAGE: InjectionKey<Language> = Symbol('language');

export interface Text {
  t: Translate;
  locale: ComputedRef<Locale>;
  /** One language of a text that comes in both. */
  name(text: { zh: string; en: string }): string;
  /** What places and goods are called. */
  names: ComputedRef<Names>;
  use(locale: Locale): Promise<void>;
}

/** Words in the reader's language, with keys checked by the compiler. */
export function useText(): Text {
  const language = inject(LANGUAGE);
  if (!language) throw new Error('the language is not provided');
  const locale = computed(() => toLocale(language.locale.value) ?? DEFAULT_LOCALE);
  return {
    t: language.translate,
    locale,
    name: (text) => pick(text, locale.value),
    names: language.names,
    use: language.use,
  };
}
