/** Text within HTML and SVG. */
const SAFE: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/**
 * Text that changes nothing around it: without what XML and spreadsheets know no character for, and without what turns the direction of
 * the words and numbers that follow it.
 */
export const plain = (text: string): string =>
  text
    .replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu, '')
    .replaceAll(/\p{Cs}/gu, '\ufffd');

/** Whatever a name holds stays text. */
export const safe = (text: string): string =>
  plain(text).replaceAll(/[&<>"']/g, (sign) => SAFE[sign] ?? sign);
