/** Lets so many do a thing at once; whoever comes while no place is free waits for one, in the order of coming. */
export class Places {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  /** What the work comes to; its place is free again also where it fails. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place goes to who waits, so that nobody who comes just now takes it before them.
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
