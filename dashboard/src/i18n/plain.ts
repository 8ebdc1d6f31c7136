/**
 * Text of others that turns nothing around it: without control characters, which no page draws, and without what turns the direction of the words and
 * numbers behind it. The same as in reports.
 */
export const plain = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '');
