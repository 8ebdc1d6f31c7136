import { Inject, type Type, UseInterceptors } from '@nestjs/common';
import {
  type AnswerOf,
  type IndicatorDeclaration,
  type IndicatorName,
  INDICATOR_PATHS,
  INDICATORS,
  type Meta,
  type QuestionTo,
} from '@beltline/contract';
import type { z } from 'zod';
import { release } from '../access/release.ts';
import { AskedBy, type Viewer } from '../access/viewer.ts';
import type { ContextOf, Needs, QuestionOf } from '../data/context/context.ts';
import { ContextService } from '../data/context/context.service.ts';
import { VersionEtagInterceptor } from '../data/context/version-etag.interceptor.ts';
import { WrittenAnswer } from '../data/context/written-answer.ts';
import { VersionCache } from '../data/versions/version-cache.ts';
import { Answers, Controller, Get, Query } from '../platform/http/routes.ts';
import { turns } from '../platform/turns.ts';

/** What answers an indicator's question, once the question is resolved. */
export interface Answerer<N extends IndicatorName = IndicatorName> {
  readonly indicator: N;
  readonly needs: Needs;
  readonly service: Type;
  readonly answer: (service: never, context: never, question: QuestionTo<N>) => Promise<AnswerOf<N>>;
}

/** Says which service answers an indicator of the contract, and what its context must hold. */
export const answerWith = <N extends IndicatorName, S, K extends Needs>(
  indicator: N,
  needs: K & (QuestionTo<N> extends QuestionOf[K] ? K : never),
  service: Type<S>,
  answer: (service: S, context: ContextOf[K], question: QuestionTo<N>) => Promise<AnswerOf<N>>,
): Answerer<N> => ({ indicator, needs, service, answer });

/**
 * The route of an indicator: the question is checked, resolved for who asks, and answered with a validator, after what they may
 * not see was withheld. An answer is a function of the data version, the scope, the policy and the question, so it is made once.
 */
export function controllerOf({ indicator, needs, service, answer }: Answerer): Type {
  const declared: IndicatorDeclaration<z.ZodType, z.ZodType> = INDICATORS[indicator];
  const answerTo: (service: never, context: never, question: never) => Promise<{ meta: Meta }> = answer;

  @Controller(INDICATOR_PATHS[indicator])
  @UseInterceptors(VersionEtagInterceptor)
  class IndicatorController {
    constructor(
      @Inject(ContextService) private readonly contexts: ContextService,
      @Inject(VersionCache) private readonly cache: VersionCache,
      @Inject(service) private readonly service: unknown,
    ) {}

    @Get()
    @Answers({
      name: declared.name,
      schema: declared.answer,
      summary: declared.summary,
      access: 'read-figures',
      operationId: declared.operationId,
    })
    async answer(
      @AskedBy() viewer: Viewer,
      @Query({ schema: declared.question }) question: QuestionOf[Needs],
    ): Promise<WrittenAnswer> {
      const { policy } = viewer;
      const context = await this.contexts.resolve(viewer, question, needs);
      const cached = { kind: 'answers', name: indicator } as const;
      // Kept as it was let out: what is withheld from one viewer is not in the memory that answers another.
      const asked = policy === null ? question : { ...question, policy: policy.name };
      return this.cache.of(context.vintage, cached, asked, async () => {
        await turns.begin();
        const made = await answerTo(this.service as never, context as never, question as never);
        return WrittenAnswer.of(release(declared.answer, made, policy));
      });
    }
  }
  return IndicatorController;
}
