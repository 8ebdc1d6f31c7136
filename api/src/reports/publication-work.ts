import { Inject, Injectable } from '@nestjs/common';
import { DEMO_SOURCE, DemoUsers } from '../access/demo-users.ts';
import { UsersService } from '../access/users.service.ts';
import { liesIn, seesSource, SYSTEM } from '../access/viewer.ts';
import { type Month } from '../core/calendar.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { type ReleasedRegion, ReleasedRegions } from '../releases/released-regions.service.ts';
import { type FurtherWork, priorityOf } from '../releases/release-queue.service.ts';
import { Publications } from './publications.service.ts';

interface ToPrepare {
  readonly source: string;
  readonly month: Month;
  readonly region: string;
}

/** Nobody: the audit has no actor, and this in its place. */
const BY_ITSELF = { actor: null, address: null, requestId: null };

/**
 * Prepares reports by itself, and releases them where it is set to: of the last months, for each province that an official has whole, as soon as the month is
 * released. When a month that it is compared with is released later, and figures differ by that, a revision.
 */
@Injectable()
export class PublicationWork implements FurtherWork<ToPrepare> {
  readonly kind = 'report';

  constructor(
    @Inject(ReleasedRegions) private readonly regions: ReleasedRegions,
    @Inject(Publications) private readonly publications: Publications,
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(DemoUsers) private readonly demo: DemoUsers,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async wanted(): Promise<Awaited<ReturnType<FurtherWork<ToPrepare>['wanted']>>> {
    const { BELTLINE_REPORTS: how, BELTLINE_REPORT_MONTHS: months } = this.config;
    if (how === 'off' || months === 0) return [];
    const officials = await this.users.officials();
    const isSomebodys = ({ source, belts }: ReleasedRegion) =>
      officials.some(
        ({ sources, regions }) =>
          seesSource({ sources: sources.includes('*') ? 'all' : sources }, source) &&
          belts.every(({ adcode }) => liesIn(regions, adcode)),
      );
    return (await this.regions.latest(months))
      .filter(isSomebodys)
      .map(({ source, month, region, months: behind }) => ({
        name: [source, month, region, behind],
        of: { source, month, region },
        // Before the next earlier month is made.
        priority: priorityOf(month) + 1,
      }));
  }

  async make(of: ToPrepare): Promise<void> {
    try {
      const { publication } = await this.publications.prepare(SYSTEM, of, BY_ITSELF);
      if (await this.releases(of.source)) await this.publications.publish(publication.id, BY_ITSELF);
    } catch (error) {
      // Somebody was before us; or there is nothing to say but by who can say why.
      if (!(error instanceof ProblemError) || !DONE.includes(error.code)) throw error;
    }
  }

  /** By itself where that is set; where nothing is set, only what everybody knows to be a demo. */
  private async releases(source: string): Promise<boolean> {
    const { BELTLINE_REPORTS: how } = this.config;
    if (how !== undefined) return how === 'release';
    return source === DEMO_SOURCE && (await this.demo.offered()).length > 0;
  }
}

const DONE: readonly string[] = ['report-unchanged', 'precondition-failed', 'invalid-request', 'not-found'];
