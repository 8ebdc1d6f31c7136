import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import { Places } from '../../platform/places.ts';
import type { ReportDocument } from '../documents/report-document.ts';
import type { MadeFile, ToPublish, Wanted } from './report-files.ts';
import type { ToSet } from './report-worker.ts';

/** A quarter of a megabyte each. */
const KEPT = 128;
/** A report of a hundred belts takes less than a second; a thread that hangs must not keep all later ones waiting. */
const LIMIT_MS = 60_000;

/** Sets documents as PDF, and makes the files of publications, one after another, each in a thread that ends with it and with its memory. The same document gives the same bytes. */
@Injectable()
export class Typesetter implements OnApplicationShutdown {
  private readonly kept = new LRUCache<string, Promise<Buffer>>({ max: KEPT });
  private readonly places = new Places(1);
  private readonly closing = new AbortController();

  /** PDF/UA-1. @throws Error where it cannot be set, or the API closes */
  pdf(document: ReportDocument): Promise<Buffer> {
    return this.one(document, 'pdf');
  }

  /** A workbook. @throws Error as `pdf` does */
  sheets(document: ReportDocument): Promise<Buffer> {
    return this.one(document, 'xlsx');
  }

  private one(document: ReportDocument, format: 'pdf' | 'xlsx'): Promise<Buffer> {
    const digest = createHash('sha256').update(JSON.stringify(document)).digest('base64url');
    const key = `${format} ${digest}`;
    const known = this.kept.get(key);
    if (known) return known;
    const made = this.places.take(() => this.set({ document, format })).then(first);
    this.kept.set(key, made);
    made.catch(() => this.kept.delete(key));
    return made;
  }

  /** Files of a publication, in the order in which they are wanted. @throws Error as `pdf` does */
  async files(of: ToPublish, wanted: readonly Wanted[]): Promise<MadeFile[]> {
    const made = await this.places.take(() => this.set({ of, wanted }));
    return wanted.map((one, at) => ({ ...one, bytes: first(made.slice(at)) }));
  }

  onApplicationShutdown(): void {
    this.closing.abort(new Error('the API closes'));
  }

  private async set(asked: ToSet): Promise<Buffer[]> {
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(LIMIT_MS)]);
    signal.throwIfAborted();
    const worker = new Worker(new URL('./report-worker.js', import.meta.url));
    try {
      return await new Promise<Buffer[]>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        worker.once('message', (files: Uint8Array[]) => resolve(files.map((bytes) => Buffer.from(bytes))));
        worker.once('error', reject);
        worker.once('exit', () =>
          reject(new Error('The thread of the typesetter ended before it was done.')),
        );
        worker.postMessage(asked);
      });
    } finally {
      await worker.terminate();
    }
  }
}

function first([bytes]: readonly Buffer[]): Buffer {
  if (!bytes) throw new Error('The thread of the typesetter told less than it was asked for.');
  return bytes;
}
