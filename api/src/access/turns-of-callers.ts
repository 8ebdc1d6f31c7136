/**
 * How many requests of one caller are under way at once. Further ones wait, in their order, so that whoever asks a thousand questions at
 * once takes no more of the engine and of this process than somebody with a page open, and everybody else is served meanwhile.
 */

/** For each that may be under way so many may wait; who has more waiting asks faster than they are answered. */
const WAITING_FOR_EACH = 20;

interface Caller {
  underWay: number;
  readonly waiting: Set<() => void>;
}

export class TurnsOfCallers {
  private readonly callers = new Map<string, Caller>();

  /** `atOnce`: 0 = no limit. */
  constructor(private readonly atOnce: number) {}

  /**
   * Resolves when the caller's turn has come, and calls `ended` with what ends it; whoever hangs up while they wait calls that as well, and never gets
   * their turn. @returns false where too many of theirs wait already.
   */
  async take(key: string, onEnd: (ended: () => void) => void): Promise<boolean> {
    if (this.atOnce === 0) return true;
    const caller = this.callers.get(key) ?? { underWay: 0, waiting: new Set() };
    if (caller.waiting.size >= this.atOnce * WAITING_FOR_EACH) return false;
    this.callers.set(key, caller);
    await new Promise<void>((go) => {
      const begin = () => {
        caller.waiting.delete(begin);
        caller.underWay++;
        hasBegun = true;
        go();
      };
      let hasBegun = false;
      onEnd(() => {
        if (hasBegun) this.end(key, caller);
        else caller.waiting.delete(begin);
      });
      if (caller.underWay < this.atOnce) begin();
      else caller.waiting.add(begin);
    });
    return true;
  }

  /** Callers with something under way. */
  get size(): number {
    return this.callers.size;
  }

  private end(key: string, caller: Caller): void {
    caller.underWay--;
    const [next] = caller.waiting;
    if (next) next();
    else if (caller.underWay === 0) this.callers.delete(key);
  }
}
