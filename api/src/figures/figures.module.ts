import { Module } from '@nestjs/common';
import { FiguresService } from './figures.service.ts';
import { SpreadService } from './spread.service.ts';

@Module({ providers: [FiguresService, SpreadService], exports: [FiguresService, SpreadService] })
export class FiguresModule {}
