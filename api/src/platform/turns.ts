/**
 * Lets heavy arithmetic of many questions share the one thread with everything else. Arithmetic is cut into steps, and
 * before each it asks for its turn: all steps of all questions together take some milliseconds of a turn of the event loop
 * and then wait for the next, so that a short question, a health check or an answer of the engine comes in between.
 *
 * A worker thread was considered: it would have to get every series of a version, or copies of them, and 32 questions
 * would queue there just as well, only out of sight of what a page asks beside them.
 */
export class Turns {
  private started: number | null = null;
  private readonly waiting: (() => void)[] = [];

  /** `sliceMs`: how long all steps together may take of one turn; the last one may take it longer. */
  constructor(
    private readonly sliceMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Resolves at once while the turn has time left, else in a later turn, in the order of asking. */
  next(): Promise<void> {
    if (this.started === null) {
      this.started = this.now();
      setImmediate(this.turn);
    }
    if (this.now() - this.started < this.sliceMs) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
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

  /** Resolves in a turn of the loop in which no step was taken: for what nobody waits for. */
  async idle(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.started !== null);
  }

  /** One that waits goes on in each turn of the loop, for as long as the slice lasts. */
  private readonly turn = () => {
    const first = this.waiting.shift();
    if (first === undefined) {
      this.started = null;
      return;
    }
    this.started = this.now();
    first();
    setImmediate(this.turn);
  };
}

const SLICE_MS = 8;

/** The turns of this process: it has one event loop. */
export const turns = new Turns(SLICE_MS);
