import type { FastifyRequest } from 'fastify';
import type { Doer } from './users.service.ts';
import { type Viewer, viewerOf } from './viewer.ts';

/** Who does something, from where and in which request, for the audit. */
export const doerOf = (request: FastifyRequest, viewer: Viewer = viewerOf(request)): Required<Doer> => ({
  ...{ actor: viewer.user?.id ?? null, address: request.ip, requestId: request.id },
});
