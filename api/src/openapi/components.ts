import * as contract from '@beltline/contract';
import { z } from 'zod';

export type JsonSchema = { [key: string]: unknown };

/** Schemas that several answers share, under the names that they have in the API description. */
const SHARED: Readonly<Record<string, z.ZodType>> = {
  Meta: contract.meta,
  ComparedMeta: contract.comparedMeta,
  Period: contract.period,
  Indicator: contract.indicator,
  BeltName: contract.beltName,
  Belt: contract.belt,
  Batch: contract.batch,
  Bilingual: contract.bilingual,
  AnnotationBody: contract.annotationBody,
  Problem: contract.problem,
};

/** JSON Schema as OpenAPI 3.1 reads it: without zod's own marks, and without patterns that only repeat a format. */
export function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonSchema).filter(
    ([key]) =>
      key !== '$schema' && key !== '$id' && key !== '~standard' && !(key === 'pattern' && 'format' in value),
  );
  return Object.fromEntries(entries.map(([key, item]) => [key, tidy(item)]));
}

/** The schemas of all answers and of what they share, each once; others refer to it by name. */
export function components(answers: ReadonlyMap<string, z.ZodType>): JsonSchema {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of [...Object.entries(SHARED), ...answers]) {
    if (registry.get(schema) === undefined) registry.add(schema, { id });
  }
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: 'output' });
  const sorted = Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1));
  return tidy(Object.fromEntries(sorted)) as JsonSchema;
}

/** One schema in the place where it is used: of a parameter or a body. */
export const inlineSchema = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema =>
  tidy(z.toJSONSchema(schema, { io, unrepresentable: 'any' })) as JsonSchema;
