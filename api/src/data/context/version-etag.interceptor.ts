import { hash } from 'node:crypto';
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { day, type Meta } from '@beltline/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, type Observable, of } from 'rxjs';
import { scopeOf, type Viewer, viewerOf } from '../../access/viewer.ts';
import { buildId } from '../../platform/build-id.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { preferredEncoding } from '../../platform/http/encoding.ts';
import { hasAlready, hasAnything } from '../../platform/http/etag.ts';
import { turns } from '../../platform/turns.ts';
import { IntegrityService } from '../integrity/integrity.service.ts';
import type { Vintage } from '../versions/vintage.ts';
import { ContextService } from './context.service.ts';
import { WrittenAnswer } from './written-answer.ts';

/**
 * Strong validators for answers that are a function of the data version, the scope and policy, the URL, the build and its settings: a
 * browser that has the answer of the current version is told so (304) before anything is computed, also by another process
 * of the same build.
 */
@Injectable()
export class VersionEtagInterceptor implements NestInterceptor {
  private readonly maker: readonly unknown[];

  constructor(
    @Inject(ContextService) private readonly contexts: ContextService,
    @Inject(IntegrityService) private readonly integrity: IntegrityService,
    @Inject(CONFIG) { BELTLINE_MIN_BASE, BELTLINE_DEAD_BAND }: ApiConfig,
  ) {
    this.maker = [buildId(), BELTLINE_MIN_BASE, BELTLINE_DEAD_BAND];
  }

  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    const viewer = viewerOf(request);
    const known = request.headers['if-none-match'];
    if (known !== undefined) {
      const { source, asOf } = request.query as Record<string, unknown>;
      const question = { source: text(source), asOf: day.safeParse(asOf).data };
      const { vintage } = await this.contexts.resolve(viewer, question, 'version');
      const tag = this.etag(vintage, viewer, request);
      if (hasAlready(known, tag)) {
        describe(reply, tag).code(304);
        return of(undefined);
      }
    }
    // What is answered before the store was compared with its seals may be of damage, and must not be kept as this version's.
    const { isCompared } = this.integrity;
    return next.handle().pipe(
      mergeMap(async (answer: { meta: Meta } | WrittenAnswer) => {
        // Writing a large one takes as long as a step of its making.
        await turns.next();
        const { meta, body } = answer instanceof WrittenAnswer ? answer : WrittenAnswer.of(answer);
        if (isCompared) describe(reply, this.etag(meta, viewer, request));
        else void reply.header('cache-control', 'no-store');
        // Only an answer tells that a question has one.
        if (isCompared && hasAnything(known)) return void reply.code(304);
        void reply.type('application/json; charset=utf-8');
        return body;
      }),
    );
  }

  /** The encoding is part of it, because a strong validator promises the same bytes. */
  private etag(
    { source, dataVersion, publishedAt }: Pick<Vintage, 'source' | 'dataVersion' | 'publishedAt'>,
    viewer: Viewer,
    request: FastifyRequest,
  ): string {
    const encoding = preferredEncoding(request.headers['accept-encoding']);
    const seen = [scopeOf(viewer, source), viewer.regions, viewer.policy?.name];
    const parts = [this.maker, dataVersion, publishedAt, seen, request.url, encoding];
    return `"${dataVersion}-${hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22)}"`;
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

const describe = (reply: FastifyReply, tag: string) =>
  reply.header('etag', tag).header('cache-control', 'no-cache').header('vary', 'accept-encoding');
