/** Characters by which a spreadsheet takes a cell for a formula, also the wide ones of East Asian text. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** Kept as text by whoever opens it: a cell that would be a formula begins with an apostrophe (OWASP, CSV injection). */
function cell(text: string): string {
  const harmless = FORMULA.test(text.trimStart()) || FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** RFC 4180, with the mark by which Excel knows UTF-8. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
