/** A text of somebody's as a message shows it: in one line, with what is invisible or turns the line around written out. */
export const shownText = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    const short = JSON.stringify(character).slice(1, -1);
    return short === character ? `\\u${codeOf(character)}` : short;
  });

const codeOf = (character: string): string => {
  const code = (character.codePointAt(0) as number).toString(16);
  return code.length > 4 ? `{${code}}` : code.padStart(4, '0');
};

/** The same of what has several lines, JSON too: what is left of it moves no cursor, and neither colours nor turns what stands beside it. */
export const shownLines = (text: string): string =>
  text.replaceAll(/[^\P{Cc}\n\t]|[\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, shownText);

/** A path as a message shows it, whatever its name holds. */
export const shownPath = shownText;
