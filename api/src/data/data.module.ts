import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { EngineAccess } from '../platform/clickhouse/engine-access.ts';
import { ENGINE } from '../platform/clickhouse/engine-access.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { Cache, cacheLimits } from '../platform/cache.ts';
import { ProgramMetrics } from '../platform/metrics.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { BeltRegistry } from './areas/belt-registry.service.ts';
import { ContextService } from './context/context.service.ts';
import { AdjustedSeriesService } from './daily/adjusted-series.service.ts';
import { DailySeriesService } from './daily/daily-series.service.ts';
import { IntegrityService, LOGGER } from './integrity/integrity.service.ts';
import { OwnerCombinationsService } from './owners/owner-combinations.service.ts';
import { MerchantMonthsService } from './owners/merchant-months.service.ts';
import { OwnerWindowsService } from './owners/owner-windows.service.ts';
import { RevisionEvidenceService } from './revisions/revision-evidence.service.ts';
import { PriceLevelsService } from './prices/price-levels.service.ts';
import { ActiveUnitsService } from './sums/active-units.service.ts';
import { ComparedSumsService } from './sums/compared-sums.service.ts';
import { MerchantValuesService } from './sums/merchant-values.service.ts';
import { MonthSumsService } from './sums/month-sums.service.ts';
import { OverlapService } from './sums/overlap.service.ts';
import { KeptSeries } from './versions/kept-series.service.ts';
import { NewestVersionsService } from './versions/newest-versions.service.ts';
import { VersionCache } from './versions/version-cache.ts';
import { VintageService } from './versions/vintage.service.ts';

/** What every question stands on: the context, and the sums and series of a data version. */
const SERVICES = [
  ActiveUnitsService,
  AdjustedSeriesService,
  BeltRegistry,
  ClickHouseService,
  ComparedSumsService,
  ContextService,
  DailySeriesService,
  IntegrityService,
  KeptSeries,
  MerchantMonthsService,
  MerchantValuesService,
  MonthSumsService,
  NewestVersionsService,
  OverlapService,
  OwnerCombinationsService,
  OwnerWindowsService,
  RevisionEvidenceService,
  PriceLevelsService,
  ProgramMetrics,
  VersionCache,
  VintageService,
];

@Global()
@Module({})
export class DataModule {
  static of(engine: EngineAccess, logger: Logger): DynamicModule {
    return {
      module: DataModule,
      providers: [
        { provide: ENGINE, useValue: engine },
        { provide: LOGGER, useValue: logger },
        {
          provide: Cache,
          useFactory: ({ BELTLINE_SUMS_MB, BELTLINE_MERCHANTS_MB }: ApiConfig) =>
            new Cache(cacheLimits(BELTLINE_SUMS_MB, BELTLINE_MERCHANTS_MB)),
          inject: [CONFIG],
        },
        ...SERVICES,
      ],
      exports: [Cache, LOGGER, ...SERVICES],
    };
  }
}
