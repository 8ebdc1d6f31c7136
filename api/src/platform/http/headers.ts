import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';
import { constants } from 'node:zlib';

/**
 * Security headers for a page that serves itself, and compression. Browsers are told to come over TLS alone where the product is said to
 * be reached so (`publicUrl`); on this machine it is served over plain HTTP. Neither scripts nor styles may stand in markup: what pages and
 * charts set on an element by itself needs no leave, and what somebody manages to slip into one has none.
 */
export async function registerHeaders(app: FastifyInstance, publicUrl: string | undefined): Promise<void> {
  // Made once: the plugin of Fastify makes it anew for each request, which was a twenty-fifth of a short answer.
  const protect = helmet({
    // Of this host alone: what else the domain serves is not ours to say.
    strictTransportSecurity: publicUrl?.startsWith('https:') ? { includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  app.addHook('onRequest', ({ raw }, reply, next) =>
    protect(raw, reply.raw, (error) => next(error as Error | undefined)),
  );
  // Brotli at its default of 11 takes longer than the answer; 4 is about gzip's time and smaller.
  await app.register(compress, {
    encodings: ['br', 'gzip', 'identity'],
    threshold: 1024,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
}
