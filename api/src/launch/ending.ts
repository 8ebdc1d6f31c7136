/**
 * How the product ends: by a signal, or with the npm that started it. Signals are listened to from the first moment of a start, so
 * that whatever it has opened by then is closed in order, the last first, and the exit code is that of an end which was asked for.
 */
import { setTimeout as sleep } from 'node:timers/promises';

type Close = () => Promise<void>;

/** What a start that was interrupted may take to come to a place where it notices. A migration may take longer, and goes on with the next start. */
const NOTICE_MS = 5_000;

export interface EndingOptions {
  /** Ends the process. */
  readonly exit: (code: number) => void;
  readonly noticeMs?: number;
}

export class Ending {
  private readonly closers: Close[] = [];
  private readonly asked = new AbortController();
  private readonly started: Promise<void>;
  private settle: () => void = () => undefined;

  constructor(private readonly options: EndingOptions) {
    this.started = new Promise((resolve) => (this.settle = resolve));
  }

  /** Aborted once the end was asked for. */
  get signal(): AbortSignal {
    return this.asked.signal;
  }

  /** Takes what is to be closed, before all that was opened earlier. @throws the signal's reason where the end was asked for meanwhile. */
  opened(close: Close): void {
    this.closers.unshift(close);
    this.signal.throwIfAborted();
  }

  /** To be called when the start is over, whether it succeeded or not. */
  settled(): void {
    this.settle();
  }

  /** Ends the product with 0; asked for again at once, with 130, and the engine ends by itself when its input closes. */
  ask(): void {
    if (this.signal.aborted) return this.options.exit(130);
    this.asked.abort(new Error('The end was asked for.'));
    void this.end();
  }

  async close(): Promise<void> {
    for (const close of this.closers.splice(0)) await close().catch((error: unknown) => console.error(error));
  }

  private async end(): Promise<void> {
    await Promise.race([this.started, sleep(this.options.noticeMs ?? NOTICE_MS)]);
    await this.close();
    this.options.exit(0);
  }
}

/** Asks for the end when a signal does, or when npm was killed outright: it tells nobody, and its orphan would hold the port for ever. */
export function endOnSignals(ending: Ending): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.ask());
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    ending.ask();
  }, 1000).unref();
}
