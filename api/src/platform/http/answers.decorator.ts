import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

export const ANSWER_METADATA = Symbol('answer');

/** What the API description says of a route beside what its parameters say: its answer, and what it is for. */
export interface AnswerDescription {
  readonly name: string;
  readonly schema: z.ZodType | null;
  readonly summary: string;
  /** `operationId`, whose first part is the tag; left out: the controller's name and the method's. */
  readonly operationId?: string;
  readonly status?: number;
  /** Another status that comes with the same body. */
  readonly also?: number;
  /** Problems besides those that any route can have. */
  readonly problems?: readonly number[];
  /** Headers that a request must have. */
  readonly requires?: readonly string[];
  /** What its `Idempotency-Key` may be, where sending a request again under the same one does nothing more. */
  readonly once?: z.ZodType;
  /** The answer names its state in an `ETag`. */
  readonly tagged?: boolean;
}

/** Describes a route's answer. `name` is that of its schema in the API description; null = no body. */
export const Answers = (description: AnswerDescription) => SetMetadata(ANSWER_METADATA, description);
