import { Module } from '@nestjs/common';
import { BeltsModule } from '../belts/belts.module.ts';
import { AreasService } from './areas.service.ts';

@Module({ imports: [BeltsModule], providers: [AreasService], exports: [AreasService] })
export class AreasModule {}
