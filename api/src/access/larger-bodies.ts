import { importFile } from '@beltline/contract';
import type { FastifyInstance } from 'fastify';
import { assertMay } from './access.guard.ts';
import { viewerOf } from './viewer.ts';

const FILES = '/api/v1/users/import';
/** A file of the largest size in base64, and what is written about it. */
const LIMIT_BYTES = (importFile.shape.content.maxLength ?? 0) + 1_024;

/** Routes that take files take larger bodies, but only of who may ask them: nobody else's is read. To be called before there are routes. */
export function takeLargerBodies(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith(FILES)) return;
    route.bodyLimit = LIMIT_BYTES;
    route.preParsing = async (request, _reply, payload) => {
      assertMay(viewerOf(request), 'manage-users');
      return payload;
    };
  });
}
