/**
 * What only some pages have in their address, beside what all of them share (`ViewState`): what each may be, the first of which a page
 * shows where nothing else is asked for.
 */
import type { BreadthOver, Track } from '@beltline/contract';
import { STATE_ORDER } from '../format/state-style.ts';
import { queryText, type Query } from './view-state.ts';
import { LEVELS, TRACKS } from './vocabulary.ts';

/** What the ranking can be ordered by, and from which end. */
export const SORTS = ['value', 'growth', 'change'] as const;
export const TURNS = ['desc', 'asc'] as const;
/** What the table of states can be ordered by; without one it keeps the API's order, the surest first. */
export const STATE_SORTS = ['growth', 'level', 'breadth'] as const;
export const DAILY_RANGES = ['recent', 'period'] as const;
export const OVERS = ['merchants', 'belts', 'tracks'] as const satisfies readonly BreadthOver[];
/** One belt has no belts to count. */
export const OVERS_OF_BELT = ['merchants', 'tracks'] as const satisfies readonly BreadthOver[];

/** The tracks of the table of all belts, the first of which is everything; what their growth may be asked to be; and what it can be ordered by. */
export const TABLE_TRACKS = [
  'all',
  'distribution',
  'cross-border',
  'custom',
] as const satisfies readonly Track[];
export const CONDITIONS = ['rises', 'falls', 'not-rises', 'not-falls'] as const;
export const TABLE_SORTS = ['value', ...TABLE_TRACKS] as const;

export type PageKey = 'level' | 'state' | 'by' | 'sort' | 'order' | 'over' | 'tracks' | 'days' | 'where';
/** Several of them, written one after the other. */
const LISTS: ReadonlySet<PageKey> = new Set(['tracks', 'where']);
/** The keys that a page has, and what each may be. */
export type PageChoices = Partial<Record<PageKey, readonly string[]>>;

const STATE_TURNS = STATE_SORTS.flatMap((key) => [key, `-${key}`]);
export const OVERVIEW_CHOICES: PageChoices = {
  level: LEVELS,
  state: STATE_ORDER,
  by: STATE_TURNS,
  sort: SORTS,
  order: TURNS,
  over: OVERS,
};
export const TABLE_CHOICES: PageChoices = {
  state: STATE_ORDER,
  sort: TABLE_SORTS,
  order: TURNS,
  where: TABLE_TRACKS.flatMap((track) => CONDITIONS.map((is) => `${track}:${is}`)),
};
export const CLOCK_CHOICES: PageChoices = { level: LEVELS };
export const AREA_CHOICES: PageChoices = { over: OVERS, tracks: TRACKS };
export const BELT_CHOICES: PageChoices = { over: OVERS_OF_BELT, tracks: TRACKS, days: DAILY_RANGES };

/** What a link asks of a page that it has not got. Of a list that is what of it is not known; `kept` is the rest of it. */
export function choicesNotFollowed(
  query: Query,
  choices: PageChoices,
): { key: PageKey; asked: string; kept: string | undefined }[] {
  return (Object.keys(choices) as PageKey[]).flatMap((key) => {
    const text = queryText(query, key);
    if (text === undefined) return [];
    const asked = LISTS.has(key) ? text.split(',') : [text];
    const isKnown = (one: string) => choices[key]?.includes(one) ?? false;
    const unknown = asked.filter((one) => !isKnown(one));
    if (unknown.length === 0) return [];
    return [{ key, asked: unknown.join(','), kept: asked.filter(isKnown).join(',') || undefined }];
  });
}
