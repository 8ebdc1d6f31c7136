import { LRUCache } from 'lru-cache';
import { bytesOf } from './bytes-of.ts';

/** What a cache may hold. The least recently used goes first. */
export interface KeptLimits {
  /** Values at most. */
  readonly max: number;
  /** Memory at most, in bytes, as `bytesOf` tells it. What is larger alone is given to its callers and not kept. */
  readonly bytes: number;
}

/** For what is known to be small: answers of some kilobytes. */
const SMALL_BYTES = 32 * 2 ** 20;

/**
 * What has been made for a key, within a number and a memory. Callers that ask for the same at the same time share one
 * making; what failed is not kept. For things that never change under their key.
 */
export class Kept<T extends object> {
  private readonly made: LRUCache<string, T>;
  private underWay = new Map<string, Promise<T>>();

  constructor(limits: KeptLimits | number) {
    const { max, bytes } = typeof limits === 'number' ? { max: limits, bytes: SMALL_BYTES } : limits;
    this.made = new LRUCache<string, T>({
      max,
      maxSize: bytes,
      sizeCalculation: (value, name) => bytesOf(value) + bytesOf(name),
    });
  }

  of(key: unknown, make: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(key);
    const kept = this.made.get(name);
    if (kept !== undefined) return Promise.resolve(kept);
    const { underWay } = this;
    const running = underWay.get(name);
    if (running) return running;
    const making = make().then(
      (value) => {
        // What was begun before everything was forgotten is not kept: `forget` made a new map.
        if (this.underWay === underWay) this.made.set(name, value);
        underWay.delete(name);
        return value;
      },
      (error: unknown) => {
        underWay.delete(name);
        throw error;
      },
    );
    underWay.set(name, making);
    return making;
  }

  /** Bytes that are held now. */
  get bytes(): number {
    return this.made.calculatedSize;
  }

  /** Forgets everything: for measuring. */
  forget(): void {
    this.made.clear();
    this.underWay = new Map();
  }
}
