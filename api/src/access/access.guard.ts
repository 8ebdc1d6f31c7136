import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { RouteAccess } from '@beltline/contract';
import { accessTo } from '../platform/http/routes.ts';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { type Viewer, viewerOf } from './viewer.ts';

/**
 * The one guard of all routes. It knows roles only by what they allow, and it is closed by default: a route that does not say what
 * it asks of its caller is answered to nobody. (The program does not start with one; this is for what is added while it runs.)
 */
@Injectable()
export class AccessGuard implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const viewer = viewerOf(context.switchToHttp().getRequest<object>());
    assertMay(viewer, accessTo(context.getHandler()));
    return true;
  }
}

/** @throws ProblemError that says what is missing: 401 where signing in may help, 403 where it does not. */
export function assertMay(viewer: Viewer, needed: RouteAccess | undefined): void {
  if (needed === 'public') return;
  if (needed === undefined) throw new ProblemError('forbidden', 'This route does not say who may ask it.');
  if (viewer.permissions.has(needed)) return;
  throw viewer.user === null ? notSignedIn() : new ProblemError('forbidden', missing(viewer, needed));
}

/** The same words for whatever is asked, so that they do not tell what there is. */
export const notSignedIn = () =>
  new ProblemError('not-signed-in', 'Sign in, or send a token: this is not answered to nobody.');

const missing = ({ roles, tokenId }: Viewer, needed: string): string => {
  const who = roles.length === 0 ? 'you have' : `the role ${roles.join(', ')} has`;
  return `This needs the permission ${needed}, which ${tokenId === null ? who : 'the token has'} not.`;
};
