import { Inject, Injectable } from '@nestjs/common';
import type { ReportQuestion } from '@beltline/contract';
import type { Sight } from '../access/viewer.ts';
import type { Month } from '../core/calendar.ts';
import { invalidRequest, notFound } from '../platform/problem/problem-error.ts';
import { ReleasedAreas } from '../releases/released-areas.service.ts';
import { ReleasesService } from '../releases/releases.service.ts';
import { regionData, writtenData } from './region/region-data.ts';
import { regionReport } from './region/region-report.ts';
import { Typesetter } from './files/typesetter.service.ts';

export interface ReportFile {
  readonly name: string;
  readonly type: 'application/pdf' | 'application/json; charset=utf-8';
  readonly bytes: Buffer;
}

/** Reports of released months: each of one province, as far as its reader may see it. */
@Injectable()
export class ReportsService {
  constructor(
    @Inject(ReleasesService) private readonly releases: ReleasesService,
    @Inject(ReleasedAreas) private readonly areas: ReleasedAreas,
    @Inject(Typesetter) private readonly typesetter: Typesetter,
  ) {}

  /** @throws ProblemError where there is no such source or release for the viewer, or no such province in it */
  async one(
    viewer: Sight,
    month: Month,
    { source, province, language, format }: ReportQuestion,
  ): Promise<ReportFile> {
    const only = province === undefined ? undefined : ({ kind: 'province', id: province } as const);
    const answer = await this.releases.one(viewer, month, source, only);
    const [own, ...others] = answer.provinces;
    if (others.length > 0)
      throw invalidRequest({ field: 'province', message: 'is needed, as the release has several for you' });
    if (!own) throw notFound(province === undefined ? NO_PROVINCE : NO_SUCH_PROVINCE);
    const of = { kind: 'province', id: own.area.id } as const;
    const data = regionData(answer, 'province', await this.areas.history(answer.source, month, of));
    const { bytes, digest } = writtenData(data);
    const name = `${data.source}-${data.release.month}-${own.area.id}-edition-${data.release.edition}`;
    if (format === 'json') return { name: `${name}.json`, type: 'application/json; charset=utf-8', bytes };
    const pdf = await this.typesetter.pdf(regionReport(data, digest, language));
    return { name: `${name}-${language}.pdf`, type: 'application/pdf', bytes: pdf };
  }
}

const NO_PROVINCE = 'This release has no province for you.';
const NO_SUCH_PROVINCE = 'This release has no such province for you.';
