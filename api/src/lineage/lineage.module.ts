import { Module } from '@nestjs/common';
import { BeltsModule } from '../belts/belts.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { LineageController } from './lineage.controller.ts';
import { LineageService } from './lineage.service.ts';

@Module({
  imports: [BeltsModule, SourcesModule],
  controllers: [LineageController],
  providers: [LineageService],
})
export class LineageModule {}
