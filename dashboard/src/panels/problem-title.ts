import type { ProblemError } from '../api/problem-error.ts';
import type { Translate } from '../i18n/translate.ts';

const REFUSED = {
  month: 'asOfMonth.refused',
  reference: 'referenceYear.refused',
  asOf: 'vintage.refused',
} as const;

/** A problem in the reader's language: by its stable code, or by what of the view was refused. */
export function problemTitle({ code, issues }: ProblemError, t: Translate): string {
  const field = issues.map((issue) => issue.field).find((name) => Object.hasOwn(REFUSED, name));
  const refused = field as keyof typeof REFUSED | undefined;
  return t(code === 'invalid-request' && refused ? REFUSED[refused] : `problem.${code}`);
}
