/** Characters by which a spreadsheet takes a cell for a formula, also the wide ones of East Asian text. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** Kept as text by whoever opens it: a cell that would be a formula begins with an apostrophe (OWASP, CSV injection). */
function cell(content: string | number): string {
  // A number is none: it stays one, also below zero.
  if (typeof content === 'number') return String(content);
  const text = content;
  const harmless = FORMULA.test(text.trimStart()) || FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** RFC 4180, with the mark by which Excel knows UTF-8. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
