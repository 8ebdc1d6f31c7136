import { Inject, Injectable } from '@nestjs/common';
import type { Area, ComparedMeta, ExplanationQuestion, Reason, Track } from '@beltline/contract';
import { areaOf, type ResolvedArea } from '../areas/area.ts';
import { AreasService } from '../areas/areas.service.ts';
import { type Compared, resolveCompared } from '../figures/compared.ts';
import { growthOf } from '../figures/ratio.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { VintageService } from '../sources/vintage.service.ts';

/** What every explanation of a change starts from: which area, which days of which data. */
export interface Explained {
  readonly compared: Compared;
  readonly area: ResolvedArea;
  /** Why nothing can be split: a month that was never loaded, no baseline, or merchants and SKUs of part months are not kept. Null where it can. */
  readonly hindrance: Reason | null;
  /** What every answer carries. */
  readonly frame: { meta: ComparedMeta; area: Area; track: Track };
}

@Injectable()
export class ExplainedService {
  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(AreasService) private readonly areas: AreasService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** @throws ProblemError that names the field where there is no such area, or the period is not loaded. */
  async of(question: ExplanationQuestion): Promise<Explained> {
    const vintage = await this.vintages.of(question.source, question.asOf);
    const area = await this.areas.of(vintage, question);
    const compared = resolveCompared(vintage, question, this.config.BELTLINE_MIN_BASE);
    return {
      compared,
      area,
      hindrance: hindranceOf(compared.meta),
      frame: { meta: compared.meta, area: areaOf(area), track: question.track },
    };
  }
}

/** A month that was never loaded is said first: neither its merchants nor their change can be told. */
function hindranceOf({ period, baseline }: ComparedMeta): Reason | null {
  if (period.without.length > 0) return 'not-loaded';
  if (baseline === null) return 'no-baseline';
  return period.complete ? null : 'part-month';
}

/** A value in both periods, from hundredths. */
export function changeOf(value: number, baseline: number) {
  return {
    value: value / 100,
    baseline: baseline / 100,
    change: (value - baseline) / 100,
    growth: growthOf(value, baseline),
  };
}
