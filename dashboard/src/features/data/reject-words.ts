import type { Translate } from '../../i18n/translate.ts';

/** The names under which a load rejects a row (docs/sources.md): those of the checks, then those of taking a file apart. */
export const REJECT_RULES = [
  'required',
  'unknown-value',
  'invalid-time',
  'out-of-range',
  'invalid-number',
  'too-many-decimals',
  'negative',
  'too-long',
  'unknown-merchant',
  'unknown-belt',
  'wrong-currency',
  'rounded-id',
  'invisible-character',
  'repeated-key',
  'overlap',
  'wrong-column-count',
  'not-as-declared',
  'error-cell',
  'broken-quote',
  'invalid-json',
  'duplicate-key',
  'unknown-key',
  'nul-byte',
] as const;

/** What is wrong with a rejected row, or with one field of it; null of a rule that is not known. */
export function rejectWords(rule: string, t: Translate): string | null {
  const known = REJECT_RULES.find((name) => name === rule);
  return known ? t(`data.rejectRules.${known}`) : null;
}
