import type { Meta } from '@beltline/contract';
import { writtenJson } from '../../platform/written-json.ts';

/**
 * An answer as it is sent: JSON in UTF-8, written once however often it is asked for; memory holds these bytes and not the
 * thousands of objects that they were written from.
 */
export class WrittenAnswer {
  private constructor(
    readonly meta: Meta,
    readonly body: Buffer,
  ) {}

  static of(answer: { readonly meta: Meta }): WrittenAnswer {
    return new WrittenAnswer(answer.meta, writtenJson(answer));
  }
}
