import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyServerOptions } from 'fastify';
import { BAD_ESCAPE } from './only-utf8.ts';
import { problemBody, sendProblem } from '../problem/problem.filter.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { problemOf } from '../problem/problem-of.ts';

/** Faults that Node finds while it reads a request; whatever else it finds is no HTTP. */
const FAULTS: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The URL and the headers are together longer than 16 KB.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
  HPE_INVALID_METHOD: [400, 'There is no such method.'],
  HPE_INVALID_URL: [
    400,
    'The URL holds characters that must be percent-encoded as UTF-8, for instance %E6%B5%99 for 浙.',
  ],
  CONNECT: [405, 'This server is no proxy.'],
  EXPECTATION: [417, 'Of what a request may expect, only 100-continue is known.'],
};

/**
 * Answers to requests that never reach a route, because the router or already Node cannot read them, as problems like all
 * others.
 */
export const unreadableRequests = {
  frameworkErrors: (error, request, reply) => {
    void reply.header('x-request-id', request.id);
    const page = error.code === 'FST_ERR_BAD_URL' ? pageOf(request.method, request.url) : null;
    if (page !== null) return void reply.header('cache-control', 'no-store').redirect(page);
    sendProblem(reply, ofRouter(error), request.id);
  },
  /** Node's own answer to a request without Host has no body; the guard of origins gives one. */
  http: { requireHostHeader: false },
  clientErrorHandler: (error, socket) => {
    if (error.code !== 'ECONNRESET' && socket.writable) answer(socket, error.code);
    socket.destroy(error);
  },
} satisfies Pick<FastifyServerOptions, 'frameworkErrors' | 'clientErrorHandler'> & { http: object };

/** Node keeps these from the router, and answers them itself with nothing. */
export function answerOutsideRoutes(app: FastifyInstance): void {
  app.server.on('connect', (_request, socket: Socket) => {
    answer(socket, 'CONNECT');
    socket.destroySoon();
  });
  app.server.on('checkExpectation', ({ socket }) => {
    answer(socket, 'EXPECTATION');
    socket.destroySoon();
  });
}

/**
 * A page of the dashboard whose address is cut short, as when it is copied: the same with its percent signs taken as such, so
 * that a person meets a page that says what is not there. Null where it is no page.
 */
function pageOf(method: string, url: string): string | null {
  if (method !== 'GET' || /^\/api(\/|$)/.test(url) || !/^\/(?![/\\])/.test(url)) return null;
  const [path = '', ...rest] = url.split('?');
  return [path.replaceAll('%', '%25'), ...rest].join('?');
}

/** Not in the router's own words: they repeat the path, however long. */
function ofRouter(error: FastifyError): ProblemError {
  switch (error.code) {
    case 'FST_ERR_BAD_URL':
      return new ProblemError('invalid-request', BAD_ESCAPE);
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new ProblemError('invalid-request', 'A part of the path is too long.', { status: 414 });
    default:
      return problemOf(error);
  }
}

/** There is no request to reply to, so the answer is written out. */
function answer(socket: Socket, code: string): void {
  const [status, detail] = FAULTS[code] ?? [400, 'What was sent is no HTTP request.'];
  const requestId = randomUUID();
  const body = JSON.stringify(
    problemBody(new ProblemError('invalid-request', detail, { status }), requestId),
  );
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
}
