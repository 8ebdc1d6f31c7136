import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Logger } from '../platform/logging/logger.ts';
import { IntegrityService, LOGGER } from './integrity.service.ts';

/** Whether what is stored is what was committed, for whoever serves figures and whoever tells the program's health. */
@Global()
@Module({})
export class IntegrityModule {
  static of(logger: Logger): DynamicModule {
    return {
      module: IntegrityModule,
      providers: [{ provide: LOGGER, useValue: logger }, IntegrityService],
      exports: [IntegrityService],
    };
  }
}
