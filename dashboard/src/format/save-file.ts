/** Gives the reader a text, or what is a file already, as a file of their browser's. */
export function saveFile(
  content: string | Blob,
  name: string,
  type: 'text/csv' | 'text/plain' = 'text/csv',
): void {
  const file = typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  Object.assign(link, { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
