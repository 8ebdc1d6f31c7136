import { createHash, randomUUID } from 'node:crypto';
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { day, type Meta } from '@beltline/contract';
import type { Scope } from '@beltline/sql/clickhouse';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, type Observable, of } from 'rxjs';
import { turns } from '../platform/turns.ts';
import { VintageService } from './vintage.service.ts';

/** Another build may compute the same figure in another way, and a build is known by its start. */
const BUILD = randomUUID();

const preferredEncoding = (accepted: string | undefined) =>
  ['br', 'gzip'].find((one) => accepted?.includes(one)) ?? 'identity';

/**
 * Strong validators for answers that are a function of the data version, the scope and the URL: a browser that has the
 * answer of the current version is told so (304) before anything is computed.
 */
@Injectable()
export class VintageEtagInterceptor implements NestInterceptor {
  constructor(@Inject(VintageService) private readonly vintages: VintageService) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const known = request.headers['if-none-match'];
    if (known !== undefined) {
      const { source, asOf } = request.query as Record<string, unknown>;
      const vintage = await this.vintages.of(text(source), day.safeParse(asOf).data);
      const tag = etag(vintage.dataVersion, vintage.scope, request);
      if (known.split(/\s*,\s*/).includes(tag)) {
        describe(reply, tag).code(304);
        return of(undefined);
      }
    }
    return next.handle().pipe(
      // What follows writes the answer as JSON, which of a large one takes as long as a step of its making.
      mergeMap(async (answer: { meta: Meta }) => {
        await turns.next();
        const { dataVersion, source } = answer.meta;
        describe(reply, etag(dataVersion, this.vintages.scopeOf(source), request));
        return answer;
      }),
    );
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

const describe = (reply: FastifyReply, tag: string) =>
  reply.header('etag', tag).header('cache-control', 'no-cache').header('vary', 'accept-encoding');

/** The encoding is part of it, because a strong validator promises the same bytes. */
function etag(dataVersion: number, scope: Scope, request: FastifyRequest): string {
  const parts = [
    BUILD,
    dataVersion,
    scope,
    request.url,
    preferredEncoding(request.headers['accept-encoding']),
  ];
  return `"${dataVersion}-${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)}"`;
}
