/**
 * Readings of a store that those share who ask at once. Who asks while the same is being read waits for the next reading, which all share that come
 * until it begins: a page asks a dozen questions at once, and what has ended meanwhile must not be told by a reading of before.
 */
export class SharedReads<Read> {
  /** Readings under way, and those that begin when they end. */
  private readonly current = new Map<string, Promise<Read>>();
  private readonly next = new Map<string, Promise<Read>>();

  /** What is read after this was called. */
  read(key: string, reading: () => Promise<Read>): Promise<Read> {
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

  private begin(key: string, reading: () => Promise<Read>): Promise<Read> {
    this.next.delete(key);
    const found = reading().finally(() => {
      if (this.current.get(key) === found) this.current.delete(key);
    });
    this.current.set(key, found);
    return found;
  }
}
