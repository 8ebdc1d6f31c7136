import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notSignedIn } from './access.guard.ts';
import { basicPasswordOf, bearerOf } from '../platform/http/bearer.ts';
import { isOfApi, pathOf } from '../platform/http/path-of.ts';
import { noteRefusal, refusalOf } from '../platform/problem/refusal.ts';
import type { Refused } from './refusal-log.ts';
import type { RequestLimits } from './request-limits.ts';
import { sessionIdOf } from './session-cookie.ts';
import type { SessionsService } from './sessions.service.ts';
import type { TokensService } from './tokens.service.ts';
import { admit, type Viewer, viewerOf } from './viewer.ts';

/** Health is told also where sessions cannot be read, then as to nobody, and however often it is asked. */
const isAlwaysAnswered = ({ url }: FastifyRequest) => /^\/api\/v1\/health(\/|$)/.test(pathOf(url));

/** What programs subscribe to that know a name and a password and nothing else. */
const isSubscribedTo = ({ method, url }: FastifyRequest) =>
  method === 'GET' && /^\/api\/v1\/reports\/(feed|calendar\.ics)$/.test(pathOf(url));
/** A program that is told so asks its owner for them; a browser would ask on every page whose session is over. */
const ASKS_PASSWORD = 'Basic realm="Beltline", charset="UTF-8"';
const isBrowser = ({ headers }: FastifyRequest) => headers['sec-fetch-site'] !== undefined;

/**
 * Says who asks, once, before any route: whoever the cookie's session or the token is of. The dashboard's files are the same for everybody. What
 * is not there below `/api` is not told to nobody: which routes there are is not theirs to find out. What somebody is refused is told to
 * the audit: 403, what is not theirs or not there by whatever status, and tokens that are none; not that nobody was asked to sign in.
 */
export function admitCallers(
  app: FastifyInstance,
  callers: () => Callers,
  tell: (refused: Refused) => void,
): void {
  // Node asks the system for it when it is first read, and of a connection that is broken it is not known any more.
  app.server.on('connection', (socket) => void socket.remoteAddress);
  app.addHook('onRequest', async (request, reply) => {
    if (!isOfApi(request)) return;
    const viewer = await callerOf(request, callers());
    if (viewer === null && isSubscribedTo(request) && !isBrowser(request))
      void reply.header('www-authenticate', ASKS_PASSWORD);
    if (viewer !== null) admit(request, viewer);
    else if (request.is404 || request.routeOptions.url === '/*') throw notSignedIn();
    const asking = viewerOf(request);
    if (asking.user !== null && !isAlwaysAnswered(request) && !isLeaving(request))
      await callers().limits.ofAccount(asking, reply.raw);
  });
  app.addHook('onResponse', async (request, { statusCode }) => {
    const why = refusalOf(request);
    if (statusCode < 400 || (statusCode !== 403 && why === null)) return;
    const { user, tokenId } = viewerOf(request);
    // Not the query: what somebody typed into a search is not for an audit. As it was written, so that nothing in it is unseen.
    const asked = `${request.method} ${request.url.split(/[?#]/)[0]?.slice(0, 200)}`;
    const by = { actor: user?.id ?? null, tokenId, address: request.ip, requestId: request.id };
    tell({ ...by, what: why === null ? asked : `${asked}; ${why}` });
  });
}

interface Callers {
  readonly sessions: SessionsService;
  readonly tokens: TokensService;
  readonly limits: RequestLimits;
}

/** Whoever's session floods can still be ended by them. */
const isLeaving = ({ method, url }: FastifyRequest) =>
  method === 'DELETE' && /^\/api\/v1\/session(\/all)?$/.test(pathOf(url));

/** What comes from an address is counted before anybody is looked up: what it brings may be a guess. */
async function callerOf(request: FastifyRequest, callers: Callers): Promise<Viewer | null> {
  const asking = async () => {
    await callers.limits.ofAddress(request.ip);
    return whoAsks(request, callers);
  };
  if (!isAlwaysAnswered(request)) return asking();
  const { cookie, authorization } = request.headers;
  return cookie === undefined && authorization === undefined ? null : asking().catch(() => null);
}

/** Who sends a token asks by it alone: where it is none, no cookie that comes along helps. */
async function whoAsks(request: FastifyRequest, { sessions, tokens }: Callers): Promise<Viewer | null> {
  const token =
    bearerOf(request.headers) ?? (isSubscribedTo(request) ? basicPasswordOf(request.headers) : null);
  if (token !== null) {
    const viewer = await tokens.find(token);
    if (viewer === null) noteRefusal(request, 'a token that is none, or over');
    return viewer;
  }
  const id = sessionIdOf(request);
  return id === null ? null : ((await sessions.find(id))?.viewer ?? null);
}
