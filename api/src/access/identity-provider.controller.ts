import { Controller, Get, Inject, Ip, Logger, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Access } from '../platform/http/routes.ts';
import { IdentityProvider, type Journey } from './identity-provider.ts';
import { sessionIdOf, setCookie } from './session-cookie.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { SignInService } from './sign-in.service.ts';

/**
 * The provider sends the browser back across sites, where a strict cookie is not sent along. Behind TLS it is this very host's, as the session's
 * is, or a neighbour's page could set one and have somebody signed in as another user of the provider.
 */
const journeyCookie = ({ server }: FastifyReply | FastifyRequest) => {
  const { secure, ...options } = server.sessionCookie.options;
  const name = secure ? '__Host-beltline_journey' : 'beltline_journey';
  return { name, options: { ...options, secure, sameSite: 'lax' } } as const;
};
const LONGEST_S = 600;
/** Nest has set the status of an answer before a handler begins, and Fastify would keep it: 200, which no browser follows. */
const FOUND = 302;

const journeySchema = z.strictObject({
  state: z.string().min(1),
  nonce: z.string().min(1),
  verifier: z.string().min(1),
  back: z.string(),
});

/** For browsers alone, which it sends from page to page: not part of the described API. */
@Controller('session/provider')
export class IdentityProviderController {
  private readonly logger = new Logger('identity provider');

  constructor(
    @Inject(IdentityProvider) private readonly provider: IdentityProvider,
    @Inject(SignInService) private readonly door: SignInService,
    @Inject(SignInLimits) private readonly limits: SignInLimits,
  ) {}

  /** Leaves for the provider; `back`: where the person wanted to go. */
  @Get()
  @Access('public')
  async begin(@Query('back') back: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { url, journey } = await this.provider.begin();
    const kept = JSON.stringify({ ...journey, back: ownPath(back) });
    const { name, options } = journeyCookie(reply);
    void reply.setCookie(name, Buffer.from(kept).toString('base64url'), { ...options, maxAge: LONGEST_S });
    await reply.header('cache-control', 'no-store').redirect(url, FOUND);
  }

  /**
   * Comes back from it. What went wrong is in the log; the sign-in page says that it did. Who comes back in vain is counted by
   * address, or anybody could fill the audit, and have the provider asked without end.
   */
  @Get('callback')
  @Access('public')
  async end(
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kept = journeyOf(request);
    const { name, options } = journeyCookie(reply);
    void reply.clearCookie(name, options).header('cache-control', 'no-store');
    const agent = request.headers['user-agent'] ?? '';
    const from = { address, agent, requestId: request.id, before: sessionIdOf(request) };
    const attempt = { name: null, address };
    await this.limits.assertMayTry(attempt, request.id, (seconds) =>
      reply.header('retry-after', String(seconds)),
    );
    try {
      if (kept === null) throw new Error('the browser has not begun here, or too long ago');
      const query = request.url.slice(request.url.indexOf('?'));
      const signedIn = await this.door.signInByProvider(await this.provider.finish(query, kept), from);
      if (signedIn === null) return await reply.redirect('/?signIn=no-role', FOUND);
      await this.limits.succeeded(attempt);
      setCookie(reply, signedIn.id);
      await reply.redirect(kept.back, FOUND);
    } catch (error) {
      this.logger.warn(`A sign-in failed (request ${request.id}): ${reasonOf(error)}`);
      await this.door.refusedByProvider(from);
      await reply.redirect('/?signIn=provider-failed', FOUND);
    }
  }

  /** Leaves the provider too, after the session here has ended. */
  @Get('end')
  @Access('public')
  async leave(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('cache-control', 'no-store').redirect((await this.provider.endUrl()) ?? '/', FOUND);
  }
}

/** What is wrong, as the library says it, down to its cause; never a code or a token. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}

function journeyOf(request: FastifyRequest): (Journey & { readonly back: string }) | null {
  try {
    const kept = Buffer.from(request.cookies[journeyCookie(request).name] ?? '', 'base64url').toString(
      'utf8',
    );
    const journey = journeySchema.parse(JSON.parse(kept));
    return { ...journey, back: ownPath(journey.back) };
  } catch {
    return null;
  }
}

/** A path of our own pages; anything that a browser could take for another site leads to the first page. */
const ownPath = (path: unknown): string =>
  typeof path === 'string' && path.length <= 2_000 && /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : '/';
