import { LRUCache } from 'lru-cache';

/**
 * What has been made for a key, at most so many, the least recently used first to go. Callers that ask for the same at the
 * same time share one making; what failed is not kept. For things that never change under their key.
 */
export class Kept<T> {
  private readonly made: LRUCache<string, Promise<T>>;

  constructor(max: number) {
    this.made = new LRUCache({ max });
  }

  of(key: unknown, make: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(key);
    const kept = this.made.get(name);
    if (kept) return kept;
    const making = make();
    this.made.set(name, making);
    making.catch(() => this.made.delete(name));
    return making;
  }

  /** Forgets everything: for measuring. */
  forget(): void {
    this.made.clear();
  }
}
