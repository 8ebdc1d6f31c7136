/** How the values of a column are written, and the expression that makes of them what the model reads. */

/** An expression of a SELECT, with what a person should know of the guess. */
export interface Drafted {
  readonly sql: string;
  /** Null where there is nothing to know. */
  readonly note: string | null;
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
const TIME = '(?:[ T]+([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?(?:[.][0-9]+)?)?';

/** Ways to write a day, and which group is year, month and day. */
const DAYS = [
  {
    pattern: `^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})${TIME}$`,
    order: [1, 2, 3],
    is: 'year, month, day',
  },
  { pattern: `^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日?${TIME}$`, order: [1, 2, 3], is: 'year, month, day' },
  {
    pattern: '^([0-9]{4})([0-9]{2})([0-9]{2})(?:[ T]?([0-9]{2}):?([0-9]{2}):?([0-9]{2}))?$',
    order: [1, 2, 3],
    is: 'year, month, day',
  },
  {
    pattern: `^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})${TIME}$`,
    order: [3, 2, 1],
    is: 'day, month, year',
  },
] as const;

/** A time as the model reads it; what cannot be read is passed on as it is, so that its row is rejected with the value. */
export function draftTime(name: string, values: readonly string[], field: string): Drafted {
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
  const way = DAYS.find(({ pattern }) => fits(given, new RegExp(pattern, 'u')));
  if (way === undefined)
    return {
      sql: column,
      note: `“${shown(given[0] as string)}” is no way of writing a time that is known: write an expression that gives YYYY-MM-DD HH:MM:SS.`,
      isOpen: true,
    };
  return draftDay(column, given, way, `${field}_parts`);
}

/** @param parts an alias that no other expression of the SELECT has */
function draftDay(
  column: string,
  given: readonly string[],
  way: (typeof DAYS)[number],
  parts: string,
): Drafted {
  const pattern = new RegExp(way.pattern, 'u');
  const groups = given.flatMap((value) =>
    pattern.exec(value) ? [pattern.exec(value) as RegExpExecArray] : [],
  );
  const largest = (group: number) => groups.reduce((most, found) => Math.max(most, Number(found[group])), 0);
  let order: readonly number[] = way.order;
  let is: string = way.is;
  if (order[0] === 3) {
    if (largest(1) <= 12 && largest(2) <= 12)
      return {
        sql: column,
        note: `“${shown(given[0] as string)}” may begin with the day or with the month, and nothing that was looked at tells: write which.`,
        isOpen: true,
      };
    if (largest(1) <= 12) [order, is] = [[3, 1, 2], 'month, day, year'];
  }
  const part = (group: number) => `leftPad(${parts}[${group}], 2, '0')`;
  const [year = 1, month = 2, day = 3] = order;
  const clock = [4, 5, 6].map(part).join(", ':', ");
  const hasNoTime = groups.every((found) => found[4] === undefined);
  return {
    sql: `if(empty(extractGroups(${column}, ${quoted(way.pattern)}) AS ${parts}), ${column}, concat(${parts}[${year}], '-', ${part(month)}, '-', ${part(day)}, ' ', ${clock}))`,
    note: `read as ${is}${hasNoTime ? ', at midnight because no time of day is written' : ''}.`,
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
  if (
    given.some((value) => COMMA_MONEY.test(value)) &&
    fits(given, new RegExp(`${COMMA_MONEY.source}|${PLAIN_MONEY.source}`))
  ) {
    sql = `replaceAll(replaceRegexpAll(${column}, '[. €$]', ''), ',', '.')`;
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
  return { sql, note: notes.join(' ') || null };
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
