/**
 * The API described from what it runs on: the routes that the controllers declare, the schemas that check what comes in,
 * and the contract's schemas of what goes out. Nothing is written twice, so nothing can drift but the committed file,
 * which a test compares.
 */
import type { Type } from '@nestjs/common';
import * as contract from '@beltline/contract';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import { type AnswerDescription, type Route, routesOf } from '../platform/http/routes.ts';

export type JsonSchema = { [key: string]: unknown };

/** Gives a schema its name in the API description: wherever it is used it is referred to. */
function named<S extends z.ZodType>(name: string, schema: S): S {
  if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id: name });
  return schema;
}

/** Schemas that several answers share. */
const SHARED: Readonly<Record<string, z.ZodType>> = {
  Meta: contract.meta,
  ComparedMeta: contract.comparedMeta,
  Period: contract.period,
  Figure: contract.figure,
  BriefFigure: contract.briefFigure,
  ComparedValue: contract.comparedValue,
  BeltName: contract.beltName,
  Belt: contract.belt,
  Batch: contract.batch,
  Bilingual: contract.bilingual,
  AnnotationBody: contract.annotationBody,
  Problem: contract.problem,
};

const PROBLEM_WORDS: Readonly<Record<number, string>> = {
  400: 'A parameter or field is at fault; `issues` names it',
  401: 'Nobody is signed in',
  403: 'The caller may not do this, or the request comes from a page of another site',
  404: 'There is no such thing',
  412: 'It is in another state than If-Match names; `current` is that state',
  413: 'The body is too large',
  415: 'The body is no JSON',
  422: 'Something else was added under this Idempotency-Key; `current` is what it became',
  429: 'Tried too often, or more requests than one caller may have; Retry-After says in how many seconds to try again',
  428: 'The request has no If-Match',
  503: 'A database does not answer, or there are no figures yet; see `code`',
};

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: contract.problem } },
});

const headersOf = ({ requires = [], once }: AnswerDescription) =>
  requires.length === 0 && once === undefined
    ? {}
    : {
        header: z.object({
          ...Object.fromEntries(requires.map((name) => [name, z.string()])),
          ...(once ? { 'Idempotency-Key': once.optional() } : {}),
        }),
      };

/** Files, of which nothing is described but their type. */
const contentOf = (media: readonly string[] = []) =>
  media.length === 0
    ? {}
    : {
        content: Object.fromEntries(
          media.map((type) => [type, { schema: z.string().meta({ format: 'binary' }) }]),
        ),
      };

function operation({ answer, schemas, path }: Route, operationId: string): ZodOpenApiOperationObject {
  const takes = Object.keys(schemas).length > 0;
  const guarded = answer.access === 'public' ? [] : [401, 403];
  // Whoever watches the program may ask how it is as often as they like.
  const limited = path.startsWith('/health') ? [] : [429];
  const problems = [
    ...new Set([...(takes ? [400] : []), ...guarded, ...limited, ...(answer.problems ?? []), 503]),
  ]
    .filter((status) => status !== answer.also)
    .sort();
  const content = answer.schema
    ? { content: { 'application/json': { schema: named(answer.name, answer.schema) } } }
    : contentOf(answer.media);
  return {
    operationId,
    tags: [operationId.split('.')[0] as string],
    summary: answer.summary,
    // Not as OpenAPI's `security`, whose scopes are those of OAuth.
    'x-access': answer.access,
    requestParams: {
      ...(schemas.path ? { path: schemas.path as z.ZodObject } : {}),
      ...(schemas.query ? { query: schemas.query as z.ZodObject } : {}),
      ...headersOf(answer),
    },
    ...(schemas.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemas.body } } } }
      : {}),
    responses: {
      [`${answer.status ?? 200}`]: {
        description: answer.summary,
        ...(answer.tagged ? { headers: z.object({ ETag: z.string() }) } : {}),
        ...content,
      },
      ...(answer.also ? { [`${answer.also}`]: { description: answer.summary, ...content } } : {}),
      ...Object.fromEntries(
        problems.map((status) => [`${status}`, problemAnswer(PROBLEM_WORDS[status] ?? 'A problem')]),
      ),
    },
  };
}

/** The OpenAPI 3.1 document of these controllers. @throws Error where a route does not say what it answers. */
export function describeApi(controllers: readonly Type[], version: string): JsonSchema {
  const routes = controllers
    .flatMap((controller) => routesOf(controller).map((route) => ({ ...route, controller })))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1));
  for (const [name, schema] of Object.entries(SHARED)) named(name, schema);
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const { answer, controller, handler } = route;
    const name = `${controller.name.replace(/Controller$/, '').toLowerCase()}.${handler}`;
    (paths[route.path] ??= {})[route.method] = operation(route, answer.operationId ?? name);
  }
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Beltline',
        version,
        description:
          'Whether industrial belts (产业带) recover, and through which kinds of orders. Figures carry the data version they come from.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/api/v1' }],
      paths,
    },
    {
      override: ({ jsonSchema }) => {
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern; // it only repeats the format
      },
    },
  );
  return document as unknown as JsonSchema;
}
