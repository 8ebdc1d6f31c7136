import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Scope } from '@beltline/sql/clickhouse';
import type { ReleasePolicy } from './release.ts';

/** Whoever asks, and which belts of a source they may see. Resolved once for a request. */
export interface Viewer {
  readonly belts: 'everything' | readonly string[];
  /** What is withheld of the figures that they may ask for; null = nothing. */
  readonly policy: ReleasePolicy | null;
}

/** Until there is a sign-in every caller is the same viewer. When callers differ, that is decided in `viewerOf` alone. */
const EVERYBODY: Viewer = { belts: 'everything', policy: null };

/** The program itself, where it prepares what is the same for every viewer. */
export const SYSTEM: Viewer = { belts: 'everything', policy: null };

/** Who asks by a request. */
export const viewerOf = (_request: unknown): Viewer => EVERYBODY;

/** The viewer of the request, as a parameter of a controller's method. */
export const AskedBy = createParamDecorator((_: unknown, context: ExecutionContext) =>
  viewerOf(context.switchToHttp().getRequest()),
);

/** What a viewer may see of a source: part of every query, cache key and ETag. */
export const scopeOf = ({ belts }: Pick<Viewer, 'belts'>, source: string): Scope => ({ source, belts });

/**
 * All of a source, for what is pooled over every belt and must be the same for every viewer. What is computed under it is
 * shown only after the viewer's own scope has been applied.
 */
export const systemScope = (source: string): Scope => scopeOf(SYSTEM, source);

/** For the questions that a scope is made from: which sources there are. They return names, dates and versions only. */
export const NAMES_ONLY: Scope = { source: '', belts: 'everything' };

/** Whether figures of a belt may be seen under a scope. */
export const seesBelt = ({ belts }: Pick<Scope, 'belts'>, beltId: string): boolean =>
  belts === 'everything' || belts.includes(beltId);
