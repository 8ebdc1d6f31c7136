/**
 * What is sent is UTF-8 or refused. Read as if it were, a note that a console writes in a Chinese code page would be kept as
 * other text, and what is looked for would be another name, both unsaid.
 */
import type { FastifyInstance } from 'fastify';
import { invalidRequest, ProblemError } from '../problem/problem-error.ts';
import { isOfApi } from './path-of.ts';

const NO_UTF8 =
  'The body is no UTF-8. On Windows the console writes another code page: send a file that is saved as UTF-8, or escape what is not ASCII (\\u4e49).';
export const BAD_ESCAPE = 'The URL holds a percent escape that is no UTF-8 or is cut short.';

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoded(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw new ProblemError('invalid-request', NO_UTF8, { cause });
  }
}

/** A form that another site posts is text or a form; only a page of our own can send JSON. To be called before the API begins. */
export function acceptOnlyJson(app: FastifyInstance): void {
  app.addHook('onReady', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json']) {
      if (app.hasContentTypeParser(type)) app.removeContentTypeParser(type);
    }
    // The last one takes whatever is JSON: where it does and one before it does not, that one has met the field of its name.
    const strict = app.getDefaultJsonParser('error', 'error');
    const named = [
      ['__proto__', app.getDefaultJsonParser('error', 'ignore')],
      ['constructor.prototype', app.getDefaultJsonParser('ignore', 'error')],
    ] as const;
    const any = app.getDefaultJsonParser('ignore', 'ignore');
    app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
      const text = decoded(body);
      const takes = (parse: typeof any) => {
        let isTaken = false;
        void parse(request, text, (error) => void (isTaken = error === null));
        return isTaken;
      };
      void strict(request, text, (error, value) => {
        if (error === null || !takes(any)) return done(error, value);
        const [field] = named.find(([, parse]) => !takes(parse)) ?? ['request'];
        done(invalidRequest({ field, message: 'there is no such field' }));
      });
    });
  });
}

/** Of the path the router says it; of what comes after the question mark it would take what it cannot read as it stands. */
export function refuseOtherEscapes(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const { url } = request;
    if (isOfApi(request) && !isReadable(url.slice(url.indexOf('?') + 1)))
      throw new ProblemError('invalid-request', BAD_ESCAPE);
  });
}

function isReadable(query: string): boolean {
  try {
    decodeURIComponent(query);
    return true;
  } catch {
    return false;
  }
}
