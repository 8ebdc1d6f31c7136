/** How texts are made alike before they are compared: what people type, and what belts are called. */

/** Traditional characters as simplified ones. */
type Simplify = (text: string) => string;
/** Positions of the characters whose pinyin, its beginning or its initial a word spells; null where it spells none. */
export type SpellsIn = (text: string, word: string) => readonly number[] | null;

export interface Language {
  readonly simplify: Simplify;
  readonly spellsIn: SpellsIn;
}

let loaded: Promise<Language> | undefined;

/** The dictionaries, 400 KB that only a search needs: read when the first one comes. */
export const language = (): Promise<Language> => (loaded ??= loadLanguage());

async function loadLanguage(): Promise<Language> {
  const [{ Converter }, { match }] = await Promise.all([import('opencc-js/t2cn'), import('pinyin-pro')]);
  return {
    simplify: Converter({ from: 't', to: 'cn' }),
    spellsIn: (text, word) =>
      spelt(word, (typed) => match(text, typed, { continuous: true, space: 'preserve', v: true })),
  };
}

/** ü is typed as v, and also as u (its dots are lost) or, as in passports, as yu: nuzhuang and nyuzhuang are nvzhuang, 女装. */
function spelt(word: string, match: (word: string) => readonly number[] | null): readonly number[] | null {
  return match(word) ?? (/[ln]y?u/.test(word) ? match(word.replaceAll(/([ln])y?u/g, '$1v')) : null);
}

/**
 * Full width as half, letters small and without accents, nothing that cannot be seen, traditional characters simplified: `ｙｉｗｕ` is `yiwu`, `紹興` is
 * `绍兴`.
 */
export function plainText(text: string, simplify: Simplify): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\p{Mn}\p{Cf}]/gu, '');
  return simplify(plain.normalize('NFC'));
}

/** The words of a text: what stands between blanks and punctuation. */
export const wordsOf = (text: string): string[] =>
  text.split(/[\s\p{P}\p{S}]+/u).filter((word) => word !== '');

const KINDS = /(?:省|市|县|区|镇|乡|(?:壮族|回族|维吾尔)?自治区|特别行政区|自治州|自治县|地区|盟|旗)$/;

/** A place without the word for its kind, as people say it: 绍兴 for 绍兴市; 曹县 stays, because nobody says 曹. */
export function spokenPlace(place: string): string {
  const short = place.replace(KINDS, '');
  return short.length >= 2 ? short : place;
}

/**
 * Whether a text falls into pieces of two characters and more that are each in one of the others: 绍兴柯桥 into the city
 * and the county, in whatever order they stand.
 */
export function fallsInto(text: string, others: readonly string[]): boolean {
  const isReached = [true, ...Array.from({ length: text.length }, () => false)];
  for (let end = 2; end <= text.length; end++) {
    for (let start = 0; start <= end - 2 && !isReached[end]; start++) {
      const piece = text.slice(start, end);
      isReached[end] = Boolean(isReached[start]) && others.some((other) => other.includes(piece));
    }
  }
  return isReached[text.length] === true;
}
