import { onScopeDispose, watchEffect } from 'vue';

/** A text as a CSS string: quotes, backslashes and whatever is no letter to print would end it or the style sheet. */
const cssString = (text: string): string =>
  `"${text.replace(/["\\<\p{Cc}]/gu, (one) => `\\${(one.codePointAt(0) ?? 0).toString(16)} `)}"`;

/**
 * The rule that repeats lines at the foot of every sheet, in the margin, where nothing else is: a sheet that is torn off or copied still
 * says where it comes from. Sheets have no room for an address of any length: what is beyond `LONGEST` characters is cut, the head has it whole.
 */
export function pageFoot(lines: readonly string[]): string {
  const content = lines.map((line) => cssString(cut(line))).join(" '\\a ' ");
  return `@page { @bottom-left { content: ${content}; width: 88%; white-space: pre-wrap; overflow-wrap: anywhere; vertical-align: top; padding-top: 2mm; font-size: 7pt; line-height: 1.25; color: #55616f; } }`;
}

/** Two lines of the foot. */
const LONGEST = 220;
const cut = (line: string) => {
  const characters = [...line];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : line;
};

/** Keeps the foot of printed sheets up to date while its component lives. As a sheet of its own: inline styles are not allowed here. */
export function usePageFoot(lines: () => readonly string[]): void {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  watchEffect(() => sheet.replaceSync(pageFoot(lines())), { flush: 'sync' });
  onScopeDispose(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  });
}
