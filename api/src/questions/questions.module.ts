import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { IndicatorName } from '@beltline/contract';
import { AnnotationEntity } from '@beltline/sql/postgres';
import { AnnotationsController } from './annotations/annotations.controller.ts';
import { AnnotationsService } from './annotations/annotations.service.ts';
import { BeltsController } from './belts/belts.controller.ts';
import { BeltsService } from './belts/belts.service.ts';
import { breadthAnswerer } from './breadth/breadth.service.ts';
import { clockAnswerer } from './clock/clock.service.ts';
import { concentrationUncertaintyAnswerer } from './concentration/concentration-uncertainty.service.ts';
import { concentrationAnswerer } from './concentration/concentration.service.ts';
import { contributionsUncertaintyAnswerer } from './contributions/contributions-uncertainty.service.ts';
import { contributionsAnswerer } from './contributions/contributions.service.ts';
import { marginsUncertaintyAnswerer } from './decomposition/margins-uncertainty.service.ts';
import { marginsAnswerer } from './decomposition/margins.service.ts';
import { pricesUncertaintyAnswerer } from './decomposition/prices-uncertainty.service.ts';
import { pricesAnswerer } from './decomposition/prices.service.ts';
import { turnoverAnswerer } from './decomposition/turnover.service.ts';
import { DefinitionsController } from './definitions/definitions.controller.ts';
import { differencesAnswerer } from './differences/differences.service.ts';
import { priceDifferencesAnswerer } from './differences/price-differences.service.ts';
import { festivalAnswerer } from './festival/festival.service.ts';
import { growthUncertaintyAnswerer } from './growth/growth-uncertainty.service.ts';
import { growthAnswerer, growthByBeltAnswerer } from './growth/growth.service.ts';
import { trackGrowthAnswerer } from './growth/track-growth.service.ts';
import { rankingUncertaintyAnswerer } from './growth/ranking-uncertainty.service.ts';
import { HealthController } from './health/health.controller.ts';
import { HealthService, LOADING } from './health/health.service.ts';
import { type Answerer, controllerOf } from './indicator.ts';
import { LineageController } from './lineage/lineage.controller.ts';
import { LineageService } from './lineage/lineage.service.ts';
import { LoadsController } from './loads/loads.controller.ts';
import { LoadsService } from './loads/loads.service.ts';
import { MetricsController } from './metrics/metrics.controller.ts';
import { MetricsService } from './metrics/metrics.service.ts';
import { newSkusAnswerer } from './new-skus/new-skus.service.ts';
import { backtestAnswerer } from './nowcast/nowcast.service.ts';
import { LargestOrdersService } from './quality/largest-orders.service.ts';
import { qualityAnswerer } from './quality/quality.service.ts';
import { SourceQualityService } from './quality/source-quality.service.ts';
import { RecoveryBasisService } from './recovery/recovery-basis.service.ts';
import { VersionStatesService } from './states/version-states.service.ts';
import { StateService } from './recovery/state.service.ts';
import { StateThread } from './recovery/state-thread.ts';
import { recoveryUncertaintyAnswerer } from './recovery/recovery-uncertainty.service.ts';
import { recoveryVolumeAnswerer } from './recovery/volume.service.ts';
import { recoveryAnswerer } from './recovery/recovery.service.ts';
import { seriesUncertaintyAnswerer } from './series/series-uncertainty.service.ts';
import { adjustmentAnswerer } from './revisions/adjustment.service.ts';
import { revisionsAnswerer } from './revisions/revisions.service.ts';
import { seriesAnswerer } from './series/series.service.ts';
import { SourcesController } from './sources/sources.controller.ts';
import { SourcesService } from './sources/sources.service.ts';
import { stateHistoryAnswerer, statesAnswerer } from './states/states.service.ts';

/** Who answers each indicator of the contract. One that is declared and not here is a compile error. */
const ANSWERERS: { readonly [N in IndicatorName]: Answerer<N> } = {
  growth: growthAnswerer,
  growthUncertainty: growthUncertaintyAnswerer,
  growthByBelt: growthByBeltAnswerer,
  rankingUncertainty: rankingUncertaintyAnswerer,
  trackGrowth: trackGrowthAnswerer,
  contributions: contributionsAnswerer,
  contributionsUncertainty: contributionsUncertaintyAnswerer,
  series: seriesAnswerer,
  seriesUncertainty: seriesUncertaintyAnswerer,
  recovery: recoveryAnswerer,
  recoveryUncertainty: recoveryUncertaintyAnswerer,
  recoveryVolume: recoveryVolumeAnswerer,
  differences: differencesAnswerer,
  priceDifferences: priceDifferencesAnswerer,
  festival: festivalAnswerer,
  states: statesAnswerer,
  stateHistory: stateHistoryAnswerer,
  clock: clockAnswerer,
  adjustment: adjustmentAnswerer,
  revisions: revisionsAnswerer,
  backtest: backtestAnswerer,
  margins: marginsAnswerer,
  marginsUncertainty: marginsUncertaintyAnswerer,
  turnover: turnoverAnswerer,
  prices: pricesAnswerer,
  pricesUncertainty: pricesUncertaintyAnswerer,
  newSkus: newSkusAnswerer,
  breadth: breadthAnswerer,
  concentration: concentrationAnswerer,
  concentrationUncertainty: concentrationUncertaintyAnswerer,
  quality: qualityAnswerer,
};
const answerers = Object.values(ANSWERERS) as readonly Answerer[];

/** All controllers, which are also what the API description covers. */
export const CONTROLLERS: readonly Type[] = [
  ...answerers.map(controllerOf),
  AnnotationsController,
  BeltsController,
  DefinitionsController,
  HealthController,
  LineageController,
  LoadsController,
  MetricsController,
  SourcesController,
];

/** Every question that can be asked. */
@Module({})
export class QuestionsModule {
  /** `loading`: whether the product loads its first orders. */
  static of(loading: () => boolean): DynamicModule {
    return {
      module: QuestionsModule,
      imports: [TypeOrmModule.forFeature([AnnotationEntity])],
      controllers: [...CONTROLLERS],
      providers: [
        ...new Set(answerers.map(({ service }) => service)),
        AnnotationsService,
        BeltsService,
        HealthService,
        LargestOrdersService,
        LineageService,
        LoadsService,
        MetricsService,
        RecoveryBasisService,
        SourceQualityService,
        StateService,
        StateThread,
        SourcesService,
        VersionStatesService,
        { provide: LOADING, useValue: loading },
      ],
    };
  }
}
