import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Problem } from '@beltline/contract';
import { EngineError } from '@beltline/sql/clickhouse';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../logging/logger.ts';
import { PROBLEMS, type ProblemError } from './problem-error.ts';
import { problemOf } from './problem-of.ts';
import { noteRefusal } from './refusal.ts';

const RETRY_AFTER_SECONDS = 2;

/** The body of a problem (RFC 9457). */
export function problemBody(problem: ProblemError, requestId: string): Problem {
  const { issues, current, currentUser } = problem.options;
  return {
    type: `urn:beltline:problem:${problem.code}`,
    title: PROBLEMS[problem.code].title,
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    requestId,
    ...(issues ? { issues: [...issues] } : {}),
    ...(current ? { current } : {}),
    ...(currentUser ? { currentUser } : {}),
  };
}

/** Answers a request with a problem. */
export function sendProblem(reply: FastifyReply, problem: ProblemError, requestId: string): void {
  const { retryAfter } = problem.options;
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  else if (problem.status === 503) void reply.header('retry-after', String(RETRY_AFTER_SECONDS));
  void reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemBody(problem, requestId)));
}

/** The one place where an error of a route becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.options.refusal !== undefined) noteRefusal(request, problem.options.refusal);
    if (problem.status >= 500) this.report(problem, request);
    if (!reply.sent) sendProblem(reply, problem, request.id);
  }

  private report(problem: ProblemError, request: FastifyRequest): void {
    const cause = problem.options.cause ?? problem;
    const engine = cause instanceof EngineError ? { query: cause.query, queryId: cause.queryId } : {};
    this.logger.error(
      { requestId: request.id, path: request.url.split('?')[0], code: problem.code, ...engine, err: cause },
      problem.message,
    );
  }
}
