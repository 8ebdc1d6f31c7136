import { type DynamicModule, Module } from '@nestjs/common';
import { HealthController } from './health.controller.ts';
import { HealthService, LOADING } from './health.service.ts';

@Module({})
export class HealthModule {
  static of(loading: () => boolean): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [HealthService, { provide: LOADING, useValue: loading }],
    };
  }
}
