/**
 * Finds belts by what people type: code, names, places and goods, in Chinese or English, by pinyin or its initials. The one
 * definition of a search; the page asks it too. A belt is found where each word is in it; the best first.
 */
import type { Belt } from '@beltline/contract';
import { englishNames } from '@beltline/contract/english-names';
import { turns } from '../../platform/turns.ts';
import { fallsInto, type Language, language, plainText, spokenPlace, wordsOf } from './search-text.ts';

/** What a word is worth where it is the whole of a field. */
const WEIGHT = { name: 60, county: 45, city: 40, category: 35, province: 30 } as const;
const CODE = 100;

/** How much of a field's weight a word has that is … */
const WHOLE = 1;
const BEGINNING = 0.9;
const INSIDE = 0.7;
const SPELT = 0.5;
const INITIALS = 0.3;
/** In several fields together, such as city and county written as one word. */
const ACROSS = 25;

/** Inside a word of English fewer letters would be found by chance. */
const MIN_LETTERS_INSIDE = 3;
const HAS_HAN = /\p{Script=Han}/u;
const HAS_LATIN = /[a-z]/;

interface Field {
  readonly kind: keyof typeof WEIGHT;
  readonly text: string;
}

/** A belt, with its texts made plain. */
interface Entry {
  readonly belt: Belt;
  readonly code: string;
  readonly fields: readonly Field[];
  /** Province, city, county and name as one would say them in one go, and county and goods. */
  readonly chains: readonly string[];
}

export class BeltSearch {
  private constructor(
    private readonly entries: readonly Entry[],
    private readonly language: Language,
  ) {}

  static async over(belts: readonly Belt[]): Promise<BeltSearch> {
    const known = await language();
    return new BeltSearch(await turns.map(belts, (belt) => entryOf(belt, known)), known);
  }

  /** Belts that have every word, the best first and of equal ones the largest; all of them where nothing is searched for. */
  async find(text: string): Promise<Belt[]> {
    if (text.trim() === '') return this.entries.map(({ belt }) => belt);
    const words = wordsOf(plainText(text, this.language.simplify));
    // Signs alone find nothing: all belts would be said to have them.
    if (words.length === 0) return [];
    const known = { ...this.language, spellsIn: askedOnce(this.language.spellsIn) };
    const scores = await turns.map(this.entries, (entry) => scoreOf(entry, words, known));
    return this.entries
      .map((entry, index) => ({ belt: entry.belt, score: scores[index] ?? 0 }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || b.belt.merchants - a.belt.merchants || before(a.belt, b.belt))
      .map(({ belt }) => belt);
  }
}

/** Belts share provinces, cities and goods, and looking for the spelling of a text is what a search takes its time with. */
function askedOnce(spellsIn: Language['spellsIn']): Language['spellsIn'] {
  const known = new Map<string, ReturnType<Language['spellsIn']>>();
  return (text, word) => {
    const asked = `${word} ${text}`;
    const found = known.get(asked);
    if (found !== undefined) return found;
    const made = spellsIn(text, word);
    known.set(asked, made);
    return made;
  };
}

const before = (a: Belt, b: Belt): number => (a.beltId < b.beltId ? -1 : 1);

function entryOf(belt: Belt, { simplify }: Language): Entry {
  const plain = (text: string) => plainText(text, simplify);
  const { name, province, city, county, category } = belt;
  const english = (kind: keyof typeof englishNames, chinese: string) =>
    Object.hasOwn(englishNames[kind], chinese) ? (englishNames[kind][chinese] ?? '') : '';
  const texts: [keyof typeof WEIGHT, string][] = [
    ['name', name.zh],
    ['name', name.en],
    ['county', county],
    ['county', english('county', county)],
    ['city', city],
    ['city', english('city', city)],
    ['province', province],
    ['province', english('province', province)],
    ['category', category.zh],
    ['category', category.en],
    ['category', english('category', category.zh)],
  ];
  const places = [province, city, county].map((place) => spokenPlace(plain(place)));
  const spoken = plain(name.zh);
  const said = places.filter((place, index) => places.indexOf(place) === index && !spoken.startsWith(place));
  return {
    belt,
    code: plain(belt.beltId),
    fields: texts.filter(([, text]) => text !== '').map(([kind, text]) => ({ kind, text: plain(text) })),
    chains: [[...said, spoken].join(''), [...places.slice(-1), plain(category.zh)].join('')],
  };
}

/** 0 where one of the words is not there. The words as one word may be worth more: `cao xian` is 曹县. */
function scoreOf(entry: Entry, words: readonly string[], known: Language): number {
  let total = 0;
  for (const word of words) {
    const score = scoreOfWord(entry, word, known);
    if (score === 0) return 0;
    total += score;
  }
  const together = words.length > 1 ? scoreOfWord(entry, words.join(''), known) : 0;
  return total / words.length + together;
}

function scoreOfWord({ code, fields, chains }: Entry, word: string, { spellsIn }: Language): number {
  if (code === word) return CODE;
  const isOfCode = /\d/.test(word) && (code.startsWith(word) || isNumberOf(code, word));
  const scores = [
    isOfCode ? CODE * BEGINNING : 0,
    ...fields.map((field) => WEIGHT[field.kind] * writtenIn(field, word)),
  ];
  if (HAS_HAN.test(word)) {
    const texts = [...chains, ...fields.map(({ text }) => text)];
    const isAcross = chains.some((chain) => chain.includes(word)) || fallsInto(word, texts);
    scores.push(isAcross ? ACROSS : 0);
  }
  if (HAS_LATIN.test(word)) {
    const chinese = fields.filter(({ text }) => HAS_HAN.test(text));
    scores.push(...chinese.map(({ kind, text }) => WEIGHT[kind] * speltIn(text, word, spellsIn)));
    if (word.length >= 2) scores.push(...chains.map((chain) => ACROSS * speltIn(chain, word, spellsIn)));
  }
  return Math.max(...scores);
}

/** A code without its zeros, or its number alone: `b5`, `005` and `5` are B005. */
function isNumberOf(code: string, word: string): boolean {
  const short = (text: string) => text.replace(/^(\D*)0+(?=\d)/, '$1');
  return [short(code), short(code).replace(/^\D+/, '')].includes(short(word));
}

/** How much of a field's weight a word has by being written in it. */
function writtenIn({ text, kind }: Field, word: string): number {
  if (text === word || spokenPlace(text) === word) return WHOLE;
  if (text.startsWith(word)) return BEGINNING;
  if (HAS_HAN.test(word)) return text.includes(word) ? INSIDE : 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return INSIDE;
  }
  // Part of an English word, such as the wear in menswear. Places have no such parts.
  const hasParts = kind === 'name' || kind === 'category';
  return hasParts && word.length >= MIN_LETTERS_INSIDE && text.includes(word) ? INSIDE / 2 : 0;
}

/** How much it has by spelling characters of it. A single letter spells the first one only. */
function speltIn(text: string, word: string, spellsIn: Language['spellsIn']): number {
  const found = spellsIn(text, word);
  if (found === null || (word.length === 1 && found[0] !== 0)) return 0;
  const isInitials = found.length === word.length;
  return (isInitials ? INITIALS : SPELT) * (found[0] === 0 ? 1 : BEGINNING);
}
