import { Injectable } from '@nestjs/common';
import type { Scope } from '@beltline/sql/clickhouse';

/**
 * The one place where a scope is made. Today every caller may see everything of a source; when callers differ, this is
 * decided here from who asks, and every query, cache key and ETag follows, because all of them take the scope.
 */
@Injectable()
export class ScopeService {
  of(source: string): Scope {
    return { source, belts: 'everything' };
  }

  /** For the questions that a scope is made from: which sources there are. They return names, dates and versions only. */
  ofNames(): Scope {
    return { source: '', belts: 'everything' };
  }
}
