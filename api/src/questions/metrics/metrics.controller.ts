import { Header, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Registry } from 'prom-client';
import { AskedBy, type Viewer } from '../../access/viewer.ts';
import { Answers, Controller, Get } from '../../platform/http/routes.ts';
import { MetricsService } from './metrics.service.ts';

@Controller('metrics')
export class MetricsController {
  constructor(@Inject(MetricsService) private readonly metrics: MetricsService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Metrics',
    schema: null,
    media: ['text/plain'],
    summary:
      'How the program and the loads of the caller’s sources are doing, in the text format of Prometheus',
    access: 'read-metrics',
  })
  async all(@AskedBy() viewer: Viewer, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(Registry.PROMETHEUS_CONTENT_TYPE);
    return this.metrics.written(viewer);
  }
}
