import { Module, type Type } from '@nestjs/common';
import { BenchmarkController } from './benchmark.controller.ts';
import { BenchmarkService } from './benchmark.service.ts';
import { BuyerFactsService } from './buyer-facts.service.ts';
import { PeerQuartersService } from './peer-quarters.service.ts';
import { PeersAhead } from './peers-ahead.service.ts';
import { TurnoverService } from './turnover.service.ts';

export const BENCHMARK_CONTROLLERS: readonly Type[] = [BenchmarkController];

/** Where merchants stand among their peers. */
@Module({
  controllers: [...BENCHMARK_CONTROLLERS],
  providers: [BenchmarkService, BuyerFactsService, TurnoverService, PeerQuartersService, PeersAhead],
  exports: [BenchmarkService],
})
export class BenchmarkModule {}
