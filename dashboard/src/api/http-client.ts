import { ProblemError, problemOf } from './problem-error.ts';
import { noteSignedOut } from './signed-out.ts';

const BASE = '/api/v1';

/** A question that can be asked by GET, and the type of its answer. */
export interface Question<A> {
  readonly path: string;
  /** Exists for the type alone. */
  readonly answer?: A;
}

type QueryValue = string | number | readonly string[] | null | undefined;

/** A path with its query string; what is undefined or null is left out, lists are joined by commas. */
export function questionPath(path: string, query: Record<string, QueryValue> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    search.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

const send = (path: string, init: RequestInit): Promise<Response> =>
  overNetwork(() => fetch(BASE + path, init));

/** A connection can be lost before an answer and within it. */
async function overNetwork<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ProblemError({ code: 'network' });
  }
}

/** null where there is none, undefined where it is not JSON. */
async function bodyOf(response: Response): Promise<unknown> {
  const text = await overNetwork(() => response.text());
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function answerOf<A>(response: Response): Promise<A> {
  const body = await bodyOf(response);
  const failed = !response.ok || body === undefined;
  if (failed) {
    if (response.status === 401) noteSignedOut();
    throw problemOf(response.status, body, response.headers.get('x-request-id'));
  }
  // The contract's schemas are checked where the answer is made; parsing it again would cost every reader the schemas.
  return body as A;
}

export async function ask<A>(question: Question<A>, signal?: AbortSignal): Promise<A> {
  const response = await send(question.path, { signal, headers: { accept: 'application/json' } });
  const answer = await answerOf<A | null>(response);
  // No question is answered by nothing: something on the way has done so, and a panel would stay blank without a word.
  if (answer === null) throw problemOf(response.status, undefined, response.headers.get('x-request-id'));
  return answer;
}

/** A file, with the name that the answer gives it. @throws ProblemError */
export async function askFile(question: Question<Blob>): Promise<{ content: Blob; name: string }> {
  const response = await send(question.path, {});
  if (!response.ok) await answerOf<never>(response);
  const said = response.headers.get('content-disposition') ?? '';
  const name = /filename\*=UTF-8''([^;]+)/.exec(said)?.[1] ?? '';
  return { content: await overNetwork(() => response.blob()), name: decodeURIComponent(name) };
}

/** For `/health`, which answers with its body whether ready (200) or not (503). */
export async function askWhatever<A>(
  question: Question<A>,
  isAnswer: (body: unknown) => boolean,
): Promise<A> {
  const response = await send(question.path, { headers: { accept: 'application/json' } });
  const body = await bodyOf(response);
  if (!isAnswer(body)) throw problemOf(response.status, body, response.headers.get('x-request-id'));
  return body as A;
}

interface Written {
  readonly body?: unknown;
  /** The state that is changed, as its `etag` names it. */
  readonly ifMatch?: string;
  /** Under the same key the same is done once, however often it is sent. */
  readonly key?: string;
}

export async function write<A>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  { body, ifMatch, key }: Written,
): Promise<A> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (ifMatch !== undefined) headers['if-match'] = ifMatch;
  if (key !== undefined) headers['idempotency-key'] = key;
  if (body !== undefined) headers['content-type'] = 'application/json';
  return answerOf<A>(
    await send(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }),
  );
}
