/** Finds publications by what people type: each word in the number, the month, or the name of the area, in Chinese, English or pinyin. */
import { englishNames } from '@beltline/contract/english-names';
import { monthOf } from '../../core/calendar.ts';
import { language, plainText, wordsOf } from '../../questions/belts/search-text.ts';
import { numberOf } from './publication-answer.ts';
import type { Row } from './publication-store.service.ts';

export async function reportSearch(text: string): Promise<(row: Row) => boolean> {
  const { simplify, spellsIn } = await language();
  const words = wordsOf(plainText(text, simplify));
  return (row) => {
    const { zh, en } = row.about.regionName;
    const { kind } = row;
    const named = kind === 'province' || kind === 'city' ? (englishNames[kind][zh] ?? en) : en;
    const whole = [numberOf(row) ?? '', monthOf(row.month), zh, en, named].map((one) =>
      plainText(one, simplify),
    );
    return words.every((word) => whole.some((one) => one.includes(word)) || spellsIn(zh, word) !== null);
  };
}
