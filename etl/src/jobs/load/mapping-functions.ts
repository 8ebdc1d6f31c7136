/** The functions that a SELECT of a source may call: a list of what is allowed, because one of what is not is never complete. */
import { z } from 'zod';
import type { LoadSession } from './load-session.ts';

/** Kinds of functions of the engine that compute with their arguments and nothing else. */
const CATEGORIES = [
  'Arithmetic',
  'Arrays',
  'Bit',
  'Bitmap',
  'Comparison',
  'Conditional',
  'Dates and Times',
  'Distance',
  'Encoding',
  'Encryption',
  'Geo',
  'Hash',
  'IP Address',
  'JSON',
  'Logical',
  'Map',
  'Mathematical',
  'Null',
  'Rounding',
  'String',
  'String Replacement',
  'String Search',
  'String Splitting',
  'Tuple',
  'Type Conversion',
  'URL',
  'UUID',
];

/** Of the other kinds, which hold `file`, `sleep` and `getSetting` as well: those that are named here. */
const OTHERS = [
  '_CAST',
  'bar',
  'caseWithExpression',
  'countDigits',
  'digits',
  'formatReadableDecimalSize',
  'formatReadableQuantity',
  'formatReadableSize',
  'getSubcolumn',
  'identity',
  'isDecimalOverflow',
  'MACNumToString',
  'MACStringToNum',
  'materialize',
  'parseReadableSize',
  'parseReadableSizeOrNull',
  'parseReadableSizeOrZero',
  'toTypeName',
  'transform',
];

/** Two arrays of a million elements kept the engine busy for a quarter of an hour and longer, whatever its limits: it looks at the clock between its calls. */
const QUADRATIC = /^array(Levenshtein|Similarity)/i;

/** What the syntax tree shows as functions and is syntax. */
const SYNTAX = new Set(['lambda', 'exists', 'untuple', 'columns']);

/** Endings that make another aggregate of an aggregate: countIf, anyOrNull. */
const COMBINATOR =
  /(If|Array|Map|Distinct|OrNull|OrDefault|ForEach|Null|ArgMin|ArgMax|State|Merge|MergeState|SimpleState|Resample)$/i;

const listed = z.object({ name: z.string(), allowed: z.coerce.number(), is_aggregate: z.coerce.number() });
type Listed = z.output<typeof listed>;

const ASKED = new WeakMap<LoadSession, Promise<FunctionRules>>();

export class FunctionRules {
  private constructor(private readonly functions: ReadonlyMap<string, Listed>) {}

  /** Asked once a session: the engine makes up its list anew each time, a third of a second for some 2,000 functions. */
  static read(session: LoadSession): Promise<FunctionRules> {
    const known = ASKED.get(session) ?? FunctionRules.ask(session);
    ASKED.set(session, known);
    return known;
  }

  private static async ask(session: LoadSession): Promise<FunctionRules> {
    const rows = await session.rows('functions', listed, {
      parameters: { categories: CATEGORIES, others: OTHERS },
    });
    return new FunctionRules(new Map(rows.map((row) => [row.name, row])));
  }

  /** What is wrong with calling a function, in a sentence; null where nothing is. */
  fault(name: string): string | null {
    const lower = name.toLowerCase();
    if (/BestEffort/i.test(name))
      return `the function ${name} takes today's year where the text has none, so that the same file gives other lines next year; use parseDateTimeOrNull with a format.`;
    if (/^(formatRow|groupFormat)/i.test(name))
      return `the function ${name} writes a file of its rows, as JSON with the time that took; use toJSONString or concat.`;
    if (/^aggThrow/i.test(name))
      return `the function ${name} fails at random; the same file must always give the same lines.`;
    if (/^__getScalar$/i.test(name))
      return 'a subquery stands for one value and gives an array, a map or a tuple, of which nothing can be judged; let it give one text or number, or join it by LEFT ANY JOIN.';
    if (QUADRATIC.test(name))
      return `the function ${name} takes the square of its arguments' length, and no limit of time ends a call that has begun.`;
    const known = this.functions.get(lower);
    if (SYNTAX.has(lower) || known?.allowed || (!known && this.isCombined(name))) return null;
    return known
      ? `the function ${name} looks beyond the record, or gives another value each time; the same file must always give the same lines.`
      : `the engine has no function ${name}.`;
  }

  /** Whether a name without parentheses would call a function that may not be called, where there is no such column. */
  isForbidden(name: string): boolean {
    return this.functions.has(name.toLowerCase()) && this.fault(name) !== null;
  }

  private isCombined(name: string): boolean {
    for (let rest = name; COMBINATOR.test(rest);) {
      rest = rest.replace(COMBINATOR, '');
      if (this.functions.get(rest.toLowerCase())?.is_aggregate) return true;
    }
    return false;
  }
}
