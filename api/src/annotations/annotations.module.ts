import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AnnotationEntity } from '@beltline/sql/postgres';
import { BeltsModule } from '../belts/belts.module.ts';
import { SourcesModule } from '../sources/sources.module.ts';
import { AnnotationsController } from './annotations.controller.ts';
import { AnnotationsService } from './annotations.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([AnnotationEntity]), BeltsModule, SourcesModule],
  controllers: [AnnotationsController],
  providers: [AnnotationsService],
})
export class AnnotationsModule {}
