/** Text as it can be printed. What the font of reports has no drawing for would keep a whole report from being set, or be drawn by whatever font a machine has. */

/** 〓, by which printers mark a character that they have no type for. */
export const NO_TYPE = '\u3013';

/** What has no form of its own: it lays out, joins or fills, or turns the direction of what follows. */
const FORMLESS = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const USUAL = /^[\x20-\x7e]*$/;
const letters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** `draws`: whether the font has a drawing for a code point. What a reader takes for one letter becomes one sign. */
export function printable(text: string, draws: (codePoint: number) => boolean): string {
  if (USUAL.test(text)) return text;
  const lines = text.replaceAll(/[\t\n\r\u2028\u2029]+/g, ' ');
  return Array.from(letters.segment(lines), ({ segment }) => letterOf(segment, draws)).join('');
}

function letterOf(segment: string, draws: (codePoint: number) => boolean): string {
  const formed = segment.replaceAll(FORMLESS, '');
  const composed = formed.normalize('NFC');
  return (
    [formed, composed].find((one) => Array.from(one).every((sign) => draws(codePointOf(sign)))) ?? NO_TYPE
  );
}

const codePointOf = (sign: string): number => sign.codePointAt(0) ?? 0;
