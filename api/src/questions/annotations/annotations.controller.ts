import { Header, Headers, HttpCode, Inject, Res } from '@nestjs/common';
import {
  type Annotation,
  annotation,
  type AnnotationBody,
  annotationBody,
  annotationKey,
  type AnnotationsAnswer,
  annotationsAnswer,
  annotationsQuestion,
} from '@beltline/contract';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  Answers,
  Body,
  Controller,
  Delete,
  Get,
  Param,
  Post,
  Put,
  Query,
} from '../../platform/http/routes.ts';
import { AskedBy, type Viewer } from '../../access/viewer.ts';
import { AnnotationsService } from './annotations.service.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { expectedRevisions } from './note-tag.ts';

const notePath = z.strictObject({ id: z.uuid() });
type NotePath = z.output<typeof notePath>;

@Controller('annotations')
export class AnnotationsController {
  constructor(@Inject(AnnotationsService) private readonly annotations: AnnotationsService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'AnnotationsAnswer',
    schema: annotationsAnswer,
    summary: 'A page of dated notes on the nation and on a belt, the earliest first',
    access: 'read-notes',
  })
  list(
    @AskedBy() viewer: Viewer,
    @Query({ schema: annotationsQuestion }) question: z.output<typeof annotationsQuestion>,
  ): Promise<AnnotationsAnswer> {
    return this.annotations.list(viewer, question);
  }

  @Get(':id')
  @Header('cache-control', 'no-store')
  @Answers({
    name: 'Annotation',
    schema: annotation,
    summary: 'One note',
    access: 'read-notes',
    problems: [404],
    tagged: true,
  })
  one(
    @AskedBy() viewer: Viewer,
    @Param({ schema: notePath }) path: NotePath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Annotation> {
    return tagged(reply, this.annotations.one(viewer, path.id));
  }

  @Post()
  @Answers({
    name: 'Annotation',
    schema: annotation,
    summary: 'Adds a note; once, however often it is sent under one Idempotency-Key',
    access: 'write-notes',
    status: 201,
    problems: [403, 413, 415, 422],
    once: annotationKey,
    tagged: true,
  })
  add(
    @AskedBy() viewer: Viewer,
    @Body({ schema: annotationBody }) body: AnnotationBody,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Annotation> {
    return tagged(reply, this.annotations.add(viewer, body, idempotencyKey(key)));
  }

  @Put(':id')
  @Answers({
    name: 'Annotation',
    schema: annotation,
    summary: 'Replaces a note in the state that If-Match names',
    access: 'write-notes',
    problems: [403, 404, 412, 413, 415, 428],
    requires: ['If-Match'],
    tagged: true,
  })
  async change(
    @AskedBy() viewer: Viewer,
    @Param({ schema: notePath }) path: NotePath,
    @Body({ schema: annotationBody }) body: AnnotationBody,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Annotation> {
    return tagged(reply, this.annotations.change(viewer, path.id, expectedRevisions(ifMatch), body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Answers({
    name: 'Nothing',
    schema: null,
    summary: 'Removes a note in the state that If-Match names',
    access: 'write-notes',
    status: 204,
    problems: [403, 404, 412, 428],
    requires: ['If-Match'],
  })
  async remove(
    @AskedBy() viewer: Viewer,
    @Param({ schema: notePath }) path: NotePath,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.annotations.remove(viewer, path.id, expectedRevisions(ifMatch));
  }
}

/** The note, with its state in the header as well. */
async function tagged(reply: FastifyReply, note: Promise<Annotation>): Promise<Annotation> {
  const made = await note;
  void reply.header('etag', made.etag);
  return made;
}
