/**
 * The API described from what it runs on: the routes that the controllers declare, the schemas that check what comes in,
 * and the contract's schemas of what goes out. Nothing is written twice, so nothing can drift but the committed file,
 * which a test compares.
 */
import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { z } from 'zod';
import { ANSWER_METADATA, type AnswerDescription } from '../platform/http/answers.decorator.ts';
import { components, inlineSchema, type JsonSchema } from './components.ts';

/** How Nest numbers the places that a handler's arguments come from. */
const PLACES = { 3: 'body', 4: 'query', 5: 'path' } as const;

interface Route {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly answer: AnswerDescription;
  readonly schemas: Partial<Record<'body' | 'query' | 'path', z.ZodType>>;
}

function routesOf(controller: Type): Route[] {
  const base = Reflect.getMetadata(PATH_METADATA, controller) as string;
  const prototype = controller.prototype as Record<string, object>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name] as object;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const answer = Reflect.getMetadata(ANSWER_METADATA, handler) as AnswerDescription | undefined;
    if (!answer) throw new Error(`${controller.name}.${name} does not say what it answers; add @Answers.`);
    const path = `/${[base, Reflect.getMetadata(PATH_METADATA, handler) as string].join('/')}`.replaceAll(
      /\/+/g,
      '/',
    );
    const operationId =
      answer.operationId ?? `${controller.name.replace(/Controller$/, '').toLowerCase()}.${name}`;
    return [
      {
        method: RequestMethod[method].toLowerCase(),
        path: path.replace(/(.)\/$/, '$1').replaceAll(/:(\w+)/g, '{$1}'),
        operationId,
        tag: operationId.split('.')[0] as string,
        answer,
        schemas: schemasOf(controller, name),
      },
    ];
  });
}

function schemasOf(controller: Type, handler: string): Route['schemas'] {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
    string,
    { schema?: z.ZodType }
  >;
  const schemas: Route['schemas'] = {};
  for (const [key, { schema }] of Object.entries(args)) {
    const place = PLACES[Number(key.split(':')[0]) as keyof typeof PLACES];
    if (place && schema) schemas[place] = schema;
  }
  return schemas;
}

function parametersOf(schema: z.ZodType | undefined, place: 'query' | 'path'): JsonSchema[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => {
    const described = inlineSchema(field, 'output');
    return {
      name,
      in: place,
      required: !field.safeParse(undefined).success,
      ...(described['type'] === 'array' ? { style: 'form', explode: false } : {}),
      schema: described,
    };
  });
}

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const PROBLEM_WORDS: Readonly<Record<number, string>> = {
  400: 'A parameter or field is at fault; `issues` names it',
  403: 'The request comes from a page of another site',
  404: 'There is no such thing',
  412: 'It is in another state than If-Match names; `current` is that state',
  413: 'The body is too large',
  415: 'The body is no JSON',
  422: 'Something else was added under this Idempotency-Key; `current` is what it became',
  428: 'The request has no If-Match',
  503: 'A database does not answer, or there are no figures yet; see `code`',
};

function operation({ answer, schemas, operationId, tag }: Route): JsonSchema {
  const takes = Object.keys(schemas).length > 0;
  const problems = [...(takes ? [400] : []), ...(answer.problems ?? []), 503]
    .filter((status) => status !== answer.also)
    .sort();
  const content = answer.schema
    ? { content: { 'application/json': { schema: { $ref: `#/components/schemas/${answer.name}` } } } }
    : {};
  return {
    operationId,
    tags: [tag],
    summary: answer.summary,
    parameters: [
      ...parametersOf(schemas.path, 'path'),
      ...parametersOf(schemas.query, 'query'),
      ...(answer.requires ?? []).map((name) => ({
        name,
        in: 'header',
        required: true,
        schema: { type: 'string' },
      })),
      ...(answer.once
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: inlineSchema(answer.once, 'input'),
            },
          ]
        : []),
    ],
    ...(schemas.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: inlineSchema(schemas.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [answer.status ?? 200]: {
        description: answer.summary,
        ...(answer.tagged ? { headers: { ETag: { schema: { type: 'string' } } } } : {}),
        ...content,
      },
      ...(answer.also ? { [answer.also]: { description: answer.summary, ...content } } : {}),
      ...Object.fromEntries(
        problems.map((status) => [status, problemAnswer(PROBLEM_WORDS[status] ?? 'A problem')]),
      ),
    },
  };
}

/** The OpenAPI 3.1 document of these controllers. @throws Error where a route does not say what it answers. */
export function describeApi(controllers: readonly Type[], version: string): JsonSchema {
  const routes = controllers
    .flatMap(routesOf)
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1));
  const answers = new Map<string, z.ZodType>();
  const paths: Record<string, JsonSchema> = {};
  for (const route of routes) {
    if (route.answer.schema) answers.set(route.answer.name, route.answer.schema);
    (paths[route.path] ??= {})[route.method] = operation(route);
  }
  return {
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
    components: { schemas: components(answers) },
  };
}
