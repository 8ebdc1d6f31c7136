import { Controller, Get, Header, Module } from '@nestjs/common';
import type { JsonSchema } from './components.ts';
import { API_VERSION, CONTROLLERS } from './controllers.ts';
import { describeApi } from './describe.ts';

const description = describeApi(CONTROLLERS, API_VERSION);

/** The API's own description; it is not part of itself. */
@Controller('openapi.json')
export class OpenapiController {
  @Get()
  @Header('cache-control', 'no-cache')
  read(): JsonSchema {
    return description;
  }
}

@Module({ controllers: [OpenapiController] })
export class OpenapiModule {}
