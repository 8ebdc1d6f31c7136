import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problem/problem-error.ts';
import { pathOf } from './path-of.ts';
import { sendProblem } from '../problem/problem.filter.ts';

/**
 * A path that is there, asked by a method that it has not: 405 with those that it has (RFC 9110, 15.5.6); the router knows
 * only 404. To be called before routes are added. The pages of the dashboard lie everywhere but under /api.
 */
export function refuseOtherMethods(app: FastifyInstance): void {
  const routes: { readonly path: RegExp; readonly method: string }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    const path = url === '/*' ? /^\/(?!api(\/|$))/ : new RegExp(`^${pattern(url)}/?$`);
    for (const one of [method].flat()) routes.push({ path, method: one });
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const path = pathOf(request.url);
    const allowed = new Set(routes.filter((route) => route.path.test(path)).map(({ method }) => method));
    if (allowed.size === 0 || allowed.has(request.method)) return;
    void reply.header('allow', [...allowed].sort().join(', '));
    const detail = 'This path is not answered to this method; Allow names those that it is.';
    sendProblem(reply, new ProblemError('invalid-request', detail, { status: 405 }), request.id);
    return reply;
  });
}

const pattern = (url: string) =>
  url.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/:[A-Za-z]+/g, '[^/]+');
