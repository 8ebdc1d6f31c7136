import type { Bilingual, Meta } from '@beltline/contract';
import type { Scope } from '@beltline/sql/clickhouse';
import { systemScope } from '../../access/viewer.ts';
import type { LoadedRange } from '../../core/period.ts';

/**
 * A source as of its current data version: what a question is asked of. Resolved once a request, so that all figures of
 * an answer come from one version, whatever is published meanwhile.
 */
export interface Vintage {
  readonly source: string;
  readonly scope: Scope;
  readonly dataVersion: number;
  readonly publishedAt: string;
  readonly loaded: LoadedRange;
  readonly name: Bilingual;
  readonly currency: string;
  readonly timeZone: string;
  readonly homeCountry: string;
  readonly belts: number;
  readonly merchants: number;
  readonly lines: number;
}

/** Which version of which source, and who asks: what can be told of a vintage before anything of it was read. */
export type VersionOf = Pick<Vintage, 'source' | 'scope' | 'dataVersion' | 'publishedAt'>;

/** The same version with all of its belts, for what must be the same for every viewer. */
export const asSystem = <Of extends VersionOf>(version: Of): Of => ({
  ...version,
  scope: systemScope(version.source),
});

/** What every answer about orders says of the data behind it. */
export const metaOf = (vintage: Omit<Vintage, 'scope'>): Meta => ({
  source: vintage.source,
  currency: vintage.currency,
  timeZone: vintage.timeZone,
  dataVersion: vintage.dataVersion,
  publishedAt: vintage.publishedAt,
  dataThrough: vintage.loaded.dataThrough,
});
