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
  readonly place: Place | null;
}
type Place = Area | BeltName;

/** What a viewer may not see of the figures. `name` tells it from others in memory and in validators. */
export interface ReleasePolicy {
  readonly name: string;
  withholds(candidate: Candidate): boolean;
}

interface Around {
  readonly policy: ReleasePolicy;
  readonly place: Place | null;
  /** What the object rests on is withheld, so all of its figures are. */
  readonly isForced: boolean;
}

type Fields = Record<string, unknown>;

/**
 * The answer as its viewer may see it. Without a policy it is the same one, and nothing is looked at. With one, what the contract does
 * not declare is left out.
 * @throws Error where a schema is of a kind whose figures it could not find.
 */
export function release<T>(schema: z.ZodType, answer: T, policy: ReleasePolicy | null): T {
  if (policy === null) return answer;
  return released(bare(schema), answer, { policy, place: null, isForced: false }) as T;
}

function released(schema: z.core.$ZodType, value: unknown, around: Around): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (isFigure(schema)) return isWithheld(value as BriefFigure, around) ? withheld(value) : value;
  if (schema instanceof z.ZodArray) {
    const element = bare(schema.element);
    return (value as unknown[]).map((one) => released(element, one, around));
  }
  if (schema instanceof z.ZodRecord) {
    const element = bare(schema.valueType);
    return mapFields(value as Fields, (one) => released(element, one, around));
  }
  if (schema instanceof z.ZodObject) return releasedObject(schema, value as Fields, around);
  throw new Error(`no way to look for figures through a schema of kind ${schema._zod.def.type}`);
}

function releasedObject(schema: z.ZodObject, fields: Fields, outside: Around): Fields {
  const { declared, place } = planOf(schema);
  const here = place === undefined ? null : ((fields[place] ?? null) as Place | null);
  const around = here === null ? outside : { ...outside, place: here };
  const isForced = around.isForced || holdsWithheld(schema, fields, around);
  const forced = isForced ? { ...around, isForced } : around;
  const out: Fields = {};
  for (const { key, inner, isOwn, rests } of declared) {
    const value = fields[key];
    if (value === undefined) continue;
    if (isOwn) out[key] = isForced ? released(inner, value, forced) : value;
    else out[key] = isForced && rests ? blank(inner, value, forced) : released(inner, value, around);
  }
  return out;
}

/** Whether a figure of the object itself is withheld; those of a value beside its baseline are the object's own. */
function holdsWithheld(schema: z.ZodObject, fields: Fields, around: Around): boolean {
  return planOf(schema).declared.some(({ key, inner, isOwn }) => {
    const value = fields[key];
    if (!isOwn || value === null || value === undefined) return false;
    return inner instanceof z.ZodObject && !isFigure(inner)
      ? holdsWithheld(inner, value as Fields, around)
      : isWithheld(value as BriefFigure, around);
  });
}

/** What rests on a withheld figure: a number is null, a list without figures of its own empty, and of rows the figures go. */
function blank(schema: z.core.$ZodType, value: unknown, around: Around): unknown {
  if (schema instanceof z.ZodObject) return released(schema, value, around);
  if (!(schema instanceof z.ZodArray)) return null;
  const element = bare(schema.element);
  const hasFigures = element instanceof z.ZodObject && planOf(element).declared.some(({ isOwn }) => isOwn);
  return hasFigures ? released(schema, value, around) : [];
}

const isWithheld = (figure: BriefFigure, { policy, place, isForced }: Around): boolean =>
  isForced || policy.withholds({ figure, contributors: contributorsOf(figure), place });

const NUMBERS = new Set(['value', 'numerator', 'denominator', 'uncertainty', 'uncertaintyReason']);
const MARK = { flag: 'suppressed', reason: 'confidential' } satisfies Partial<BriefFigure>;

/** Its numbers go, and what they say of how sure it is; what it is a figure of stays. */
const withheld = (figure: object): Fields => ({
  ...mapFields(figure as Fields, (value, key) => (NUMBERS.has(key) ? null : value)),
  ...MARK,
});

/** What is to be known of an object's schema; read once, because an answer has thousands of the same. */
interface Plan {
  readonly declared: readonly Declared[];
  /** The field that says which belt or area the object is about. */
  readonly place: string | undefined;
}
interface Declared {
  readonly key: string;
  readonly inner: z.core.$ZodType;
  /** A figure of the object itself, or a value beside its baseline. */
  readonly isOwn: boolean;
  readonly rests: boolean;
}
const PLANS = new WeakMap<z.ZodObject, Plan>();

function planOf(schema: z.ZodObject): Plan {
  const known = PLANS.get(schema);
  if (known) return known;
  const declared = Object.entries(schema.shape).map(([key, field]): Declared => {
    const inner = bare(field as z.core.$ZodType);
    return { key, inner, isOwn: isFigure(inner) || inner === comparedValue, rests: isResting(field) };
  });
  const place = declared.find(({ inner }) => inner === area || inner === beltName)?.key;
  const plan = { declared, place };
  PLANS.set(schema, plan);
  return plan;
}

const mapFields = (fields: Fields, of: (value: unknown, key: string) => unknown): Fields =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, of(value, key)]));

/** A schema without what only says that it may be null or left out. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped = schema instanceof z.ZodNullable || schema instanceof z.ZodOptional;
  return isWrapped ? bare(schema.unwrap()) : schema;
}
