/**
 * Refused attempts, on their way to the audit. Whoever tries a thousand things must not fill it, nor hide one among them: the first
 * refusal of a caller is written at once, and what the same caller is refused in the minute after it is counted and written as one record
 * at its end. A caller is a user, a token of theirs, or else an address; of addresses so many are told apart, further ones are counted
 * together, because who has a network of them would have as many records.
 */
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { AuditService } from './audit.service.ts';

export const SPAN_MS = 60_000;
/** Callers of a minute that are told apart. */
export const MOST_CALLERS = 1_000;
/** Different things that a record of several names. */
export const MOST_NAMED = 10;

/** Something that somebody wanted and did not get. */
export interface Refused {
  /** A user's id; null where nobody is signed in. */
  readonly actor: string | null;
  readonly tokenId: string | null;
  readonly address: string;
  readonly requestId: string;
  /** Never with what somebody typed into a search, nor with a secret. */
  readonly what: string;
}

interface Caller {
  readonly by: { readonly actor: string | null; readonly address: string | null };
  readonly token: string;
  readonly timer: NodeJS.Timeout;
  /** What was refused since the first, and how often. */
  readonly further: Map<string, number>;
  isWritten: boolean;
}

@Injectable()
export class RefusalLog implements BeforeApplicationShutdown {
  private readonly callers = new Map<string, Caller>();

  constructor(@Inject(AuditService) private readonly audit: Pick<AuditService, 'tell'>) {}

  /** Resolves when it is written, or counted to be. */
  async tell({ actor, tokenId, address, requestId, what }: Refused): Promise<void> {
    const own = `${actor ?? address} ${tokenId ?? ''}`;
    const isKnown = this.callers.has(own) || actor !== null || this.callers.size < MOST_CALLERS;
    const key = isKnown ? own : OTHERS;
    const by = { actor, address: isKnown ? address : null };
    const token = tokenId === null ? '' : `; token ${tokenId}`;
    const caller = this.callers.get(key) ?? this.follow(key, by, token);
    if (caller.isWritten) return count(caller, what);
    caller.isWritten = true;
    try {
      await this.audit.tell({ event: 'refused', ...by, requestId, detail: what + token });
    } catch (error) {
      count(caller, what);
      throw error;
    }
  }

  /** Writes what is counted, so that an end of the program loses none of it. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.callers.keys()].map((key) => this.endOf(key)));
  }

  private follow(key: string, by: Caller['by'], token: string): Caller {
    const timer = setTimeout(() => void this.endOf(key).catch(() => undefined), SPAN_MS);
    timer.unref();
    const caller = { by, token, timer, further: new Map<string, number>(), isWritten: false };
    this.callers.set(key, caller);
    return caller;
  }

  private async endOf(key: string): Promise<void> {
    const caller = this.callers.get(key);
    if (caller === undefined) return;
    this.callers.delete(key);
    clearTimeout(caller.timer);
    const { by, token, further } = caller;
    if (further.size === 0) return;
    try {
      await this.audit.tell({ event: 'refused', ...by, detail: told(further) + token });
    } catch (error) {
      // The next minute tells it, or the one after it, until the store answers again.
      const next = this.callers.get(key) ?? this.follow(key, by, token);
      next.isWritten = true;
      for (const [what, times] of further) count(next, what, times);
      throw error;
    }
  }
}

const OTHERS = 'others';
const UNNAMED = 'others';

function count({ further }: Caller, what: string, times = 1): void {
  const name = further.has(what) || further.size < MOST_NAMED ? what : UNNAMED;
  further.set(name, (further.get(name) ?? 0) + times);
}

function told(further: ReadonlyMap<string, number>): string {
  const all = [...further.values()].reduce((sum, times) => sum + times, 0);
  return `${all} more within a minute: ${[...further].map(([what, times]) => `${times} × ${what}`).join(', ')}`;
}
