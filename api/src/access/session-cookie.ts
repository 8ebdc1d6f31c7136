import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

interface SessionCookie {
  readonly name: string;
  /** No `expires`: it ends with the browser, and by the server's clock before. */
  readonly options: {
    readonly path: '/';
    readonly httpOnly: true;
    readonly sameSite: 'strict';
    readonly secure: boolean;
  };
}
declare module 'fastify' {
  interface FastifyInstance {
    sessionCookie: SessionCookie;
  }
}

/** 32 random bytes; anything else is no id of ours, and is not looked for. */
const ID = /^[\w-]{43}$/;

/**
 * Reads cookies before any route. Where browsers reach the product over TLS the session's is sent over TLS alone, and under a name that
 * they take from nothing but this very host over TLS (`__Host-`), so that neither a neighbour nor a page without TLS can set one.
 */
export async function readCookies(app: FastifyInstance, publicUrl: string | undefined): Promise<void> {
  const secure = publicUrl?.startsWith('https:') ?? false;
  app.decorate('sessionCookie', {
    name: secure ? '__Host-beltline_session' : 'beltline_session',
    options: { path: '/', httpOnly: true, sameSite: 'strict', secure },
  });
  await app.register(cookie);
}

/** The id of the session that a request names; null where it names none. */
export function sessionIdOf(request: FastifyRequest): string | null {
  const id = request.cookies[request.server.sessionCookie.name];
  return id !== undefined && ID.test(id) ? id : null;
}

export function setCookie(reply: FastifyReply, id: string): void {
  const { name, options } = reply.server.sessionCookie;
  void reply.setCookie(name, id, options);
}

export function forgetCookie(reply: FastifyReply): void {
  const { name, options } = reply.server.sessionCookie;
  void reply.clearCookie(name, options);
}
