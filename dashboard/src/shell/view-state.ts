import type { Comparison, Measure, Source, Track } from '@beltline/contract';
import { dayIn } from '../format/day-in.ts';
import { isDay, isMonth } from '../format/calendar-months.ts';
import { COMPARISONS, MEASURES, TRACKS } from './vocabulary.ts';

/** What a person looks at. All of it lives in the query of the URL, so a link shows someone else the same. */
export interface ViewState {
  source: string;
  from: string;
  to: string;
  comparison: Comparison;
  track: Track;
  measure: Measure;
  /** Figures as they had been published by the end of this day; left out: as they are now. */
  asOf: string | undefined;
  /** States, levels and the clock at the end of this month; left out: the last complete one. Not the period compared. */
  month: string | undefined;
  /** The year that a level of 100 stands for; left out: the API's own choice. */
  reference: number | undefined;
}

export type Query = Record<string, string | null | (string | null)[] | undefined>;
/**
 * What a choice changes. A function where that depends on what is chosen already: it is told the query on its way, which
 * holds the other choices of the same moment. What is on the screen does not have them yet.
 */
export type Patch = Query | ((query: Query) => Query);
export const VIEW_KEYS = [
  'source',
  'from',
  'to',
  'comparison',
  'track',
  'measure',
  'asOf',
  'month',
  'reference',
] as const;

export const DEFAULT_TRACK: Track = 'all';
export const DEFAULT_MEASURE: Measure = 'gmv';
export const DEFAULT_COMPARISON: Comparison = 'year-ago';

/** The first value of a query key; an empty one counts as absent. */
export function queryText(query: Query, key: string): string | undefined {
  const value = query[key];
  const first = Array.isArray(value) ? value[0] : value;
  return first === null || first === '' ? undefined : first;
}

export function oneOf<T extends string>(allowed: readonly T[], text: string | undefined, otherwise: T): T {
  return allowed.find((item) => item === text) ?? otherwise;
}

/** Months that the source has not got, or in the wrong order, fall back to its default period. */
function readPeriod(query: Query, source: Source): { from: string; to: string } {
  const from = queryText(query, 'from');
  const to = queryText(query, 'to');
  const { months, defaultPeriod } = source;
  if (!isMonth(from) || !isMonth(to)) return defaultPeriod;
  const inside = from <= to && from >= months.from && to <= months.to;
  return inside ? { from, to } : defaultPeriod;
}

/** A day to come has no vintage yet: what it will show, nobody knows. */
function readDay(query: Query, { timeZone }: Source): string | undefined {
  const text = queryText(query, 'asOf');
  return isDay(text) && text <= dayIn(new Date().toISOString(), timeZone) ? text : undefined;
}

/** Which months have a state is for the API to say: falling back here would pass the state of another month off as the link's. */
function readMonth(query: Query): string | undefined {
  const text = queryText(query, 'month');
  return text !== undefined && /^\d{4}-\d{2}$/.test(text) ? text : undefined;
}

/** Which years can be referred to is for the API to say: falling back here would pass levels off as those of the link. */
function readYear(query: Query): number | undefined {
  const text = queryText(query, 'reference');
  return text !== undefined && /^\d{4}$/.test(text) ? Number(text) : undefined;
}

/** Anything unknown in the URL falls back to its default rather than to an error: links live longer than data. */
export function readViewState(query: Query, source: Source): ViewState {
  const { from, to } = readPeriod(query, source);
  return {
    source: source.source,
    from,
    to,
    comparison: oneOf(COMPARISONS, queryText(query, 'comparison'), DEFAULT_COMPARISON),
    track: oneOf(TRACKS, queryText(query, 'track'), DEFAULT_TRACK),
    measure: oneOf(MEASURES, queryText(query, 'measure'), DEFAULT_MEASURE),
    asOf: readDay(query, source),
    month: readMonth(query),
    reference: readYear(query),
  };
}

/** What a link asks for and the page does not show, because the source has not got it or nobody knows it. */
export function notFollowed(
  query: Query,
  state: ViewState,
): { key: (typeof VIEW_KEYS)[number]; asked: string }[] {
  return VIEW_KEYS.flatMap((key) => {
    const asked = queryText(query, key);
    return asked === undefined || asked === String(state[key] ?? '') ? [] : [{ key, asked }];
  });
}

export function chooseSource(query: Query, sources: readonly Source[]): Source | null {
  const asked = queryText(query, 'source');
  return sources.find((source) => source.source === asked) ?? sources[0] ?? null;
}

/** A query with some keys changed; undefined takes a key away. */
export function withQuery(query: Query, patch: Query): Query {
  const merged = { ...query, ...patch };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

/** A query with a choice made in it. */
export function patched(query: Query, patch: Patch): Query {
  return withQuery(query, typeof patch === 'function' ? patch(query) : patch);
}

/** The part of a query that goes along to other pages. */
export function sharedQuery(query: Query): Query {
  return withQuery({}, Object.fromEntries(VIEW_KEYS.map((key) => [key, queryText(query, key)])));
}
