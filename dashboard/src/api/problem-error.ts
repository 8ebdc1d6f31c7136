import type { Annotation, Problem, User } from '@beltline/contract';

export type ProblemCode = Problem['code'] | 'network' | 'server-away' | 'unreadable';

/** Faults that pass by themselves: asking again may help. */
const PASSING: readonly ProblemCode[] = [
  'network',
  'server-away',
  'unreadable',
  'engine-unavailable',
  'engine-overloaded',
  'figures-damaged',
  'store-unavailable',
  'not-ready',
  'too-many-requests',
];

/**
 * Why an answer did not come: what the API said (RFC 9457), or that it could not be reached, or that something else on the
 * way answered. A panel shows it; nobody turns it into an empty list.
 */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly status: number | null;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | null;
  readonly issues: { field: string; message: string }[];
  /** The note as somebody else has left it, where that is why. */
  readonly current: Annotation | null;
  /** The same of a user. */
  readonly currentUser: User | null;

  constructor(facts: {
    code: ProblemCode;
    status?: number;
    title?: string;
    detail?: string;
    requestId?: string;
    issues?: { field: string; message: string }[];
    current?: Annotation;
    currentUser?: User;
  }) {
    super(facts.title ?? facts.code);
    this.name = 'ProblemError';
    this.code = facts.code;
    this.status = facts.status ?? null;
    this.title = facts.title ?? '';
    this.detail = facts.detail ?? '';
    this.requestId = facts.requestId ?? null;
    this.issues = facts.issues ?? [];
    this.current = facts.current ?? null;
    this.currentUser = facts.currentUser ?? null;
  }

  get isPassing(): boolean {
    return PASSING.includes(this.code);
  }

  /** Nobody answered, or something on the way that knows nothing of us: neither the question nor its answer is to blame. */
  get isAway(): boolean {
    return this.code === 'network' || this.code === 'server-away' || this.code === 'unreadable';
  }

  /** Asking the same again can bring another answer. What refuses in another form than ours may be only in the way. */
  get canHelpToRetry(): boolean {
    return !this.isRefusal || this.code === 'unreadable';
  }

  /** The server has considered the question and will not answer it; what it answered before is no answer any more. */
  get isRefusal(): boolean {
    return this.status !== null && this.status >= 400 && this.status < 500 && this.status !== 429;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body && 'status' in body;
}

/** The error for an answer that is not 2xx, or whose body is not JSON. */
export function problemOf(status: number, body: unknown, requestId: string | null): ProblemError {
  if (!isProblem(body)) {
    // Something before the server answered for it, or the server while it starts: their words are for nobody.
    const code = status >= 500 || status === 429 ? 'server-away' : 'unreadable';
    return new ProblemError({ code, status, requestId: requestId ?? undefined });
  }
  const { code, title, detail, requestId: id, issues, current, currentUser } = body;
  return new ProblemError({ code, status, title, detail, requestId: id, issues, current, currentUser });
}
