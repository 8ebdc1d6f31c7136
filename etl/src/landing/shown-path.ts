/** A path as a message shows it: in one line, whatever its name holds. */
export const shownPath = (path: string): string =>
  path.replaceAll(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    const short = JSON.stringify(character).slice(1, -1);
    return short === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : short;
  });
