import { createLanguage } from './i18n.ts';
import type { Locale } from './locale.ts';
import type { Translate } from './translate.ts';

/** The words of a language for specs of summary sentences: the real messages, without a page. */
export async function translatorOf(locale: Locale): Promise<Translate> {
  const language = createLanguage();
  await language.use(locale);
  return language.translate;
}
