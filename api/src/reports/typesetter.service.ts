import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import { Places } from '../platform/places.ts';
import type { ReportDocument } from './report-document.ts';

/** A quarter of a megabyte each. */
const KEPT = 128;
/** A report of a hundred belts takes less than a second; a thread that hangs must not keep all later ones waiting. */
const LIMIT_MS = 60_000;

/** Sets documents as PDF, one at a time, each in a thread that ends with it and with its memory. The same document gives the same bytes. */
@Injectable()
export class Typesetter implements OnApplicationShutdown {
  private readonly kept = new LRUCache<string, Promise<Buffer>>({ max: KEPT });
  private readonly places = new Places(1);
  private readonly closing = new AbortController();

  /** PDF/UA-1. @throws Error where it cannot be set, or the API closes */
  pdf(document: ReportDocument): Promise<Buffer> {
    const key = createHash('sha256').update(JSON.stringify(document)).digest('base64url');
    const known = this.kept.get(key);
    if (known) return known;
    const made = this.places.take(() => this.set(document));
    this.kept.set(key, made);
    made.catch(() => this.kept.delete(key));
    return made;
  }

  onApplicationShutdown(): void {
    this.closing.abort(new Error('the API closes'));
  }

  private async set(document: ReportDocument): Promise<Buffer> {
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(LIMIT_MS)]);
    signal.throwIfAborted();
    const worker = new Worker(new URL('./report-worker.js', import.meta.url));
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        worker.once('message', (pdf: Uint8Array) => resolve(Buffer.from(pdf)));
        worker.once('error', reject);
        worker.once('exit', () =>
          reject(new Error('The thread of the typesetter ended before it was done.')),
        );
        worker.postMessage(document);
      });
    } finally {
      await worker.terminate();
    }
  }
}
