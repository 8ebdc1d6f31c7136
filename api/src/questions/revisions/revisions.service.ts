import { Inject, Injectable } from '@nestjs/common';
import { type RevisionsAnswer, type RevisionsQuestion, UNIT_OF_MEASURE } from '@beltline/contract';
import { areaOf } from '../../data/areas/area.ts';
import type { AreaContext } from '../../data/context/context.ts';
import { RevisionEvidenceService } from '../../data/revisions/revision-evidence.service.ts';
import { answerWith } from '../indicator.ts';
import { triangleOf } from './triangle.ts';

/** How the figures of an area were revised after they were first printed. */
@Injectable()
export class RevisionsService {
  constructor(@Inject(RevisionEvidenceService) private readonly evidence: RevisionEvidenceService) {}

  /** @throws EngineError */
  async triangle(context: AreaContext, { track, measure }: RevisionsQuestion): Promise<RevisionsAnswer> {
    const found = await this.evidence.of(context, { track, measure });
    return {
      meta: context.meta,
      area: areaOf(context.area),
      track,
      measure,
      unit: UNIT_OF_MEASURE[measure],
      ...triangleOf(found),
    };
  }
}

export const revisionsAnswerer = answerWith(
  'revisions',
  'area',
  RevisionsService,
  (service, context, question) => service.triangle(context, question),
);
