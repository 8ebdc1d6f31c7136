/**
 * What the program counts of itself while it runs, for Prometheus: requests by route, questions to the engine, and the process. What a
 * source's loads came to is asked when it is scraped (questions/metrics).
 */
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Seconds. A page asks for 10 ms to 1 s; the engine gives up at 30. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Of a request that met no route, so that who tries paths cannot fill the memory with names. */
const NO_ROUTE = 'none';

let ofProcess: Registry | null = null;

/** The process's memory, processor, loop and garbage collection: of all APIs in it, and watched once somebody has asked. */
function processRegistry(): Registry {
  if (ofProcess === null) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess, prefix: 'beltline_' });
  }
  return ofProcess;
}

@Injectable()
export class ProgramMetrics {
  private readonly counted = new Registry();
  private readonly requests = new Histogram({
    name: 'beltline_http_request_duration_seconds',
    help: 'Time until a request was answered, by route, method and status.',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: BUCKETS,
    registers: [this.counted],
  });
  private readonly questions = new Histogram({
    name: 'beltline_engine_question_duration_seconds',
    help: 'Time until the engine had answered a question, by query and outcome: answered, or the kind of its failure.',
    labelNames: ['query', 'outcome'] as const,
    buckets: BUCKETS,
    registers: [this.counted],
  });

  /** Counts each request of a server when it is answered. */
  watch(app: FastifyInstance): void {
    app.addHook('onResponse', async (request, reply) => {
      const labels = {
        route: request.routeOptions.url ?? NO_ROUTE,
        method: request.method,
        status: String(reply.statusCode),
      };
      this.requests.observe(labels, reply.elapsedTime / 1000);
    });
  }

  /** A question to the engine that has its answer, or none. */
  asked(query: string, outcome: string, seconds: number): void {
    this.questions.observe({ query, outcome }, seconds);
  }

  /** What was counted, of the process too, and what else is told with it; a registry may be written once. */
  written(told: Registry): Promise<string> {
    return Registry.merge([this.counted, processRegistry(), told]).metrics();
  }
}
