import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as immediate } from 'node:timers/promises';

/** Steps of one kind that take turns: how long they may take of a turn of the loop, since when they do, and who waits. */
class Lane {
  started: number | null = null;
  private readonly waiting: (() => void)[] = [];

  constructor(readonly sliceMs: number) {}

  get isWaitedFor(): boolean {
    return this.waiting.length > 0;
  }

  wait(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Has those that wait here wait in another lane, after those there. */
  moveTo(other: Lane): void {
    other.waiting.push(...this.waiting.splice(0));
  }

  /** Lets the first that waits go on. */
  goOn(now: number): void {
    this.started = now;
    this.waiting.shift()?.();
  }
}

/** What stands behind: all that one call of `behind` does. `isWaitedFor`: somebody has come to wait for it. */
export interface Standing {
  isWaitedFor: boolean;
}

/**
 * Lets heavy arithmetic of many questions share the one thread with everything else. Arithmetic is cut into steps, and
 * before each it asks for its turn: all steps of all questions together take some milliseconds of a turn of the event loop
 * and then wait for the next, so that a short question, a health check or an answer of the engine comes in between.
 *
 * What nobody waits for (`behind`) takes its steps only in turns in which no question took or waits for one, and less of them, so
 * that who comes meanwhile hardly notices it.
 *
 * A worker thread was considered: it would have to get every series of a version, or copies of them, and 32 questions
 * would queue there just as well, only out of sight of what a page asks beside them. States of many months have one (ADR 56): they
 * need little and take long.
 */
export class Turns {
  private readonly ahead: Lane;
  private readonly after: Lane;
  private readonly standings = new AsyncLocalStorage<Standing>();
  private countBehind = 0;
  private isScheduled = false;
  /** When what nobody waits for last went on, or began to wait. */
  private since = 0;

  /** `sliceMs`: how long all steps together may take of one turn; the last one may take it longer. `behindMs`: those behind. */
  constructor(
    sliceMs: number,
    private readonly now: () => number = () => performance.now(),
    behindMs = sliceMs,
  ) {
    this.ahead = new Lane(sliceMs);
    this.after = new Lane(behindMs);
  }

  /** Resolves at once while the turn has time left, else in a later turn, in the order of asking. */
  next(): Promise<void> {
    const { ahead, after } = this;
    const now = this.now();
    this.schedule();
    if (this.standing) {
      if (after.started !== null && ahead.started === null && now - after.started < after.sliceMs)
        return Promise.resolve();
      if (!after.isWaitedFor) this.since = now;
      return after.wait();
    }
    ahead.started ??= now;
    return now - ahead.started < ahead.sliceMs ? Promise.resolve() : ahead.wait();
  }

  /**
   * The first step of a question: resolves in a callback of the loop of its own. Of questions that come at once each goes as far as it
   * can before the next one begins. In step with each other they would hold the objects of all of them at a time, which garbage
   * collection then moves about and learns to take for old ones.
   */
  async begin(): Promise<void> {
    await immediate();
    await this.next();
  }

  /** What the caller stands behind the others with; undefined where it does not. */
  get standing(): Standing | undefined {
    const standing = this.standings.getStore();
    return standing?.isWaitedFor ? undefined : standing;
  }

  /** The caller waits for what was begun in a standing: unless it stands behind itself, that takes its turns as a question does from now on. */
  waitFor(standing: Standing | undefined): void {
    if (standing === undefined || standing.isWaitedFor || this.standing) return;
    standing.isWaitedFor = true;
    this.after.moveTo(this.ahead);
    this.schedule();
  }

  /** Runs what nobody waits for: all its steps, and those of what it calls, stand behind the others'. */
  async behind<T>(run: () => Promise<T>): Promise<T> {
    this.countBehind += 1;
    try {
      return await this.standings.run({ isWaitedFor: false }, run);
    } finally {
      this.countBehind -= 1;
      // Every promise costs more while a storage is in use.
      if (this.countBehind === 0) this.standings.disable();
    }
  }

  /** Each item in its turn, in order. */
  async map<T, R>(items: readonly T[], of: (item: T, index: number) => R): Promise<R[]> {
    const made: R[] = [];
    for (const [index, item] of items.entries()) {
      await this.next();
      made.push(of(item, index));
    }
    return made;
  }

  /** What steps come to, each of them in its turn. */
  async finish<T>(steps: Generator<void, T>): Promise<T> {
    for (;;) {
      await this.next();
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(this.turn);
  }

  /** One that waits goes on in each turn of the loop, for as long as the slice lasts. */
  private readonly turn = () => {
    const { ahead, after } = this;
    const now = this.now();
    this.isScheduled = false;
    const wasAsked = ahead.started !== null;
    ahead.started = null;
    after.started = null;
    if (ahead.isWaitedFor) ahead.goOn(now);
    const isForgotten = now - this.since > PATIENCE_MS;
    if (after.isWaitedFor && (isForgotten || !(wasAsked || ahead.started !== null))) {
      this.since = now;
      after.goOn(now);
    }
    if (wasAsked || ahead.started !== null || after.started !== null || after.isWaitedFor) this.schedule();
  };
}

const SLICE_MS = 8;
/** What a question waits for, at most, that comes while nothing else is asked. */
const BEHIND_MS = 2;
/** However much is asked, what stands behind takes a step so often, so that it comes to its end. */
const PATIENCE_MS = 100;

/** The turns of this process: it has one event loop. */
export const turns = new Turns(SLICE_MS, undefined, BEHIND_MS);
