import { Controller, Get, Header, Module } from '@nestjs/common';
import { Access } from '../platform/http/routes.ts';
import { DESCRIBED } from './controllers.ts';
import { API_VERSION } from './version.ts';
import { describeApi, type JsonSchema } from './describe.ts';

const description = describeApi(DESCRIBED, API_VERSION);

/** The API's own description; it is not part of itself. */
@Controller('openapi.json')
export class OpenapiController {
  @Get()
  @Access('read-description')
  @Header('cache-control', 'no-cache')
  read(): JsonSchema {
    return description;
  }
}

@Module({ controllers: [OpenapiController] })
export class OpenapiModule {}
