import { LRUCache } from 'lru-cache';

const KEPT = 1_000;

/**
 * Callers that were read from the store, by the digest of what they brought. What was being read while rights changed or a caller was
 * ended is used for that one request and not kept: it may be from before.
 */
export class KnownCallers<Known extends object> {
  private readonly kept = new LRUCache<string, Known>({ max: KEPT });
  private changes = 0;

  get(key: string): Known | undefined {
    return this.kept.get(key);
  }

  async read(key: string, reading: () => Promise<Known | null>): Promise<Known | null> {
    const before = this.changes;
    const known = await reading();
    if (this.changes !== before) return known;
    if (known === null) this.kept.delete(key);
    else this.kept.set(key, known);
    return known;
  }

  /** All of them: which are of a user is not worth an index, as rights change seldom. */
  forget(): void {
    this.changes++;
    this.kept.clear();
  }
}
