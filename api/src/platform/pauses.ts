import { LRUCache } from 'lru-cache';

const KEPT = 1_000;

interface Pause {
  readonly until: number;
  readonly ms: number;
}

/**
 * What failed is not tried again for a while by those who come next, twice as long after each further failure. For work that others do without, and that
 * costs as much where it fails.
 */
export class Pauses {
  private readonly pauses = new LRUCache<string, Pause>({ max: KEPT });

  /** `now`: in milliseconds, of a clock that nobody sets back. */
  constructor(
    private readonly firstMs: number,
    private readonly mostMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  isOver(key: string): boolean {
    const pause = this.pauses.get(key);
    return pause === undefined || this.now() >= pause.until;
  }

  /** Of those who waited for one try together, one tells. */
  failed(key: string): void {
    if (!this.isOver(key)) return;
    const before = this.pauses.get(key);
    const ms = before === undefined ? this.firstMs : Math.min(this.mostMs, before.ms * 2);
    this.pauses.set(key, { ms, until: this.now() + ms });
  }

  succeeded(key: string): void {
    this.pauses.delete(key);
  }
}
