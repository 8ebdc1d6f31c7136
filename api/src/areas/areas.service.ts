import { Inject, Injectable } from '@nestjs/common';
import type { Area, AreaQuestion } from '@beltline/contract';
import { BeltsService } from '../belts/belts.service.ts';
import { notFound } from '../platform/problem/problem-error.ts';
import type { Vintage } from '../sources/vintage.ts';
import { areasOf, resolveArea, type ResolvedArea } from './area.ts';

/** Which belts a question is about, as of a vintage and within its scope. */
@Injectable()
export class AreasService {
  constructor(@Inject(BeltsService) private readonly belts: BeltsService) {}

  /** @throws ProblemError where there is no such area, or one of many belts is asked for by who may see some belts only. */
  async of(vintage: Vintage, question: AreaQuestion): Promise<ResolvedArea> {
    const area = resolveArea(question, await this.belts.matching(vintage));
    // The belts known here are those of the scope: a region of them would pass for the whole region.
    if (area.level !== 'belt' && vintage.scope.belts !== 'everything') {
      throw notFound('This area as a whole is not among what you may see.');
    }
    return area;
  }

  /** Every area of a level. */
  async all(vintage: Vintage, level: Area['level']): Promise<ResolvedArea[]> {
    return areasOf(level, await this.belts.matching(vintage));
  }
}
