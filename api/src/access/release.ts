/**
 * The one place between what is computed and the wire where a figure may be withheld. It finds figures by the contract's schemas,
 * never by the name of a field, so an indicator that is declared tomorrow passes it like any other.
 *
 * What would tell a withheld figure goes with it: the figures of the same object (a value, its baseline, its growth), and what
 * the contract says rests on them (`resting`): counts, bounds, curves, rows that add up to it.
 */
import {
  type Area,
  area,
  type BeltName,
  beltName,
  type BriefFigure,
  comparedValue,
  isFigure,
  isResting,
} from '@beltline/contract';
import { z } from 'zod';
import { type Contributors, contributorsOf } from '../core/contributors.ts';

/** A figure on its way out. */
export interface Candidate {
  readonly figure: BriefFigure;
  /** Whose orders it is made of; null where they were not read. */
  readonly contributors: Contributors | null;
  /** The belt or area that the object is about which it stands in, or else the nearest object around that. */
  readonly place: Area | BeltName | null;
  /** Where in the answer it stands, for what is logged. */
  readonly path: readonly string[];
}

/** What a viewer may not see of the figures. `name` tells it from others in memory and in validators. */
export interface ReleasePolicy {
  readonly name: string;
  withholds(candidate: Candidate): boolean;
}

interface Around {
  readonly policy: ReleasePolicy;
  readonly place: Area | BeltName | null;
  readonly path: readonly string[];
  /** What the object rests on is withheld, so all of its figures are. */
  readonly isForced: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The answer as its viewer may see it. Without a policy it is the same one, and nothing is looked at. With one, what the contract does
 * not declare is left out.
 * @throws Error where a schema is of a kind whose figures it could not find.
 */
export function release<T>(schema: z.ZodType, answer: T, policy: ReleasePolicy | null): T {
  if (policy === null) return answer;
  return released(schema, answer, { policy, place: null, path: [], isForced: false }) as T;
}

function released(schema: z.core.$ZodType, value: unknown, around: Around): unknown {
  const inner = bare(schema);
  if (value === null || value === undefined) return value;
  if (isFigure(inner)) return isWithheld(value as BriefFigure, around) ? withheld(value as object) : value;
  if (inner instanceof z.ZodArray) {
    return (value as unknown[]).map((one, index) => released(inner.element, one, below(around, index)));
  }
  if (inner instanceof z.ZodRecord) {
    return mapFields(value as Fields, (one, key) => released(inner.valueType, one, below(around, key)));
  }
  if (inner instanceof z.ZodObject) return releasedObject(inner, value as Fields, around);
  if (typeof value === 'object')
    throw new Error(`no way to look through ${around.path.join('.')} for figures`);
  return value;
}

function releasedObject(schema: z.ZodObject, fields: Fields, outside: Around): Fields {
  const around = { ...outside, place: placeOf(schema, fields) ?? outside.place };
  const isForced = around.isForced || ownFigures(schema, fields, around).some((one) => one);
  const declared = Object.entries(fields).filter(([key]) => key in schema.shape);
  return mapFields(Object.fromEntries(declared), (value, key) => {
    const field = schema.shape[key] as z.core.$ZodType;
    const inside = below(around, key);
    if (isFigureField(field)) return isForced ? released(field, value, { ...inside, isForced }) : value;
    if (!isForced) return released(field, value, inside);
    if (isResting(field)) return blank(field, value, { ...inside, isForced });
    return released(field, value, { ...inside, isForced: around.isForced });
  });
}

/** Whether each figure of the object itself is withheld; those of a value beside its baseline are the object's own. */
function ownFigures(schema: z.ZodObject, fields: Fields, around: Around): boolean[] {
  return Object.entries(schema.shape).flatMap(([key, field]) => {
    const [value, inner] = [fields[key], bare(field as z.core.$ZodType)];
    if (value === null || value === undefined || !isFigureField(inner)) return [];
    if (isFigure(inner)) return isWithheld(value as BriefFigure, below(around, key));
    return ownFigures(inner as z.ZodObject, value as Fields, below(around, key));
  });
}

const isFigureField = (schema: z.core.$ZodType) => isFigure(bare(schema)) || bare(schema) === comparedValue;

/** What rests on a withheld figure: a number is null, a list without figures of its own empty, and of rows the figures go. */
function blank(schema: z.core.$ZodType, value: unknown, around: Around): unknown {
  const inner = bare(schema);
  if (!(inner instanceof z.ZodArray))
    return inner instanceof z.ZodObject ? released(inner, value, around) : null;
  const element = bare(inner.element);
  const hasFigures = element instanceof z.ZodObject && Object.values(element.shape).some(isFigureField);
  return hasFigures ? released(inner, value, around) : [];
}

const isWithheld = (figure: BriefFigure, { policy, place, path, isForced }: Around): boolean =>
  isForced || policy.withholds({ figure, contributors: contributorsOf(figure), place, path });

/** Its numbers go, and what they say of how sure it is; what it is a figure of stays. */
function withheld(figure: object): Fields {
  const numbers = ['value', 'numerator', 'denominator', 'uncertainty', 'uncertaintyReason'];
  const gone = mapFields(figure as Fields, (value, key) => (numbers.includes(key) ? null : value));
  return { ...gone, flag: 'suppressed', reason: 'confidential' } satisfies Partial<BriefFigure>;
}

/** The belt or area that an object is about: its field of that schema. */
function placeOf(schema: z.ZodObject, fields: Fields): Area | BeltName | null {
  const key = Object.keys(schema.shape).find((one) =>
    [area, beltName].includes(bare(schema.shape[one] as z.core.$ZodType) as never),
  );
  return key === undefined ? null : ((fields[key] ?? null) as Area | BeltName | null);
}

const below = (around: Around, key: string | number): Around => ({
  ...around,
  path: [...around.path, String(key)],
});

const mapFields = (fields: Fields, of: (value: unknown, key: string) => unknown): Fields =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, of(value, key)]));

/** A schema without what only says that it may be null or left out. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped = schema instanceof z.ZodNullable || schema instanceof z.ZodOptional;
  return isWrapped ? bare(schema.unwrap()) : schema;
}
