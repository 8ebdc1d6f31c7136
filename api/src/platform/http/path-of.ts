import type { FastifyRequest } from 'fastify';

/**
 * The path that a request names, as the router reads it: `http://host/%61pi/x` is `/api/x`. What is decided by a path must not depend on how
 * it was written. Escapes that cannot be read are left; the router has refused them.
 */
export function pathOf(url: string): string {
  const [path = ''] = url.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Whether a request is one to the API: to one of its routes, or to what is not there below its path. */
export const isOfApi = ({ url, routeOptions }: FastifyRequest): boolean =>
  [pathOf(url), routeOptions.url ?? ''].some((path) => /^\/api(\/|$)/.test(path));
