/**
 * The last answers, by their path: what a person comes back to shows at once, marked as stale, while it is asked again.
 * Nothing is ever shown from here without being asked again.
 */
export class AnswerMemory {
  readonly #answers = new Map<string, unknown>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  recall(path: string): unknown {
    return this.#answers.get(path) ?? null;
  }

  /** All of it may be of a data version that is no longer the newest. */
  forget(): void {
    this.#answers.clear();
  }

  keep(path: string, answer: unknown): void {
    this.#answers.delete(path);
    this.#answers.set(path, answer);
    if (this.#answers.size <= this.#size) return;
    const oldest = this.#answers.keys().next();
    if (!oldest.done) this.#answers.delete(oldest.value);
  }
}
