import { Inject, Injectable } from '@nestjs/common';
import type { CalendarAnswer, ReportWorkAnswer } from '@beltline/contract';
import { seesSource, type Viewer } from '../../access/viewer.ts';
import type { Month } from '../../core/calendar.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { notFound } from '../../platform/problem/problem-error.ts';
import { ReleaseQueue } from '../../releases/release-queue.service.ts';
import { ReleasesService } from '../../releases/releases.service.ts';
import { seesAll } from './publication-scope.ts';
import { PublicationStore } from './publication-store.service.ts';
import { REPORT_JOBS, type ToPrepare } from './publication-work.ts';
import { comingMonths } from './report-calendar.ts';

/** Reports that are to come: on which day, and how far those are that are made by themselves. */
@Injectable()
export class PublicationAgenda {
  constructor(
    @Inject(ReleasesService) private readonly releases: ReleasesService,
    @Inject(PublicationStore) private readonly store: PublicationStore,
    @Inject(ReleaseQueue) private readonly queue: ReleaseQueue,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** @throws ProblemError where there is no such source for the viewer */
  async mustKnow(viewer: Viewer, source: string | undefined): Promise<void> {
    if (source !== undefined) await this.releases.mustKnow(viewer, source);
  }

  /** @throws ProblemError where there is no such source for the viewer */
  async calendar(viewer: Viewer, source: string | undefined): Promise<CalendarAnswer> {
    const coming: CalendarAnswer['coming'] = [];
    for (const { source: of, name, released, through } of await this.releases.months(viewer, source)) {
      const published = await this.latestOf(viewer, of);
      const known = { published, letOut: released, through };
      for (const one of comingMonths(known, this.config.BELTLINE_REPORT_DAY))
        coming.push({ source: of, sourceName: name, ...one });
    }
    return { coming };
  }

  /** The latest month of which a report stands that is the viewer's, however many of others' came out after it; null where none does. Of each area one row is read, not each of its numbers. */
  private async latestOf(viewer: Viewer, source: string): Promise<Month | null> {
    const areas = await this.store.latestMonths(source);
    const theirs = areas.filter((area) => seesAll(viewer, area)).map(({ month }) => month);
    return theirs.sort().at(-1) ?? null;
  }

  /** Of sources that are the viewer's. */
  async work(viewer: Viewer): Promise<ReportWorkAnswer> {
    const jobs = (await this.queue.jobs(REPORT_JOBS)).map((job) => {
      const { source, month, kind = 'province', region: id } = (job.data as { of: ToPrepare }).of;
      return { job, of: { source, month, region: { kind, id } } };
    });
    const theirs = jobs.filter(({ of }) => viewer.belts === 'everything' && seesSource(viewer, of.source));
    return {
      waiting: theirs.filter(({ job }) => job.state === 'created').length,
      making: theirs.find(({ job }) => job.state === 'active')?.of ?? null,
      troubled: theirs.flatMap(({ job: { id, state, reason, at }, of }) =>
        state === 'retry' || state === 'failed'
          ? [
              {
                id,
                state: state === 'retry' ? 'again' : state,
                ...of,
                reason,
                at: new Date(at).toISOString(),
              },
            ]
          : [],
      ),
    };
  }

  /** Has one that failed for good tried once more. @throws ProblemError where there is none for the viewer */
  async again(viewer: Viewer, id: string): Promise<void> {
    const isTheirs = (await this.work(viewer)).troubled.some(
      (one) => one.id === id && one.state === 'failed',
    );
    if (!isTheirs || !(await this.queue.again(REPORT_JOBS, id)))
      throw notFound('There is no report that failed under this id; it may have been made meanwhile.');
  }
}
