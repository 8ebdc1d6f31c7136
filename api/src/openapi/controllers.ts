import type { Type } from '@nestjs/common';
import { AnnotationsController } from '../annotations/annotations.controller.ts';
import { BeltsController } from '../belts/belts.controller.ts';
import { ContributionsController } from '../contributions/contributions.controller.ts';
import { DefinitionsController } from '../definitions/definitions.controller.ts';
import { BreadthController } from '../breadth/breadth.controller.ts';
import { ExplanationsController } from '../explanations/explanations.controller.ts';
import { NowcastController } from '../nowcast/nowcast.controller.ts';
import { GrowthController } from '../growth/growth.controller.ts';
import { HealthController } from '../health/health.controller.ts';
import { LineageController } from '../lineage/lineage.controller.ts';
import { LoadsController } from '../loads/loads.controller.ts';
import { RecoveryController } from '../recovery/recovery.controller.ts';
import { SeriesController } from '../series/series.controller.ts';
import { SourcesController } from '../sources/sources.controller.ts';

/** All controllers that the API description covers. */
export const CONTROLLERS: readonly Type[] = [
  AnnotationsController,
  BeltsController,
  ContributionsController,
  DefinitionsController,
  BreadthController,
  ExplanationsController,
  NowcastController,
  GrowthController,
  HealthController,
  LineageController,
  LoadsController,
  RecoveryController,
  SeriesController,
  SourcesController,
];

/**
 * Version of the wire, not of the program: raised when the shape of a question or an answer changes, as semantic versioning
 * has it, and told in the changelog. The path's `v1` is an address, and stays as long as nothing is served beside it.
 */
export const API_VERSION = '2.0.0';
