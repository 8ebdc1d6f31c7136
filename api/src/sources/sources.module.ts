import { Module } from '@nestjs/common';
import { SourcesController } from './sources.controller.ts';
import { SourcesService } from './sources.service.ts';
import { VintageService } from './vintage.service.ts';

@Module({
  controllers: [SourcesController],
  providers: [SourcesService, VintageService],
  exports: [VintageService],
})
export class SourcesModule {}
