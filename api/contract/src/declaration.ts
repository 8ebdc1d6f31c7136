import type { z } from 'zod';

/** A question about orders: what may be asked, and what the answer looks like. Where it is asked is in `INDICATOR_PATHS`. */
export interface IndicatorDeclaration<Question extends z.ZodType, Answer extends z.ZodType> {
  /** `operationId` of the API description; its first part is the tag. */
  readonly operationId: `${string}.${string}`;
  /** Name of the answer's schema in the API description. */
  readonly name: string;
  readonly summary: string;
  readonly question: Question;
  readonly answer: Answer;
  /**
   * Query parameters that any source with the months of `from` and `to` can answer: what is asked where every indicator is
   * asked (validators, scopes, benchmarks). `compared`: the two months are given; `whole`: it takes no period.
   */
  readonly example: { readonly over: 'compared' | 'whole'; readonly query: Readonly<Record<string, string>> };
}

/** Keeps the types of question and answer. */
export const declare = <Question extends z.ZodType, Answer extends z.ZodType>(
  declaration: IndicatorDeclaration<Question, Answer>,
) => declaration;

export const compared = (query: Record<string, string> = {}) => ({ over: 'compared', query }) as const;
export const whole = (query: Record<string, string> = {}) => ({ over: 'whole', query }) as const;
