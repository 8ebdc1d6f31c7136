import { Inject, Injectable } from '@nestjs/common';
import type { ReleaseAnswer, ReportQuestion } from '@beltline/contract';
import type { Sight } from '../access/viewer.ts';
import type { Month } from '../core/calendar.ts';
import { invalidRequest, notFound } from '../platform/problem/problem-error.ts';
import { ReleasesService } from '../releases/releases.service.ts';
import { type RegionData, writtenData } from './region-data.ts';
import { regionReport } from './region-report.ts';
import { Typesetter } from './typesetter.service.ts';

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
    @Inject(Typesetter) private readonly typesetter: Typesetter,
  ) {}

  /** @throws ProblemError where there is no such source or release for the viewer, or no such province in it */
  async one(
    viewer: Sight,
    month: Month,
    { source, province, language, format }: ReportQuestion,
  ): Promise<ReportFile> {
    const data = ofProvince(await this.releases.one(viewer, month, source, province), province);
    const { bytes, digest } = writtenData(data);
    const { release, province: own } = data;
    const name = `${data.source}-${release.month}-${own.area.id}-edition-${release.edition}`;
    if (format === 'json') return { name: `${name}.json`, type: 'application/json; charset=utf-8', bytes };
    const pdf = await this.typesetter.pdf(regionReport(data, digest, language));
    return { name: `${name}-${language}.pdf`, type: 'application/pdf', bytes: pdf };
  }
}

/** A release with one province. @throws ProblemError where it has none or several for its reader */
function ofProvince({ provinces, ...release }: ReleaseAnswer, asked: string | undefined): RegionData {
  const [province, ...others] = provinces;
  if (others.length > 0)
    throw invalidRequest({ field: 'province', message: 'is needed, as the release has several for you' });
  if (!province) throw notFound(asked === undefined ? NO_PROVINCE : NO_SUCH_PROVINCE);
  return { ...release, province };
}

const NO_PROVINCE = 'This release has no province for you.';
const NO_SUCH_PROVINCE = 'This release has no such province for you.';
