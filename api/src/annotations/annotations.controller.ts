import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import {
  type Annotation,
  annotation,
  type AnnotationBody,
  annotationBody,
  type AnnotationsAnswer,
  annotationsAnswer,
  annotationsQuestion,
} from '@beltline/contract';
import { z } from 'zod';
import { Answers } from '../platform/http/answers.decorator.ts';
import { AnnotationsService } from './annotations.service.ts';

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
    summary: 'Dated notes on the nation and on a belt',
  })
  list(
    @Query({ schema: annotationsQuestion }) question: z.output<typeof annotationsQuestion>,
  ): Promise<AnnotationsAnswer> {
    return this.annotations.list(question);
  }

  @Post()
  @Answers({
    name: 'Annotation',
    schema: annotation,
    summary: 'Adds a note',
    status: 201,
    problems: [403, 413, 415],
  })
  add(@Body({ schema: annotationBody }) body: AnnotationBody): Promise<Annotation> {
    return this.annotations.add(body);
  }

  @Put(':id')
  @Answers({
    name: 'Annotation',
    schema: annotation,
    summary: 'Replaces a note',
    problems: [403, 404, 413, 415],
  })
  change(
    @Param({ schema: notePath }) path: NotePath,
    @Body({ schema: annotationBody }) body: AnnotationBody,
  ): Promise<Annotation> {
    return this.annotations.change(path.id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Answers({ name: 'Nothing', schema: null, summary: 'Removes a note', status: 204, problems: [403, 404] })
  remove(@Param({ schema: notePath }) path: NotePath): Promise<void> {
    return this.annotations.remove(path.id);
  }
}
