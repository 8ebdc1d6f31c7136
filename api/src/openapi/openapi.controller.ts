import { Controller, Get, Header, Module } from '@nestjs/common';

import { CONTROLLERS } from '../questions/questions.module.ts';
import { API_VERSION } from './version.ts';
import { describeApi, type JsonSchema } from './describe.ts';

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
