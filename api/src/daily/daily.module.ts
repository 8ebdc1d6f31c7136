import { Module } from '@nestjs/common';
import { DailySeriesService } from './daily-series.service.ts';

/** Daily series of every area: what lunar alignment, the nowcast and the recovery are computed from. */
@Module({ providers: [DailySeriesService], exports: [DailySeriesService] })
export class DailyModule {}
