import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiConfig } from '../config/config.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { bearerOf } from './bearer.ts';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const hostnameOf = (host: string) => host.replace(/:\d+$/, '').toLowerCase();

type Addresses = Pick<ApiConfig, 'HOST' | 'BELTLINE_ALLOWED_HOSTS' | 'BELTLINE_PUBLIC_URL'>;

/** The names under which browsers may address the product: this machine's own, and what the configuration adds. */
function allowedNames({
  HOST: host,
  BELTLINE_ALLOWED_HOSTS: further,
  BELTLINE_PUBLIC_URL: publicUrl,
}: Addresses): (asked: string) => boolean {
  const names = new Set([
    'localhost',
    '127.0.0.1',
    '[::1]',
    host.includes(':') ? `[${host}]` : host,
    ...further,
    ...(publicUrl === undefined ? [] : [new URL(publicUrl).host]),
  ]);
  return (asked) => names.has(asked) || names.has(hostnameOf(asked));
}

/**
 * Two guards against pages of other sites. A page whose name was made to point here (DNS rebinding) asks under its own
 * name, so the Host must be one of ours. A page may also post here across sites: a write must be shown by the browser to come from our own
 * origin; see ADR 40 for why there is no token beside it.
 */
export function guardOrigins(app: FastifyInstance, addresses: Addresses): void {
  const isAllowed = allowedNames(addresses);
  const publicUrl =
    addresses.BELTLINE_PUBLIC_URL === undefined ? null : new URL(addresses.BELTLINE_PUBLIC_URL);
  app.addHook('onRequest', async (request) => {
    const asked = (request.headers.host ?? '').toLowerCase();
    if (asked === '') throw new ProblemError('invalid-request', 'The request names no Host.');
    // Node takes the first, what stands before us may take the other.
    if ((request.raw.headersDistinct['host']?.length ?? 0) > 1)
      throw new ProblemError('invalid-request', 'The request names more than one Host.');
    if (!isAllowed(asked)) {
      throw new ProblemError(
        'forbidden-origin',
        'The product is not served under this host name; see BELTLINE_ALLOWED_HOSTS.',
        { refusal: 'under a host name that is not ours' },
      );
    }
    if (WRITES.has(request.method) && !isOwnOrigin(request, asked, publicUrl)) {
      throw new ProblemError('forbidden-origin', NOT_OURS, { refusal: 'not from a page of the product' });
    }
  });
}

const NOT_OURS =
  'Only pages of the product itself may write; a program that is no browser sends a token instead of a cookie, or the Origin of the product.';

/**
 * By what a page cannot set itself. `Sec-Fetch-Site` tells neighbours under one domain, and other ports of a host, from the page itself; browsers
 * without it name an Origin, which knows ports. Neither is there where no browser sends: such a caller may write where no cookie
 * speaks for them, because then nobody's session is made use of; who sends a token asks by it alone, and no page can send one elsewhere unasked. Under the public name the scheme counts too: a page without TLS can be
 * anybody's on the way.
 */
function isOwnOrigin({ headers }: FastifyRequest, asked: string, publicUrl: URL | null): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined)
    return site !== undefined || headers.cookie === undefined || bearerOf(headers) !== null;
  if (!URL.canParse(origin)) return false;
  if (asked === publicUrl?.host) return new URL(origin).origin === publicUrl.origin;
  return new URL(origin).host === asked;
}
