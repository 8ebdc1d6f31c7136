/** What is asked of the belts of the table: what their growth on a track must be, written as the API takes it and as it stands in the address. */
import type { Track, TrackCondition } from '@beltline/contract';
import type { Query } from '../../shell/view-state.ts';
import { queryText } from '../../shell/view-state.ts';
import { CONDITIONS, TABLE_TRACKS } from '../../shell/page-choices.ts';

export type Condition = (typeof CONDITIONS)[number];
/** One a track at most. */
export type Conditions = ReadonlyMap<Track, Condition>;

/** Of an address; what it has not got is told above the page and left out here. */
export function readConditions(query: Query): Conditions {
  const asked = (queryText(query, 'where') ?? '').split(',').map((one) => one.split(':'));
  return new Map(
    TABLE_TRACKS.flatMap((track) => {
      const found = asked.find(([name]) => name === track)?.[1];
      const condition = CONDITIONS.find((one) => one === found);
      return condition ? [[track, condition] as const] : [];
    }),
  );
}

/** As the API takes them, in the order of the tracks. */
export const writtenConditions = (conditions: Conditions): TrackCondition[] =>
  TABLE_TRACKS.flatMap((track) => {
    const condition = conditions.get(track);
    return condition ? [`${track}:${condition}` as const] : [];
  });

/** The same with another one of a track, or none. */
export function withCondition(conditions: Conditions, track: Track, next: Condition | undefined): Conditions {
  const changed = new Map(conditions);
  if (next === undefined) changed.delete(track);
  else changed.set(track, next);
  return changed;
}

/** Questions that are asked often, as conditions. */
export const READY = {
  crossBorderAlone: new Map([
    ['cross-border', 'rises'],
    ['custom', 'not-rises'],
  ]),
  customAlone: new Map([
    ['custom', 'rises'],
    ['cross-border', 'not-rises'],
  ]),
  distributionAlone: new Map([
    ['distribution', 'rises'],
    ['cross-border', 'not-rises'],
  ]),
  falling: new Map([['all', 'falls']]),
} as const satisfies Record<string, ReadonlyMap<Track, Condition>>;
export type Ready = keyof typeof READY;

export const isSameConditions = (one: Conditions, other: Conditions): boolean =>
  writtenConditions(one).join() === writtenConditions(other).join();
