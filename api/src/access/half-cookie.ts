import type { FastifyReply, FastifyRequest } from 'fastify';
import { HALF_MS } from './half-sign-ins.service.ts';

/** As the session's, and never in its place: what is sent under the one name is not looked for under the other. */
const nameOf = (isSecure: boolean) => (isSecure ? '__Host-beltline_half' : 'beltline_half');
const ID = /^[\w-]{43}$/;

/** The half of a sign-in that a request names; null where it names none. */
export function halfIdOf(request: FastifyRequest): string | null {
  const id = request.cookies[nameOf(request.server.sessionCookie.options.secure)];
  return id !== undefined && ID.test(id) ? id : null;
}

export function setHalfCookie(reply: FastifyReply, id: string): void {
  const { options } = reply.server.sessionCookie;
  void reply.setCookie(nameOf(options.secure), id, { ...options, maxAge: HALF_MS / 1000 });
}

export function forgetHalfCookie(reply: FastifyReply): void {
  const { options } = reply.server.sessionCookie;
  void reply.clearCookie(nameOf(options.secure), options);
}
