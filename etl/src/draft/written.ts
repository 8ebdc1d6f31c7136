/** How the values of a column are written, and the expression that makes of them what the model reads. */

import type { ColumnFormat } from '../source/formats.ts';

/** An expression of a SELECT, with what a person should know of the guess. */
export interface Drafted {
  readonly sql: string;
  /** Null where there is nothing to know. */
  readonly note: string | null;
  /** How the column is written, where that is declared in `source.yaml` and the expression is the column itself. */
  readonly format?: { readonly column: string; readonly is: ColumnFormat };
  /** What is not known of every line, which `source.yaml` has to declare. */
  readonly lacks?: 'buyer' | 'sku';
  /** The guess does not hold for what was seen: without a person's hand, rows will be rejected or figures wrong. */
  readonly isOpen?: boolean;
}

/** A text of SQL. */
export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Qualified, so that an alias of the same name does not stand for it. */
export const columnOf = (name: string): string => `orders.\`${name}\``;

/** Of the values that are given, so many must be written in a way for it to be taken for theirs; the rest are rejected rows. */
const MOST = 0.95;

const fits = (values: readonly string[], pattern: RegExp): boolean =>
  values.filter((value) => pattern.test(value)).length >= values.length * MOST;

const shown = (value: string): string => (value.length > 40 ? `${value.slice(0, 40)}…` : value);

const READY = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/;
const TIME = '(?:([ T]+)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.]([0-9]{1,9}))?)?)?';

/** Ways to write a day: a pattern, what its groups are, and what stands between them in a format. */
const DAYS = [
  { pattern: `^([0-9]{4})([-/.])([0-9]{1,2})([-/.])([0-9]{1,2})${TIME}$`, order: 'ymd' },
  { pattern: `^([0-9]{4})(年)([0-9]{1,2})(月)([0-9]{1,2}日?)${TIME}$`, order: 'ymd' },
  { pattern: `^([0-9]{1,2})([-/.])([0-9]{1,2})([-/.])([0-9]{4})${TIME}$`, order: 'dmy' },
] as const;

/** Days without marks: 20240102, 20240102093000. */
const BARE = /^\d{8}(?:[ T]?\d{2}:?\d{2}:?\d{2})?$/;

/** A time as the model reads it; what cannot be read is passed on as it is, so that its row is rejected with the value. */
export function draftTime(name: string, values: readonly string[]): Drafted {
  const column = columnOf(name);
  const given = values.filter((value) => value !== '');
  if (given.length === 0)
    return { sql: column, note: 'empty in every row that was looked at.', isOpen: false };
  if (fits(given, READY)) return { sql: column, note: null };
  for (const [digits, call] of [
    [10, `toDateTime(toUInt32OrZero(${column}))`],
    [13, `toDateTime(intDiv(toUInt64OrZero(${column}), 1000))`],
  ] as const)
    if (fits(given, new RegExp(`^1\\d{${digits - 1}}$`)))
      return {
        sql: `if(match(${column}, '^1[0-9]{${digits - 1}}$'), toString(${call}), ${column})`,
        note: `read as ${digits === 10 ? 'seconds' : 'milliseconds'} since 1970.`,
      };
  if (fits(given, BARE)) return draftDeclared(name, given, 'ymd', given.map(bareFormat));
  const way = DAYS.find(({ pattern }) => fits(given, new RegExp(pattern, 'u')));
  if (way === undefined)
    return {
      sql: column,
      note: `“${shown(given[0] as string)}” is no way of writing a time that is known: declare it (formats in source.yaml), or write an expression that gives YYYY-MM-DD HH:MM:SS.`,
      isOpen: true,
    };
  const groups = given.flatMap((value) => {
    const match = new RegExp(way.pattern, 'u').exec(value);
    return match ? [match] : [];
  });
  const largest = (group: number) => groups.reduce((most, match) => Math.max(most, Number(match[group])), 0);
  let order: 'ymd' | 'dmy' | 'mdy' = way.order;
  if (order === 'dmy') {
    if (largest(1) <= 12 && largest(3) <= 12)
      return {
        sql: column,
        note:
          `“${shown(given[0] as string)}” may begin with the day or with the month, and nothing that was looked at tells: ` +
          `declare which in source.yaml, formats: { ${JSON.stringify(name)}: { time: 'd/m/yyyy h:mm' } } or 'm/d/yyyy h:mm'.`,
        isOpen: true,
      };
    if (largest(1) <= 12) order = 'mdy';
  }
  return draftDeclared(
    name,
    given,
    order,
    groups.map((match) => formatOf(match, order)),
  );
}

const bareFormat = (value: string): string => {
  const clock = value.slice(8);
  return `yyyymmdd${clock.replace(/\d{2}/, 'hh').replace(/\d{2}/, 'mm').replace(/\d{2}/, 'ss')}`;
};

/** The format that a value is written in, by the groups of a pattern of DAYS. */
function formatOf(match: RegExpExecArray, order: 'ymd' | 'dmy' | 'mdy'): string {
  const [first, second, third] = {
    ymd: ['yyyy', 'm', 'd'],
    dmy: ['d', 'm', 'yyyy'],
    mdy: ['m', 'd', 'yyyy'],
  }[order];
  const [, , firstMark = '', , secondMark = '', last = '', gap, hour, , seconds, fraction] = match;
  const day = `${first}${firstMark}${second}${secondMark}${third}${last.endsWith('日') ? '日' : ''}`;
  if (hour === undefined) return day;
  return `${day}${gap?.startsWith('T') ? 'T' : ' '}h:mm${seconds === undefined ? '' : ':ss'}${fraction === undefined ? '' : `.${'0'.repeat(fraction.length)}`}`;
}

const ORDER_NAMES = { ymd: 'year, month, day', dmy: 'day, month, year', mdy: 'month, day, year' } as const;

/** @param formats that of each value, the most usual of which are declared */
function draftDeclared(
  name: string,
  given: readonly string[],
  order: keyof typeof ORDER_NAMES,
  formats: readonly string[],
): Drafted {
  const counts = new Map<string, number>();
  for (const format of formats) counts.set(format, (counts.get(format) ?? 0) + 1);
  const time = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 8)
    .map(([format]) => format);
  const hasNoTime = time.every((format) => !format.includes('h'));
  return {
    sql: columnOf(name),
    format: { column: name, is: { time } },
    note: `read as ${ORDER_NAMES[order]}, such as “${shown(given[0] as string)}”${hasNoTime ? ', at midnight because no time of day is written' : ''}.`,
  };
}

const PLAIN_MONEY = /^-?\d+(\.\d+)?$/;
const MARKED_MONEY = /^[¥￥$€£]?\s*-?(\d{1,3}([,，]\d{3})+|\d+)(\.\d+)?\s*(元|CNY|RMB)?$/i;
const COMMA_MONEY = /^[€$]?\s*-?(\d{1,3}([. ]\d{3})+|\d+),\d{1,2}\s*€?$/;

/** An amount as the model reads it: digits around at most one point. */
export function draftMoney(name: string, values: readonly string[]): Drafted {
  const column = columnOf(name);
  const given = values.map((value) => value.trim()).filter((value) => value !== '');
  const notes = given.some((value) => value.replace(/^[¥￥$€£]\s*/, '').startsWith('-'))
    ? ['rows below zero (returns?) are rejected; a refund belongs into refund_amount of the line it is for.']
    : [];
  let sql = column;
  let format: Drafted['format'];
  if (
    given.some((value) => COMMA_MONEY.test(value)) &&
    fits(given, new RegExp(`${COMMA_MONEY.source}|${PLAIN_MONEY.source}`))
  ) {
    const example =
      given.some((value) => value.includes(' ')) && !given.some((value) => /\d\.\d/.test(value))
        ? '1 234,56'
        : '1.234,56';
    const sign = given.map((value) => /[€$]/.exec(value)?.[0]).find((one) => one !== undefined);
    format = { column: name, is: { number: sign === undefined ? example : `${sign}${example}` } };
    notes.push('read with a decimal comma.');
  } else if (!fits(given, PLAIN_MONEY)) {
    if (!fits(given, MARKED_MONEY))
      return {
        sql,
        note: `“${shown(given[0] ?? '')}” is no way of writing an amount that is known.`,
        isOpen: true,
      };
    sql = `replaceRegexpAll(${column}, '[¥￥$€£,， 元]|CNY|RMB', '')`;
    notes.push('read without its signs and separators of thousands.');
  }
  if (given.some((value) => /[.,]\d{2}0+\D*$/.test(value)))
    sql = `replaceRegexpOne(${sql}, '([.][0-9]{2})0+$', '\\\\1')`;
  if (given.some((value) => /\.\d{2}\d*[1-9]\d*\D*$/.test(value) && !/\.\d{2}0*\D*$/.test(value)))
    notes.push('rows with more than two decimals are rejected: round them, if that is right.');
  return { sql, note: notes.join(' ') || null, ...(format ? { format } : {}) };
}

/** A whole number: some exports write 3 as 3.0, or 1000 as 1,000. */
export function draftCount(name: string, values: readonly string[]): Drafted {
  const column = columnOf(name);
  const given = values.filter((value) => value !== '');
  const isOdd = given.some((value) => /^\d+\.0+$|^\d{1,3}(,\d{3})+$/.test(value));
  return {
    sql: isOdd ? `replaceRegexpAll(${column}, '[.]0+$|,', '')` : column,
    note: given.some((value) => value.startsWith('-')) ? 'rows below zero (returns?) are rejected.' : null,
  };
}

/** An id: shops' exports put a tab, or ="…", around numbers to keep a spreadsheet from rounding them. */
export function draftId(name: string, values: readonly string[]): Drafted {
  const column = columnOf(name);
  const isWrapped = values.some((value) => /^[="\t ]|["\t ]$/.test(value));
  const isRounded = values.some((value) => /^[="\s]*\d+[.,]\d*E\+?\d+/i.test(value));
  return {
    sql: isWrapped ? `trimBoth(${column}, '=" \\t')` : column,
    note: isRounded
      ? 'a spreadsheet has rounded it (1.23E+15); such rows are rejected. Export the column as text.'
      : isWrapped
        ? 'tabs, blanks, quotes and signs of equality around it are taken off.'
        : null,
    isOpen: isRounded,
  };
}
