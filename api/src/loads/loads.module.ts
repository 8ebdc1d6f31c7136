import { Module } from '@nestjs/common';
import { SourcesModule } from '../sources/sources.module.ts';
import { LoadsController } from './loads.controller.ts';
import { LoadsService } from './loads.service.ts';

@Module({ imports: [SourcesModule], controllers: [LoadsController], providers: [LoadsService] })
export class LoadsModule {}
