/** Every route of an indicator lets its answer out through the gate, before it is kept. */
import { type BriefFigure, type IndicatorName, INDICATORS, isFigure } from '@beltline/contract';
import { z } from 'zod';
import type { ReleasePolicy } from '../access/release.ts';
import type { Sight } from '../access/viewer.ts';
import type { ContextService } from '../data/context/context.service.ts';
import type { WrittenAnswer } from '../data/context/written-answer.ts';
import type { VersionCache } from '../data/versions/version-cache.ts';
import { type Answerer, controllerOf } from './indicator.ts';

/** Something of a schema's shape: one of each list, nothing left out. */
function sampleOf(schema: z.core.$ZodType): unknown {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return sampleOf(schema.unwrap());
  if (schema instanceof z.ZodArray) return [sampleOf(schema.element)];
  if (schema instanceof z.ZodRecord) return { one: sampleOf(schema.valueType) };
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries(schema.shape).map(([key, field]) => [key, sampleOf(field as z.ZodType)]),
    );
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodBoolean) return true;
  return schema instanceof z.ZodNumber ? 5 : 'x';
}

/** The figures of a sample. */
function figuresOf(schema: z.core.$ZodType, value: unknown): BriefFigure[] {
  if (isFigure(schema)) return [value as BriefFigure];
  if (schema instanceof z.ZodNullable) return figuresOf(schema.unwrap(), value);
  if (schema instanceof z.ZodArray)
    return (value as unknown[]).flatMap((one) => figuresOf(schema.element, one));
  if (schema instanceof z.ZodRecord)
    return Object.values(value as object).flatMap((one) => figuresOf(schema.valueType, one));
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([key, field]) =>
    figuresOf(field as z.ZodType, (value as Record<string, unknown>)[key]),
  );
}

const everybody: Sight = { sources: 'all', belts: 'everything', policy: null };
const closed = (name: string): ReleasePolicy => ({ name, withholds: () => true });

/** The route of an indicator whose service answers with a sample, and what it keeps. */
function routeOf(indicator: IndicatorName) {
  const sample = sampleOf(INDICATORS[indicator].answer);
  const kept = new Map<string, unknown>();
  const contexts = { resolve: async () => ({ vintage: {} }) } as unknown as ContextService;
  const cache = {
    of: async (_: unknown, __: unknown, question: object, make: () => Promise<unknown>) => {
      const key = JSON.stringify(question);
      if (!kept.has(key)) kept.set(key, await make());
      return kept.get(key);
    },
  } as unknown as VersionCache;
  const answerer = { indicator, needs: 'version', service: Object, answer: async () => sample } as unknown;
  const Controller = controllerOf(answerer as Answerer) as new (...of: unknown[]) => {
    answer(viewer: Sight, question: object): Promise<WrittenAnswer>;
  };
  return { sample, kept, route: new Controller(contexts, cache, {}) };
}

const sentOf = ({ body }: WrittenAnswer): unknown => JSON.parse(body.toString('utf8'));

describe.each(Object.keys(INDICATORS) as IndicatorName[])('%s', (name) => {
  const schema = INDICATORS[name].answer;

  test('hands on what it was given to who sees everything', async () => {
    const { sample, route } = routeOf(name);
    expect(sentOf(await route.answer(everybody, {}))).toEqual(sample);
  });

  test('keeps what it let out, apart for each policy', async () => {
    const { sample, kept, route } = routeOf(name);
    const open = await route.answer(everybody, {});
    const shut = await route.answer({ ...everybody, policy: closed('one') }, {});
    await route.answer({ ...everybody, policy: closed('another') }, {});
    expect(sentOf(open)).toEqual(sample);
    expect(kept.size).toBe(3);
    expect([...kept.values()][1]).toBe(shut);
    const figures = figuresOf(schema, sentOf(shut));
    expect(figures).toHaveLength(figuresOf(schema, sample).length);
    for (const figure of figures) expect(figure).toMatchObject({ value: null, flag: 'suppressed' });
  });
});
