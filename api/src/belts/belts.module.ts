import { Module } from '@nestjs/common';
import { SourcesModule } from '../sources/sources.module.ts';
import { BeltsController } from './belts.controller.ts';
import { BeltsService } from './belts.service.ts';

@Module({
  imports: [SourcesModule],
  controllers: [BeltsController],
  providers: [BeltsService],
  exports: [BeltsService],
})
export class BeltsModule {}
