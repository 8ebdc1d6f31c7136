/** What a PDF of Chromium's consists of, as far as a spec about paper asks. */
import { inflateSync } from 'node:zlib';

/** How much each page draws: the bytes of its content, unpacked. */
export function printedPages(pdf: Buffer): number[] {
  const text = pdf.toString('latin1');
  const pages =
    text.match(/<<(?:(?!endobj)[\s\S])*?\/Type\s*\/Page\b(?!s)(?:(?!endobj)[\s\S])*?endobj/g) ?? [];
  return pages.map((page) => {
    const content = /\/Contents\s+(\d+)\s+0\s+R/.exec(page)?.[1];
    const from = text.search(new RegExp(`(^|[\\r\\n])${content} 0 obj`));
    const dictionary = text.slice(from, text.indexOf('stream', from));
    const length = Number(/\/Length\s+(\d+)/.exec(dictionary)?.[1]);
    const start =
      from + dictionary.length + 'stream'.length + (text[from + dictionary.length + 6] === '\r' ? 2 : 1);
    const bytes = pdf.subarray(start, start + length);
    return dictionary.includes('FlateDecode') ? inflateSync(bytes).length : bytes.length;
  });
}
