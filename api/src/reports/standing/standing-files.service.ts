import { Inject, Injectable } from '@nestjs/common';
import type { BenchmarkFileQuestion } from '@beltline/contract';
import type { Sight } from '../../access/viewer.ts';
import { BenchmarkService } from '../../benchmark/benchmark.service.ts';
import { MEDIA_TYPES } from '../files/report-files.ts';
import { standingReport } from './standing-report.ts';
import { Typesetter } from '../files/typesetter.service.ts';

export interface StandingFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** A merchant's page to keep: of the very answer that the page shows. */
@Injectable()
export class StandingFiles {
  constructor(
    @Inject(BenchmarkService) private readonly benchmark: BenchmarkService,
    @Inject(Typesetter) private readonly typesetter: Typesetter,
  ) {}

  /** @throws ProblemError as the page; Error where it cannot be set */
  async one(viewer: Sight, { language, format, ...asked }: BenchmarkFileQuestion): Promise<StandingFile> {
    const answer = await this.benchmark.of(viewer, asked);
    const report = standingReport(answer, language);
    const bytes = await (format === 'pdf' ? this.typesetter.pdf(report) : this.typesetter.sheets(report));
    const name = `${answer.source}-${answer.quarter}-${answer.owner}-${language}.${format}`;
    return { name, type: MEDIA_TYPES[format], bytes };
  }
}
