import { createLanguage } from './i18n.ts';
import type { Locale } from './locale.ts';
import type { Names } from './names.ts';
import type { Translate } from './translate.ts';

/** The words of a language for specs of summary sentences: the real messages, without a page. */
export async function translatorOf(locale: Locale): Promise<Translate> {
  return (await languageOf(locale)).translate;
}

/** What places and goods are called in a language. */
export async function namesOf(locale: Locale): Promise<Names> {
  return (await languageOf(locale)).names.value;
}

async function languageOf(locale: Locale) {
  const language = createLanguage();
  for (const words of ['administration', 'benchmark', 'data', 'quality', 'releases'] as const)
    await language.useAlso(words);
  await language.use(locale);
  return language;
}
