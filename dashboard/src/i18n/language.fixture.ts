import { createLanguage, FURTHER } from './i18n.ts';
import type { Locale } from './locale.ts';
import type { Names } from './names.ts';
import type { Translate } from './translate.ts';

/** The words of a language for specs of summary sentences: the real messages, without a page. */
export async function translatorOf(locale: Locale): Promise<Translate> {
  return (await languageWith(locale)).translate;
}

/** What places and goods are called in a language. */
export async function namesOf(locale: Locale): Promise<Names> {
  return (await languageWith(locale)).names.value;
}

/** All that a language says, those words too that few pages fetch. */
export async function messagesOf(locale: Locale) {
  return (await languageWith(locale)).i18n.global.getLocaleMessage(locale);
}

/** A language with all of its words. */
export async function languageWith(locale: Locale) {
  const language = createLanguage();
  for (const words of FURTHER) await language.useAlso(words);
  await language.use(locale);
  return language;
}
