import { Header, Headers, HttpCode, Inject, Req, Res } from '@nestjs/common';
import {
  type EditionsAnswer,
  editionsAnswer,
  editionsQuestion,
  type NewPublication,
  newPublication,
  type Publication,
  publication,
  type PublicationAnswer,
  publicationAnswer,
  publicationFilePath,
  publicationPath,
  type PublicationsAnswer,
  publicationsAnswer,
  type PublicationsQuestion,
  publicationsQuestion,
  type VerifyAnswer,
  verifyAnswer,
  type VerifyQuestion,
  verifyQuestion,
} from '@beltline/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AuditService } from '../../access/audit.service.ts';
import { doerOf } from '../../access/doer.ts';
import { AskedBy, type Viewer } from '../../access/viewer.ts';
import { preferredEncoding } from '../../platform/http/encoding.ts';
import { hasAlready, hasAnything } from '../../platform/http/etag.ts';
import { Answers, Body, Controller, Get, Param, Post, Query } from '../../platform/http/routes.ts';
import { MEDIA_TYPES } from '../files/report-files.ts';
import { sha256 } from './publication-store.service.ts';
import { Publications } from './publications.service.ts';

type Path = z.output<typeof publicationPath>;

/** Numbered reports. Whose region one is of, is asked at each request; its bytes are the same for ever. */
@Controller('reports')
export class PublicationsController {
  constructor(
    @Inject(Publications) private readonly publications: Publications,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Publications',
    schema: publicationsAnswer,
    summary: 'The archive: reports of the areas that are the caller’s, by number, the newest first',
    access: 'read-releases',
  })
  list(
    @AskedBy() viewer: Viewer,
    @Query({ schema: publicationsQuestion }) question: PublicationsQuestion,
  ): Promise<PublicationsAnswer> {
    return this.publications.list(viewer, question);
  }

  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Publication',
    schema: publication,
    summary:
      'Freezes what is released of an area as a report that waits to be released; 200 where it is prepared already',
    access: 'publish-reports',
    status: 201,
    also: 200,
    problems: [404, 409, 413, 415],
    tagged: true,
  })
  async prepare(
    @AskedBy() viewer: Viewer,
    @Body({ schema: newPublication }) body: NewPublication,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Publication> {
    const made = await this.publications.prepare(viewer, body, doerOf(request, viewer));
    if (!made.isNew) void reply.code(200);
    void reply.header('etag', made.publication.etag);
    return made.publication;
  }

  @Post('verify')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Verified',
    schema: verifyAnswer,
    summary: 'Whether a file, or its SHA-256, is one that was released, and whether it still stands',
    access: 'read-releases',
    problems: [413, 415],
  })
  verify(
    @AskedBy() viewer: Viewer,
    @Body({ schema: verifyQuestion }) question: VerifyQuestion,
  ): Promise<VerifyAnswer> {
    return this.publications.verify(viewer, question);
  }

  @Get(':number')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'PublicationAnswer',
    schema: publicationAnswer,
    summary: 'One report: its files, and what it revises figure by figure',
    access: 'read-releases',
    problems: [404],
    tagged: true,
  })
  async one(
    @AskedBy() viewer: Viewer,
    @Param({ schema: publicationPath }) { number }: Path,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublicationAnswer> {
    const found = await this.publications.one(viewer, number);
    void reply.header('etag', found.etag);
    return found;
  }

  @Post(':number/release')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Publication',
    schema: publication,
    summary: 'Releases what is prepared, in the state that If-Match names, under the next number of the year',
    access: 'publish-reports',
    problems: [404, 412, 428],
    requires: ['If-Match'],
    tagged: true,
  })
  async release(
    @AskedBy() viewer: Viewer,
    @Param({ schema: publicationPath }) { number }: Path,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Publication> {
    const released = await this.publications.release(viewer, number, ifMatch, doerOf(request, viewer));
    void reply.header('etag', released.etag);
    return released;
  }

  @Post(':number/withdraw')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'PublicationWithdrawn',
    schema: null,
    summary: 'Takes back what is prepared, in the state that If-Match names, for good',
    access: 'publish-reports',
    status: 204,
    problems: [404, 412, 428],
    requires: ['If-Match'],
  })
  withdraw(
    @AskedBy() viewer: Viewer,
    @Param({ schema: publicationPath }) { number }: Path,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.publications.withdraw(viewer, number, ifMatch, doerOf(request, viewer));
  }

  @Get(':number/changes')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'EditionsAnswer',
    schema: editionsAnswer,
    summary: 'Which figures one edition says otherwise than another of the same area and month',
    access: 'read-releases',
    problems: [404],
  })
  compared(
    @AskedBy() viewer: Viewer,
    @Param({ schema: publicationPath }) { number }: Path,
    @Query({ schema: editionsQuestion }) question: z.output<typeof editionsQuestion>,
  ): Promise<EditionsAnswer> {
    return this.publications.compared(viewer, number, question.with);
  }

  @Get(':number/files/:language.:format')
  @Answers({
    name: 'PublicationFile',
    schema: null,
    media: Object.values(MEDIA_TYPES),
    summary: 'A file of a report, as it was released',
    access: 'read-releases',
    problems: [404],
    tagged: true,
  })
  async file(
    @AskedBy() viewer: Viewer,
    @Param({ schema: publicationFilePath })
    { number, language, format }: z.output<typeof publicationFilePath>,
    @Headers('if-none-match') known: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const { name, type, bytes, isFinal } = await this.publications.file(viewer, number, language, format);
    if (isFinal) {
      const tag = tagOf(bytes, request);
      // Whoever keeps it asks each time whether they still may.
      void reply
        .header('etag', tag)
        .header('cache-control', 'private, no-cache')
        .header('vary', 'accept-encoding');
      if (known !== undefined && (hasAlready(known, tag) || hasAnything(known))) {
        void reply.code(304);
        return undefined;
      }
    } else void reply.header('cache-control', 'no-store');
    await this.audit.tell({ event: 'exported', ...doerOf(request, viewer), detail: `report: ${name}` });
    void reply
      .type(type)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    return bytes;
  }
}

/** The encoding is part of it, because a strong validator promises the same bytes. */
function tagOf(bytes: Buffer, request: FastifyRequest): string {
  const encoding = preferredEncoding(request.headers['accept-encoding']);
  return `"${sha256(bytes).toString('hex')}${encoding === 'identity' ? '' : `-${encoding}`}"`;
}
