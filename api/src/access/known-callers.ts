import { LRUCache } from 'lru-cache';
import { SharedReads } from './shared-reads.ts';

const KEPT = 1_000;

/** Where several processes change rights: a number that is another one once any of them has. */
export interface ChangeCount {
  /** As it was at some moment that is too recent for a change of before to have been told of. */
  now(): Promise<string>;
  /** Resolves when nobody believes a number any more from before this was called: only then is a change told of. */
  settled(): Promise<void>;
}

interface Kept<Known> {
  readonly known: Known;
  /** The number from before it was read; null where this process alone changes rights. */
  readonly number: string | null;
}

/**
 * Callers that were read from the store, by the digest of what they brought, believed as long as nothing has changed. What was being read while
 * rights changed or a caller was ended is used for that one request and not kept: it may be from before.
 */
export class KnownCallers<Known extends object> {
  private readonly kept = new LRUCache<string, Kept<Known>>({ max: KEPT });
  private readonly reads = new SharedReads<Known | null>();
  private changes = 0;

  constructor(private readonly count: ChangeCount | null) {}

  /** Who it was when the store was read last, whatever has changed since. */
  last(key: string): Known | undefined {
    return this.kept.get(key)?.known;
  }

  /** Who it is now; null where it is nobody. */
  async find(key: string, reading: () => Promise<Known | null>): Promise<Known | null> {
    const number = this.count === null ? null : await this.count.now();
    const kept = this.kept.get(key);
    return kept && kept.number === number ? kept.known : this.read(key, reading, number);
  }

  /** The same, and the store is read in any case. */
  async anew(key: string, reading: () => Promise<Known | null>): Promise<Known | null> {
    return this.read(key, reading, this.count === null ? null : await this.count.now());
  }

  private read(
    key: string,
    reading: () => Promise<Known | null>,
    number: string | null,
  ): Promise<Known | null> {
    return this.reads.read(key, async () => {
      const before = this.changes;
      const known = await reading();
      if (this.changes !== before) return known;
      if (known === null) this.kept.delete(key);
      else this.kept.set(key, { known, number });
      return known;
    });
  }

  /** After a change was committed, and before anybody is told that it is done. */
  async changed(): Promise<void> {
    this.forget();
    await this.count?.settled();
  }

  /** All of them: which are of a user is not worth an index, as rights change seldom. */
  forget(): void {
    this.changes++;
    this.kept.clear();
  }
}
