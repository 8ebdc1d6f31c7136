/** Values of cells as text. A date is a number in a workbook, and only its format says that it is one. */

/** What the format of a cell makes of its number. */
export type CellKind = 'number' | 'date' | 'time' | 'datetime';

/** Formats that have no text of their own in a workbook (ECMA-376 part 1, 18.8.30), those of East Asian programs too. */
const BUILT_IN: Readonly<Record<number, CellKind>> = {
  ...ofNumbers([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58], 'date'),
  ...ofNumbers([18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56], 'time'),
  22: 'datetime',
};

function ofNumbers(numbers: readonly number[], kind: CellKind): Record<number, CellKind> {
  return Object.fromEntries(numbers.map((number) => [number, kind]));
}

/**
 * The kind of a number by its format. A duration (`[h]:mm`) is a number: it is no time of day.
 * @param id of the format in the workbook
 * @param code its text, where the workbook gives one
 */
export function kindOfFormat(id: number, code: string | undefined): CellKind {
  if (code === undefined) return BUILT_IN[id] ?? 'number';
  const [first = ''] = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, '').split(';');
  if (/\[(h+|m+|s+)\]/i.test(first)) return 'number';
  const signs = first.replaceAll(/\[[^\]]*\]/g, '').toLowerCase();
  if (/general|[#?]/.test(signs)) return 'number';
  const isDate = /[yd年日]|e{1,2}(?![+-])|mmm/.test(signs) || (/m/.test(signs) && !/[hs]/.test(signs));
  const isTime = /[hs时秒]/.test(signs);
  if (isDate) return isTime ? 'datetime' : 'date';
  return isTime ? 'time' : 'number';
}

const DAY_MS = 86_400_000;
/** 31 December 9999, the last day that a spreadsheet knows. */
const LAST_DAY = 2_958_466;

/**
 * A number as a spreadsheet shows it: with the 15 digits that it keeps, and not with the seventeen that a writer needs
 * (30.3 is stored as 30.300000000000001). Null where it is no number.
 */
export function numberText(stored: string): string | null {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return null;
  const shown = Number(value.toPrecision(15));
  if (Number.isInteger(shown)) return BigInt(shown).toString();
  const text = String(shown);
  return text.includes('e') ? shown.toFixed(20).replace(/0+$/, '') : text;
}

/**
 * A day or an instant as `YYYY-MM-DD`, `HH:MM:SS` or both, with milliseconds where there are some. A number that no day has (negative, or
 * after the year 9999) stays a number. Null where it is none.
 * @param from1904 the workbook counts days from 1904, as old ones of a Macintosh do
 */
export function momentText(
  stored: string,
  kind: Exclude<CellKind, 'number'>,
  from1904: boolean,
): string | null {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return null;
  if (value < 0 || value >= LAST_DAY) return numberText(stored);
  // 1900 has a 29 February in a spreadsheet: days before it are one further on.
  const days = value + (from1904 ? 1462 : value < 60 ? 1 : 0);
  const text = new Date(Math.round(days * DAY_MS) - 25_569 * DAY_MS).toISOString();
  const time = text.slice(11, 23).replace(/\.000$/, '');
  if (kind === 'date') return text.slice(0, 10);
  return kind === 'time' ? time : `${text.slice(0, 10)} ${time}`;
}

/** Characters that XML cannot hold are written `_x000D_`. */
export const plainText = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

/** A column by its letters, from 1: `A1` → 1, `AB7` → 28. 0 where there are none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.toUpperCase()) {
    const place = letter.charCodeAt(0) - 64;
    if (place < 1 || place > 26) break;
    column = column * 26 + place;
  }
  return column;
}
