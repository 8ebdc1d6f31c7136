import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Permission, Role } from '@beltline/contract';
import type { Effort, Scope } from '@beltline/sql/clickhouse';
import type { ReleasePolicy } from './release.ts';

/** What somebody may see of figures: part of every query, cache key and ETag. */
export interface Sight {
  /** Which sources of orders. */
  readonly sources: 'all' | readonly string[];
  /** Which belts of a source, beside those of `regions`. */
  readonly belts: 'everything' | readonly string[];
  /** Prefixes of administrative codes (GB/T 2260): the belts that lie there, by each version's own list of belts. */
  readonly regions?: readonly string[];
  /** Legal owners, each under its source (`demo:L000001`), whose own shops they see. */
  readonly owners?: readonly string[];
  /** What one of their questions may take of the engine. */
  readonly effort?: Effort;
  /** What is withheld of the figures that they may ask for; null = nothing. */
  readonly policy: ReleasePolicy | null;
  /** The program itself. */
  readonly isSystem?: true;
}

/** Whoever asks, what they may do, and what they see. Resolved once for a request, and never changed. */
export interface Viewer extends Sight {
  /** Who they are; null where nobody is signed in. */
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly isDemo: boolean;
    readonly hasPassword: boolean;
  } | null;
  /** The token by which a program asks as them; null where they ask themselves. */
  readonly tokenId: string | null;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
}

/** Nobody: may ask only what is public, and sees no belt, should it be asked for one after all. */
export const NOBODY: Viewer = Object.freeze({
  user: null,
  tokenId: null,
  roles: [],
  permissions: new Set<Permission>(),
  sources: [],
  belts: [],
  policy: null,
});

/** The program itself, where it prepares what is the same for every viewer. It asks no route. */
export const SYSTEM: Sight = Object.freeze({
  sources: 'all',
  belts: 'everything',
  policy: null,
  isSystem: true,
});

/** Kept beside the request and not in it: a field could be forgotten, or set by who is not the door. */
const resolved = new WeakMap<object, Viewer>();

/** Says who asks by a request; to be called once, before any route. @throws Error where it was said before. */
export function admit(request: object, viewer: Viewer): void {
  if (resolved.has(request)) throw new Error('who asks is resolved once for a request');
  resolved.set(request, Object.freeze(viewer));
}

/** Who asks by a request; nobody where it was not said. */
export const viewerOf = (request: object): Viewer => resolved.get(request) ?? NOBODY;

/** The viewer of the request, as a parameter of a controller's method. */
export const AskedBy = createParamDecorator((_: unknown, context: ExecutionContext) =>
  viewerOf(context.switchToHttp().getRequest()),
);

/** Whether a source is among those that somebody may see. */
export const seesSource = ({ sources }: Pick<Sight, 'sources'>, source: string): boolean =>
  sources === 'all' || sources.includes(source);

/**
 * What a viewer may see of a source: part of every query, cache key and ETag. Of a source that is not theirs, no belt. Belts of regions are
 * not in it: which these are is known by the list of a version (`VintageService`).
 */
export const scopeOf = (
  sight: Pick<Sight, 'belts' | 'sources' | 'owners' | 'effort' | 'isSystem'>,
  source: string,
): Scope => {
  const isTheirs = seesSource(sight, source);
  const prefix = `${source}:`;
  const owners = isTheirs
    ? (sight.owners ?? [])
        .filter((owner) => owner.startsWith(prefix))
        .map((owner) => owner.slice(prefix.length))
    : [];
  return {
    source,
    belts: isTheirs ? sight.belts : [],
    ...(owners.length > 0 ? { owners: owners.sort() } : {}),
    ...(sight.effort ? { effort: sight.effort } : {}),
    ...(sight.isSystem ? { isSystem: true } : {}),
  };
};

/** Loads, their files and what they rejected are of no belt: who may read them at all reads those of all their sources. */
export const scopeOfLoads = ({ sources, effort }: Pick<Sight, 'sources' | 'effort'>, source: string): Scope =>
  scopeOf({ sources, belts: 'everything', ...(effort ? { effort } : {}) }, source);

/** Whether an administrative code lies in one of the regions; a belt without a code lies in none. */
export const liesIn = (regions: readonly string[], adcode: string): boolean =>
  regions.some((region) => region !== '' && adcode.startsWith(region));

/**
 * All of a source, for what is pooled over every belt and must be the same for every viewer. What is computed under it is
 * shown only after the viewer's own scope has been applied.
 */
export const systemScope = (source: string): Scope => scopeOf(SYSTEM, source);

/** For the questions that a scope is made from: which sources there are. They return names, dates and versions only. */
export const NAMES_ONLY: Scope = { source: '', belts: 'everything', isSystem: true };

/** Whether figures of a belt may be seen under a scope. */
export const seesBelt = ({ belts }: Pick<Scope, 'belts'>, beltId: string): boolean =>
  belts === 'everything' || belts.includes(beltId);
