import { Header, Inject, Res } from '@nestjs/common';
import { type Health, health } from '@beltline/contract';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Answers, Controller, Get } from '../../platform/http/routes.ts';
import { AskedBy, seesSource, type Viewer } from '../../access/viewer.ts';
import { HealthService } from './health.service.ts';

const live = z.object({ live: z.literal(true) });

/** Probes may add what they like to the address: they are told how it stands, not that they asked wrongly. */
@Controller('health')
export class HealthController {
  constructor(@Inject(HealthService) private readonly service: HealthService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Health',
    schema: health,
    summary: 'Whether figures can be served; 503 with the same body until then',
    access: 'public',
    also: 503,
  })
  async all(@AskedBy() viewer: Viewer, @Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const state = await this.service.check();
    void reply.code(state.ready ? 200 : 503);
    return told(state, viewer);
  }

  @Get('live')
  @Header('cache-control', 'no-store')
  @Answers({ name: 'Live', schema: live, summary: 'Whether the process answers at all', access: 'public' })
  live(): z.output<typeof live> {
    return { live: true };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  @Answers({ name: 'Health', schema: health, summary: 'The same as /health', access: 'public', also: 503 })
  ready(@AskedBy() viewer: Viewer, @Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    return this.all(viewer, reply);
  }
}

/** Names and versions of sources only as far as they are the viewer's; whether it is up everybody may know. */
function told(state: Health, viewer: Viewer): Health {
  if (viewer.permissions.has('manage-users')) return state;
  const mayKnow = viewer.permissions.has('read-catalogue');
  return {
    ...state,
    damage: mayKnow ? state.damage.filter(({ source }) => seesSource(viewer, source)) : [],
    dataVersion: mayKnow ? state.dataVersion : null,
  };
}
