import { Inject, Injectable } from '@nestjs/common';
import { seenUnder } from '@beltline/sql/clickhouse';
import { Cache, type CachedKind } from '../../platform/cache.ts';
import type { VersionOf } from './vintage.ts';

/** What is kept: its kind, and the name of what makes it, which tells it from other answers to the same question. */
export interface Cached {
  readonly kind: Exclude<CachedKind, 'rows'>;
  readonly name: string;
}

/**
 * The cache of what is made of data versions, under the source, the scope, the data version and the question. A question
 * names its version by `source` and `asOf`, which may be another way to the same one, so these two do not count.
 */
@Injectable()
export class VersionCache {
  constructor(@Inject(Cache) private readonly cache: Cache) {}

  of<T extends object>(
    vintage: VersionOf,
    { kind, name }: Cached,
    question: object,
    make: () => Promise<T>,
  ): Promise<T> {
    return this.cache.of(kind, keyOf(vintage, name, question), make);
  }

  /** The same where it has been made already. */
  made<T extends object>(vintage: VersionOf, { kind, name }: Cached, question: object): T | undefined {
    return this.cache.made(kind, keyOf(vintage, name, question));
  }

  /** Of several questions at once, in their order; those that nobody asked before are made together. */
  all<T extends object, Question extends object>(
    vintage: VersionOf,
    { kind, name }: Cached,
    questions: readonly Question[],
    make: (unknown: readonly number[]) => Promise<readonly T[]>,
  ): Promise<T[]> {
    return this.cache.all(
      kind,
      questions.map((question) => keyOf(vintage, name, question)),
      make,
    );
  }
}

const keyOf = ({ source, scope, dataVersion, publishedAt }: VersionOf, name: string, question: object) => [
  name,
  source,
  seenUnder(scope),
  dataVersion,
  publishedAt, // a store that was put back may give its next version the same number
  { ...question, source: undefined, asOf: undefined },
];
