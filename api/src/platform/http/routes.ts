/**
 * Nest's decorators of routes, which also note what they were given: the API description is read from these notes. Every
 * controller that is part of the description takes them from here.
 */
import * as nest from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { RouteAccess } from '@beltline/contract';
import type { z } from 'zod';

/** What the API description says of a route beside what its parameters say: its answer, and what it is for. */
export interface AnswerDescription {
  readonly name: string;
  readonly schema: z.ZodType | null;
  /** Of an answer that is a file and has no schema: its types. */
  readonly media?: readonly string[];
  readonly summary: string;
  /** What its caller must be allowed to do; there is no default. */
  readonly access: RouteAccess;
  /** `operationId`, whose first part is the tag; left out: the controller's name and the method's. */
  readonly operationId?: string;
  readonly status?: number;
  /** Another status that comes with the same body. */
  readonly also?: number;
  /** Problems besides those that any route can have. */
  readonly problems?: readonly number[];
  /** Headers that a request must have. */
  readonly requires?: readonly string[];
  /** What its `Idempotency-Key` may be, where sending a request again under the same one does nothing more. */
  readonly once?: z.ZodType;
  /** The answer names its state in an `ETag`. */
  readonly tagged?: boolean;
}

export type Method = 'get' | 'post' | 'put' | 'delete';
export type Place = 'path' | 'query' | 'body';

/** A handler of a controller, as it was declared. */
export interface Route {
  readonly handler: string;
  readonly method: Method;
  /** In OpenAPI's writing: `/loads/{batchId}`. */
  readonly path: string;
  readonly answer: AnswerDescription;
  readonly schemas: Readonly<Partial<Record<Place, z.ZodType>>>;
}

interface Note {
  method?: Method;
  path?: string;
  answer?: AnswerDescription;
  schemas: Partial<Record<Place, z.ZodType>>;
}

const bases = new WeakMap<object, string>();
const notes = new WeakMap<object, Map<string, Note>>();
const access = new WeakMap<object, RouteAccess>();

const handlerOf = (prototype: object, handler: string | symbol): object =>
  (prototype as Record<string | symbol, object>)[handler] as object;

function noteOf(prototype: object, handler: string | symbol): Note {
  const ofClass = notes.get(prototype) ?? new Map<string, Note>();
  notes.set(prototype, ofClass);
  const note = ofClass.get(String(handler)) ?? { schemas: {} };
  ofClass.set(String(handler), note);
  return note;
}

/** The routes of a controller. @throws Error where one does not say what it answers. */
export function routesOf(controller: Type): Route[] {
  const found = notes.get(controller.prototype as object) ?? new Map<string, Note>();
  return [...found].map(([handler, { method, path, answer, schemas }]) => {
    if (method === undefined || !answer)
      throw new Error(`${controller.name}.${handler} does not say what it answers; add @Answers.`);
    const whole = ['', bases.get(controller), path].filter((part) => part !== undefined).join('/');
    return {
      handler,
      method,
      path: whole
        .replaceAll(/\/+/g, '/')
        .replace(/(.)\/$/, '$1')
        .replaceAll(/:(\w+)/g, '{$1}'),
      answer,
      schemas,
    };
  });
}

export const Controller =
  (path = ''): ClassDecorator =>
  (target) => {
    bases.set(target, path);
    nest.Controller(path)(target);
  };

const handles =
  (method: Method, decorate: (path: string) => MethodDecorator) =>
  (path = ''): MethodDecorator =>
  (prototype, handler, descriptor) => {
    Object.assign(noteOf(prototype, handler), { method, path });
    return decorate(path)(prototype, handler, descriptor);
  };

export const Get = handles('get', nest.Get);
export const Post = handles('post', nest.Post);
export const Put = handles('put', nest.Put);
export const Delete = handles('delete', nest.Delete);

/** Describes a route's answer. `name` is that of its schema in the API description; null = no body. */
export const Answers =
  (answer: AnswerDescription): MethodDecorator =>
  (prototype, handler) => {
    noteOf(prototype, handler).answer = answer;
    access.set(handlerOf(prototype, handler), answer.access);
  };

/** For a route that is not part of the description: what its caller must be allowed to do. */
export const Access =
  (needed: RouteAccess): MethodDecorator =>
  (prototype, handler) =>
    void access.set(handlerOf(prototype, handler), needed);

/** What a handler asks of its caller; undefined where it does not say, and then nobody may call it. */
export const accessTo = (handler: object): RouteAccess | undefined => access.get(handler);

const takes =
  (place: Place, decorate: (checked: { schema: z.ZodType }) => ParameterDecorator) =>
  ({ schema }: { readonly schema: z.ZodType }): ParameterDecorator =>
  (prototype, handler, index) => {
    if (handler !== undefined) noteOf(prototype, handler).schemas[place] = schema;
    decorate({ schema })(prototype, handler, index);
  };

/** Arguments that are checked by a schema before the handler sees them. */
export const Param = takes('path', (checked) => nest.Param(checked));
export const Query = takes('query', (checked) => nest.Query(checked));
export const Body = takes('body', (checked) => nest.Body(checked));
