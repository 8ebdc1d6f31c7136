import { Kept, type KeptLimits } from '../platform/kept.ts';
import type { Vintage } from './vintage.ts';

/**
 * What has been made of vintages, under the source, the scope, the data version and the question. A question names its
 * vintage by `source` and `asOf`, which may be another way to the same version, so these two do not count.
 */
export class KeptOfVintage<T extends object> {
  private readonly kept: Kept<T>;

  constructor(limits: KeptLimits | number) {
    this.kept = new Kept(limits);
  }

  of({ source, scope, dataVersion }: Vintage, question: object, make: () => Promise<T>): Promise<T> {
    const what = { ...question, source: undefined, asOf: undefined };
    return this.kept.of([source, scope, dataVersion, what], make);
  }

  /** Forgets everything: for measuring. */
  forget(): void {
    this.kept.forget();
  }
}
