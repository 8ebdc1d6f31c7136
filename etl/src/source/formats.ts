/**
 * How the values of a column are written, as `formats` in `source.yaml` declares it: numbers by an example, days and times by the
 * letters that spreadsheets use. A declaration becomes a pattern and the places of its parts, from which landing makes SQL; so a value
 * that is written otherwise is known before any SELECT sees it.
 */

/** A way of writing numbers: what stands before and behind them, between thousands, and before decimals; '' = nothing. */
export interface NumberFormat {
  readonly prefix: string;
  readonly thousands: string;
  readonly decimal: string;
  readonly suffix: string;
}

/** Parts of a day or a time in the order in which a pattern captures them. */
export type TimePart =
  'year' | 'month' | 'monthName' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'half';

/** A way of writing days or times: a regular expression of the whole value, and which of its groups is what, from 1. */
export interface TimeFormat {
  readonly pattern: string;
  readonly groups: Readonly<Partial<Record<TimePart, number>>>;
  readonly hasShortYear: boolean;
}

const NUMBER =
  /^(?<prefix>[^0-9]*?)1(?<thousands>[.,'’ \u00a0\u202f]?)234(?:(?<decimal>[.,])5\d*)?(?<suffix>[^0-9]*)$/u;

/** @returns null where the text is no such example: 1234 or 1234.56 with the signs around and between that are meant. */
export function numberFormat(example: string): NumberFormat | null {
  const found = NUMBER.exec(example.trim())?.groups;
  if (!found) return null;
  const { prefix = '', thousands = '', decimal = '', suffix = '' } = found;
  if (thousands !== '' && thousands === decimal) return null;
  if (/[-+()−]/.test(prefix + suffix)) return null;
  return { prefix: prefix.trim(), thousands, decimal, suffix: suffix.trim() };
}

const ONE_OR_TWO = '([0-9]{1,2})';

/** Letters of a format, the longest first: what they match, and which part that is. */
const TOKENS: readonly (readonly [letters: string, pattern: string, part: TimePart])[] = [
  ['yyyy', '([0-9]{4})', 'year'],
  ['yy', '([0-9]{2})', 'year'],
  ['mmm', '([A-Za-z]{3})', 'monthName'],
  ['mm', '([0-9]{2})', 'month'],
  ['m', ONE_OR_TWO, 'month'],
  ['dd', '([0-9]{2})', 'day'],
  ['d', ONE_OR_TWO, 'day'],
  ['hh', '([0-9]{2})', 'hour'],
  ['h', ONE_OR_TWO, 'hour'],
  ['ss', '([0-9]{2})', 'second'],
  ['am/pm', '([AaPp][Mm]|上午|下午)', 'half'],
];

/** What stands between the letters, as it is. */
const BETWEEN = /^[-/. :,TZ年月日时時分秒号號]/u;

/**
 * @returns a sentence of what is wrong with the text, else its format. `m` is a minute behind an hour, or before seconds, and a month
 * elsewhere, as in spreadsheets.
 */
export function timeFormat(text: string, hasTime: boolean): TimeFormat | string {
  const groups: Partial<Record<TimePart, number>> = {};
  let pattern = '';
  let rest = text.trim();
  let count = 0;
  let isOpen = false; // whether digits just before have one part of one digit or two
  while (rest !== '') {
    const fraction = /^\.(0{1,9})/.exec(rest);
    if (fraction && groups.second !== undefined && groups.fraction === undefined) {
      pattern += `[.,]([0-9]{${fraction[1]?.length}})`;
      groups.fraction = ++count;
      rest = rest.slice(fraction[0].length);
      continue;
    }
    const token = TOKENS.find(([letters]) => rest.toLowerCase().startsWith(letters));
    if (token) {
      const [letters, matched, named] = token;
      rest = rest.slice(letters.length);
      const isMinute =
        named === 'month' &&
        groups.minute === undefined &&
        (groups.hour !== undefined || /^[:分]?s/i.test(rest));
      const part = isMinute ? 'minute' : named;
      if (groups[part] !== undefined) return `it has the ${part} twice`;
      const isOneOrTwo = matched === ONE_OR_TWO;
      if (isOneOrTwo && isOpen)
        return `nothing stands between parts of one digit or two before “${letters}${rest}”, so 2024111 would be two days: write mm and dd, or a sign between`;
      isOpen = matched.startsWith('([0-9]') && (isOpen || isOneOrTwo);
      groups[part] = ++count;
      pattern += matched;
      continue;
    }
    const sign = BETWEEN.exec(rest)?.[0];
    if (sign === undefined)
      return `“${rest.slice(0, 10)}” is neither a part of a time nor a sign between parts`;
    isOpen = false;
    pattern += sign === ' ' ? '[ \\t]+' : /[./-]/.test(sign) ? `[${sign}]` : sign;
    rest = rest.slice(sign.length);
  }
  const has = (part: TimePart): boolean => groups[part] !== undefined;
  if (!has('year') || !has('day') || has('month') === has('monthName'))
    return 'it must have year (yyyy, yy), month (m, mm, mmm) and day (d, dd), each once';
  if (has('minute') !== has('hour') || (has('second') && !has('minute')) || (has('half') && !has('hour')))
    return 'a time of day has hour (h, hh), minute (mm) and, if at all, seconds (ss) behind them';
  if (has('hour') && !hasTime) return 'a day has no hours: say time instead of day';
  return { pattern: `^${pattern}$`, groups, hasShortYear: !/yyyy/i.test(text) };
}

/** Whether two formats would read one text as two days: 1/2/2024. */
export function areAmbiguous(one: TimeFormat, other: TimeFormat): boolean {
  const order = ({ groups }: TimeFormat): string =>
    (['year', 'month', 'day'] as const)
      .flatMap((part) => (groups[part] === undefined ? [] : [part]))
      .sort((a, b) => (groups[a] ?? 0) - (groups[b] ?? 0))
      .join();
  const isNumeric = ({ groups }: TimeFormat): boolean => groups.month !== undefined;
  return isNumeric(one) && isNumeric(other) && order(one) !== order(other);
}

interface Written {
  /** Values that mean nothing, beside the empty one. */
  readonly empty?: readonly string[] | undefined;
}

/** How the values of a column are written: exactly one of `number`, `day` and `time`. */
export type ColumnFormat =
  | (Written & { readonly number: string })
  | (Written & { readonly day: readonly string[] })
  | (Written & {
      readonly time: readonly string[];
      /** IANA name; the zone of the source where it is left out. */
      readonly zone?: string | undefined;
    });
