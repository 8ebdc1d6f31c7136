import { Header, HttpCode, Inject, Req, Res } from '@nestjs/common';
import {
  type ArchiveQuestion,
  archiveQuestion,
  type CalendarAnswer,
  calendarAnswer,
  calendarFileQuestion,
  calendarQuestion,
  feedQuestion,
  type ReportWorkAnswer,
  reportWorkAnswer,
  reportWorkPath,
} from '@beltline/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AuditService } from '../../access/audit.service.ts';
import { doerOf } from '../../access/doer.ts';
import { AskedBy, type Viewer } from '../../access/viewer.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { Answers, Controller, Get, Param, Post, Query } from '../../platform/http/routes.ts';
import { PublicationAgenda } from './publication-agenda.service.ts';
import { Publications } from './publications.service.ts';
import { calendarFileOf } from './report-calendar-file.ts';
import { feedOf } from './report-feed.ts';

/** As many as a program that looks once a week will not miss. */
const IN_FEED = 200;

/** Reports together: as one archive, as a feed, and those that are to come. */
@Controller('reports')
export class CollectionsController {
  constructor(
    @Inject(Publications) private readonly publications: Publications,
    @Inject(PublicationAgenda) private readonly agenda: PublicationAgenda,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(CONFIG) private readonly config: Pick<ApiConfig, 'BELTLINE_PUBLIC_URL'>,
  ) {}

  @Get('archive')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'PublicationArchive',
    schema: null,
    media: ['application/zip'],
    summary: 'Files of several reports in one ZIP, as they were released',
    access: 'read-releases',
    problems: [404],
  })
  async archive(
    @AskedBy() viewer: Viewer,
    @Query({ schema: archiveQuestion }) question: ArchiveQuestion,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const bytes = await this.publications.archive(viewer, question);
    const { numbers, languages, formats } = question;
    const detail = `reports: ${numbers.join(' ')}, ${formats.join(' ')}, ${languages.join(' ')}`;
    await this.audit.tell({ event: 'exported', ...doerOf(request, viewer), detail });
    void reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename*=UTF-8''beltline-reports.zip`);
    return bytes;
  }

  @Get('feed')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'PublicationFeed',
    schema: null,
    media: ['application/atom+xml'],
    summary: 'The newest reports that are the caller’s, as Atom (RFC 4287)',
    access: 'read-releases',
  })
  async feed(
    @AskedBy() viewer: Viewer,
    @Query({ schema: feedQuestion }) { source, language }: z.output<typeof feedQuestion>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    // As the calendar: a feed of nothing would be read for ever.
    await this.agenda.mustKnow(viewer, source);
    // What waits to be released has no place in it, for whomever.
    const states = await Promise.all(
      (['released', 'superseded'] as const).map((state) =>
        this.publications.list(viewer, { source, state, limit: IN_FEED }),
      ),
    );
    const newest = states
      .flatMap(({ publications }) => publications)
      .sort((a, b) => ((a.releasedAt ?? '') < (b.releasedAt ?? '') ? 1 : -1))
      .slice(0, IN_FEED);
    void reply.type('application/atom+xml; charset=utf-8');
    const [origin, owner] = [this.origin(request), viewer.user?.id ?? ''];
    return feedOf(newest, { language, source, origin, owner });
  }

  @Get('calendar.ics')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'CalendarFile',
    schema: null,
    media: ['text/calendar'],
    summary: 'Days on which reports are to come, as iCalendar (RFC 5545)',
    access: 'read-releases',
  })
  async calendarFile(
    @AskedBy() viewer: Viewer,
    @Query({ schema: calendarFileQuestion }) { source, language }: z.output<typeof calendarFileQuestion>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { coming } = await this.agenda.calendar(viewer, source);
    void reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', `attachment; filename="beltline-reports.ics"`);
    return calendarFileOf(coming, { language, origin: this.origin(request) });
  }

  @Get('calendar')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'CalendarAnswer',
    schema: calendarAnswer,
    summary: 'Months of which reports are to come, and on which day',
    access: 'read-releases',
  })
  calendar(
    @AskedBy() viewer: Viewer,
    @Query({ schema: calendarQuestion }) { source }: z.output<typeof calendarQuestion>,
  ): Promise<CalendarAnswer> {
    return this.agenda.calendar(viewer, source);
  }

  @Get('jobs')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'ReportWorkAnswer',
    schema: reportWorkAnswer,
    summary: 'How far reports are that are made by themselves, and which could not be made and why',
    access: 'publish-reports',
  })
  work(@AskedBy() viewer: Viewer): Promise<ReportWorkAnswer> {
    return this.agenda.work(viewer);
  }

  @Post('jobs/:id/retry')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'ReportWorkRetried',
    schema: null,
    summary: 'Has a report that failed tried once more',
    access: 'publish-reports',
    status: 204,
    problems: [404],
  })
  again(
    @AskedBy() viewer: Viewer,
    @Param({ schema: reportWorkPath }) { id }: z.output<typeof reportWorkPath>,
  ): Promise<void> {
    return this.agenda.again(viewer, id);
  }

  /** By which the reader reached us. */
  private origin(request: FastifyRequest): string {
    const { BELTLINE_PUBLIC_URL: publicUrl } = this.config;
    return publicUrl === undefined ? `${request.protocol}://${request.host}` : new URL(publicUrl).origin;
  }
}
