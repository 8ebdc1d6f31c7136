import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from '../logging/logger.ts';
import { pathOf } from './path-of.ts';

/** Who asks, by id alone; `user` null where nobody is signed in, `token` null where no program asks as them. */
export interface Asker {
  readonly user: string | null;
  readonly token: string | null;
}

/**
 * One line a request, and the request's id on every answer. Neither headers nor bodies nor query strings are logged, and no name.
 * `askerOf`: who a request turned out to be of.
 */
export function logRequests(
  app: FastifyInstance,
  logger: Logger,
  askerOf: (request: FastifyRequest) => Asker,
): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const path = request.url.split(/[?#]/)[0] ?? '';
    const asked = pathOf(path);
    const line = {
      requestId: request.id,
      method: request.method,
      path,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...askerOf(request),
    };
    if (reply.statusCode >= 500) logger.warn(line, 'answered');
    else if (asked.startsWith('/api/') && !asked.startsWith('/api/v1/health')) logger.info(line, 'answered');
    else logger.debug(line, 'answered');
  });
}
