import { LRUCache } from 'lru-cache';

const KEPT = 1_000;

/**
 * Callers that were read from the store, by the digest of what they brought. What was being read while rights changed or a caller was
 * ended is used for that one request and not kept: it may be from before.
 */
export class KnownCallers<Known extends object> {
  private readonly kept = new LRUCache<string, Known>({ max: KEPT });
  private changes = 0;
  /** Readings under way, and those that begin when they end. */
  private readonly current = new Map<string, Promise<Known | null>>();
  private readonly next = new Map<string, Promise<Known | null>>();

  get(key: string): Known | undefined {
    return this.kept.get(key);
  }

  /**
   * Whoever the store says it is, read after this was called. Who asks while the same is being read waits for the next reading, which all share that
   * come until it begins: a page asks a dozen questions at once, and what has ended meanwhile must not be told by a reading of before.
   */
  read(key: string, reading: () => Promise<Known | null>): Promise<Known | null> {
    const next = this.next.get(key);
    if (next) return next;
    const current = this.current.get(key);
    if (!current) return this.begin(key, reading);
    const following = current.then(
      () => this.begin(key, reading),
      () => this.begin(key, reading),
    );
    this.next.set(key, following);
    return following;
  }

  private begin(key: string, reading: () => Promise<Known | null>): Promise<Known | null> {
    this.next.delete(key);
    const found = this.readNow(key, reading).finally(() => {
      if (this.current.get(key) === found) this.current.delete(key);
    });
    this.current.set(key, found);
    return found;
  }

  private async readNow(key: string, reading: () => Promise<Known | null>): Promise<Known | null> {
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
