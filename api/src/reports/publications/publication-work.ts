import { Inject, Injectable } from '@nestjs/common';
import type { ReportArea } from '@beltline/contract';
import { DEMO_SOURCE, DemoUsers } from '../../access/demo-users.ts';
import { UsersService } from '../../access/users.service.ts';
import { seesSource, SYSTEM } from '../../access/viewer.ts';
import { type Month } from '../../core/calendar.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { ProblemError } from '../../platform/problem/problem-error.ts';
import { type AreaInMonth, ReleasedAreas } from '../../releases/released-areas.service.ts';
import { type FurtherWork, priorityOf } from '../../releases/release-queue.service.ts';
import { PublicationMaker } from './publication-maker.service.ts';
import { seesAll } from './publication-scope.ts';
import { dayIn, isDue } from './report-calendar.ts';

/** What its jobs are called in the queue. */
export const REPORT_JOBS = 'report';

export interface ToPrepare {
  readonly source: string;
  readonly month: Month;
  /** Of jobs that an earlier version sent, a province. */
  readonly kind?: ReportArea;
  readonly region: string;
}

/** Nobody: the audit has no actor, and this in its place. */
const BY_ITSELF = { actor: null, address: null, requestId: null };

/**
 * Prepares reports by itself, and releases them where it is set to: of the last months, for the nation and each province as soon as the month is released, and
 * for belts and cities that an official has whole. When all that was on its way is there (months that growth and levels are against, who sells no more), and figures differ by that, one revision; belts
 * and cities wait for it, because a hundred revisions at once would say nothing that theirs of the province does not.
 */
@Injectable()
export class PublicationWork implements FurtherWork<ToPrepare> {
  readonly kind = REPORT_JOBS;

  constructor(
    @Inject(ReleasedAreas) private readonly areas: ReleasedAreas,
    @Inject(PublicationMaker) private readonly maker: PublicationMaker,
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(DemoUsers) private readonly demo: DemoUsers,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async wanted(): Promise<Awaited<ReturnType<FurtherWork<ToPrepare>['wanted']>>> {
    const {
      BELTLINE_REPORTS: how,
      BELTLINE_REPORT_MONTHS: months,
      BELTLINE_REPORT_AREAS: kinds,
    } = this.config;
    if (how === 'off' || months === 0) return [];
    const officials = await this.users.officials();
    const isSomebodys = (area: AreaInMonth) =>
      officials.some(
        ({ sources, regions }) =>
          seesSource({ sources: sources.includes('*') ? 'all' : sources }, area.source) &&
          seesAll({ belts: [], regions }, area),
      );
    const inOrder = (one: AreaInMonth, other: AreaInMonth) =>
      one.month === other.month ? ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) : 0;
    return (await this.areas.latest(months))
      .filter((area) => kinds.includes(area.kind))
      .sort(inOrder)
      .filter((area) => LARGE.includes(area.kind) || (!area.isAwaiting && isSomebodys(area)))
      .map(({ source, month, kind, id: region, ...rests }) => ({
        // Before its day it is prepared; on it, it is looked at once more, to be released.
        name: [source, month, kind, region, ...behind(rests), ...(this.isDue(month) ? [] : ['early'])],
        of: { source, month, kind, region },
        // Before the next earlier month is made.
        priority: priorityOf(month) + 1,
      }));
  }

  async make(of: ToPrepare): Promise<void> {
    try {
      const made = await this.maker.prepareByItself(SYSTEM, of, BY_ITSELF);
      if (made && this.isDue(of.month) && (await this.releases(of.source)))
        await this.maker.publish(made.id, BY_ITSELF);
    } catch (error) {
      // Somebody was before us; or there is nothing to say but by who can say why.
      if (!(error instanceof ProblemError) || !DONE.includes(error.code)) throw error;
    }
  }

  private isDue(month: Month): boolean {
    const { BELTLINE_REPORT_DAY: day, BELTLINE_TIME_ZONE: zone } = this.config;
    return isDue(month, day, dayIn(zone, new Date()));
  }

  /** By itself where that is set; where nothing is set, only what everybody knows to be a demo. */
  private async releases(source: string): Promise<boolean> {
    const { BELTLINE_REPORTS: how } = this.config;
    if (how !== undefined) return how === 'release';
    return source === DEMO_SOURCE && (await this.demo.offered()).length > 0;
  }
}

/** What decides what a report becomes. What comes while more is awaited makes no revision of its own. */
const behind = ({
  months,
  hasLeavers,
  isAwaiting,
}: Pick<AreaInMonth, 'months' | 'hasLeavers' | 'isAwaiting'>) =>
  isAwaiting ? ['first'] : [months, ...(hasLeavers ? ['leavers'] : [])];

/** Within a month: belts are what most officials come for. */
const ORDER: readonly ReportArea[] = ['nation', 'province', 'belt', 'city'];
/** Everybody who sees a release sees these, or their province's. */
const LARGE: readonly ReportArea[] = ['nation', 'province'];
const DONE: readonly string[] = ['report-unchanged', 'precondition-failed', 'invalid-request', 'not-found'];
