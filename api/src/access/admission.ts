import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notSignedIn } from './access.guard.ts';
import type { Told } from './audit.service.ts';
import { sessionIdOf } from './session-cookie.ts';
import type { SessionsService } from './sessions.service.ts';
import type { TokensService } from './tokens.service.ts';
import { admit, type Viewer, viewerOf } from './viewer.ts';

/** Health is told also where sessions cannot be read; then as to nobody. */
const ALWAYS_ANSWERED = /^\/api\/v1\/health([/?]|$)/;

/**
 * Says who asks, once, before any route: whoever the cookie's session or the token is of. The dashboard's files are the same for everybody. What
 * is not there below `/api` is not told to nobody: which routes there are is not theirs to find out. What a signed-in user is refused is
 * told to the audit.
 */
export function admitCallers(app: FastifyInstance, callers: () => Callers, tell: (told: Told) => void): void {
  app.addHook('onRequest', async (request) => {
    if (!/^\/api([/?]|$)/.test(request.url)) return;
    const viewer = await callerOf(request, callers());
    if (viewer !== null) admit(request, viewer);
    else if (request.is404 || request.routeOptions.url === '/*') throw notSignedIn();
  });
  app.addHook('onResponse', async (request, { statusCode }) => {
    const { user } = viewerOf(request);
    if (statusCode !== 403 || user === null) return;
    // Not the query: what somebody typed into a search is not for an audit.
    const detail = `${request.method} ${request.url.split('?')[0]?.slice(0, 200)}`;
    tell({ event: 'refused', actor: user.id, address: request.ip, requestId: request.id, detail });
  });
}

interface Callers {
  readonly sessions: SessionsService;
  readonly tokens: TokensService;
}

async function callerOf(request: FastifyRequest, callers: Callers): Promise<Viewer | null> {
  const asking = whoAsks(request, callers);
  return ALWAYS_ANSWERED.test(request.url) ? asking.catch(() => null) : asking;
}

/** Who sends a token asks by it alone: where it is none, no cookie that comes along helps. */
async function whoAsks(request: FastifyRequest, { sessions, tokens }: Callers): Promise<Viewer | null> {
  const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token !== undefined) return tokens.find(token);
  const id = sessionIdOf(request);
  return id === null ? null : ((await sessions.find(id))?.viewer ?? null);
}
