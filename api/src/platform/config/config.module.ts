import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { ApiConfig } from './config.ts';

/** Token of the `ApiConfig` for injection. */
export const CONFIG = Symbol('config');

@Global()
@Module({})
export class ConfigModule {
  static of(config: ApiConfig): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}
