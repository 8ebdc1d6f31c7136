import { StandardSchemaValidationPipe } from '@nestjs/common';
import { type FieldIssue, invalidRequest } from '../problem/problem-error.ts';

interface Issue {
  readonly message: string;
  readonly path?: readonly unknown[] | undefined;
  /** Zod's: the names that are not in the schema. */
  readonly keys?: readonly string[];
}

const nameOf = (segment: unknown) =>
  String(typeof segment === 'object' && segment !== null && 'key' in segment ? segment.key : segment);

/** Each name that is too much is a fault of its own, under that name. */
function fieldIssues({ message, path = [], keys }: Issue): FieldIssue[] {
  const place = path.map(nameOf);
  if (keys)
    return keys.map((key) => ({ field: [...place, key].join('.'), message: 'there is no such field' }));
  return [{ field: place.join('.') || 'request', message }];
}

/** Checks what comes in against the contract's schemas; what does not fit is answered with 400 and each field's name. */
class QuestionPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) => invalidRequest(...issues.flatMap((issue) => fieldIssues(issue as Issue))),
    });
  }

  /** Nest would drop `__proto__` and `constructor` unsaid; our schemas are strict and copy, so they are refused by name. */
  protected override stripProtoKeys(): void {}
}

export const questionPipe = () => new QuestionPipe();
