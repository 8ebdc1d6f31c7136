import type { Annotation, Problem, User } from '@beltline/contract';

export type ProblemCode = Problem['code'];
export interface FieldIssue {
  readonly field: string;
  readonly message: string;
}

/** Titles and statuses of the codes, in one place. */
export const PROBLEMS: Record<ProblemCode, { readonly status: number; readonly title: string }> = {
  'invalid-request': { status: 400, title: 'The request cannot be answered as it stands' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'precondition-failed': { status: 412, title: 'Somebody else has changed this meanwhile' },
  'precondition-required': { status: 428, title: 'The request must say which state it changes' },
  'key-reused': { status: 422, title: 'Something else was added under this key' },
  'report-unchanged': { status: 409, title: 'It would say what is published already' },
  'engine-unavailable': { status: 503, title: 'The analytical database does not answer' },
  'engine-overloaded': { status: 503, title: 'The analytical database is over its limits' },
  'figures-damaged': { status: 503, title: 'Stored figures are lost or damaged' },
  'store-unavailable': { status: 503, title: 'The database of users and annotations does not answer' },
  'not-ready': { status: 503, title: 'There are no figures yet' },
  'provider-unavailable': { status: 503, title: 'The identity provider does not answer' },
  'not-signed-in': { status: 401, title: 'Nobody is signed in' },
  'code-needed': { status: 401, title: 'The code of the second factor is needed' },
  forbidden: { status: 403, title: 'This is not among what you may do' },
  'too-many-attempts': { status: 429, title: 'This was tried too often' },
  'too-many-requests': { status: 429, title: 'There are more requests than one caller may have' },
  'forbidden-origin': { status: 403, title: 'The request comes from a place that may not ask' },
  internal: { status: 500, title: 'Something went wrong inside' },
};

/** An answer that is a problem. Thrown anywhere; the one filter turns it into the body. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly options: {
      readonly issues?: readonly FieldIssue[];
      readonly status?: number;
      readonly cause?: unknown;
      /** The note as it is now, where a request changes an earlier state of it or would add it otherwise than it was. */
      readonly current?: Annotation;
      /** The same of a user. */
      readonly currentUser?: User;
      /** In how many seconds to try again. */
      readonly retryAfter?: number;
      /** For the audit, and never in the answer: what the caller wanted that is not theirs. */
      readonly refusal?: string;
    } = {},
  ) {
    super(detail, { cause: options.cause });
  }

  get status(): number {
    return this.options.status ?? PROBLEMS[this.code].status;
  }
}

/** A request with fields at fault. */
export const invalidRequest = (...issues: FieldIssue[]) =>
  new ProblemError('invalid-request', issues.map((issue) => `${issue.field}: ${issue.message}`).join('; '), {
    issues,
  });

export const notFound = (detail: string) => new ProblemError('not-found', detail);

/** What can be somebody's, and not another's. */
export type Sought =
  | 'source'
  | 'belt'
  | 'area'
  | 'owner'
  | 'note'
  | 'token'
  | 'user'
  | 'session'
  | 'load'
  | 'report'
  | 'subscription';

/**
 * The same answer, of which the audit is told that something was asked for which is not there for whoever asks. `name`: what is there and
 * not theirs; null where it is not there for anybody, and then what was typed is not written down. Both go the same way, so that
 * neither the answer nor its time tells which it was.
 */
export const sought = ({ code, message, options }: ProblemError, kind: Sought, name: string | null) =>
  new ProblemError(code, message, {
    ...options,
    refusal: name === null ? `there is no such ${kind}` : `the ${kind} ${name} is not theirs`,
  });
