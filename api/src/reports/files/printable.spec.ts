import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { drawnBy } from './font-characters.ts';
import { NO_TYPE, printable } from './printable.ts';

const fontOf = (file: string) =>
  readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${file}`));
const draws = drawnBy(fontOf('400Regular/NotoSansSC_400Regular.ttf'));

it('knows what the font of reports draws', () => {
  const drawn = [...'Az 0中文柯桥㐂〓▲−é'].filter((sign) => !draws(sign.codePointAt(0) ?? 0));
  expect(drawn).toEqual([]);
  expect([...'👨𠀀\u0327ك\u0001'].filter((sign) => draws(sign.codePointAt(0) ?? 0))).toEqual([]);
});

it('says where a font does not tell which characters it draws', () => {
  expect(() => drawnBy(Buffer.alloc(64))).toThrow('does not say which characters it draws');
});

it.each([
  ['what can be printed stays', '绍兴 柯桥 (Keqiao), 2025 ▲ +1.2 %', '绍兴 柯桥 (Keqiao), 2025 ▲ +1.2 %'],
  ['a letter without a drawing is one sign', '👨‍👩‍👧 家纺 👍🏽', `${NO_TYPE} 家纺 ${NO_TYPE}`],
  ['a letter of a base and a mark is written as one where there is one', 'c\u0327a', 'ça'],
  ['of a rare character too', '𠀀镇', `${NO_TYPE}镇`],
  ['nothing turns the direction of the rest', 'a\u202Eb\u2066c\u200Fd', 'abcd'],
  ['nothing that has no form is kept', 'a\u0000b\u0007c\ufeffd\u00ade', 'abcde'],
  ['a line end is a blank', 'a\r\nb\u2028c\td', 'a b c d'],
  ['half a character is a sign', 'a\ud800b', `a${NO_TYPE}b`],
])('%s', (_, text, printed) => {
  expect(printable(text, draws)).toBe(printed);
});
