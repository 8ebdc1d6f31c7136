import { importFile, LARGEST_VERIFIED_BYTES, type Permission } from '@beltline/contract';
import type { FastifyInstance } from 'fastify';
import { assertMay } from './access.guard.ts';
import { viewerOf } from './viewer.ts';

/** Routes that take a file in base64, of which size, and of whom. What is written about it is small. */
const ROUTES: readonly { readonly path: string; readonly base64: number; readonly needs: Permission }[] = [
  { path: '/api/v1/users/import', base64: importFile.shape.content.maxLength ?? 0, needs: 'manage-users' },
  {
    path: '/api/v1/reports/verify',
    base64: 4 * Math.ceil(LARGEST_VERIFIED_BYTES / 3),
    needs: 'read-releases',
  },
];
const ABOUT_BYTES = 1_024;

/** Routes that take files take larger bodies, but only of who may ask them: nobody else's is read. To be called before there are routes. */
export function takeLargerBodies(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const found = ROUTES.find(({ path }) => route.url.startsWith(path));
    if (!found) return;
    route.bodyLimit = found.base64 + ABOUT_BYTES;
    route.preParsing = async (request, _reply, payload) => {
      assertMay(viewerOf(request), found.needs);
      return payload;
    };
  });
}
