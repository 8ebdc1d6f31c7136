import type { Area, ComparedMeta, Measure, Track } from '@beltline/contract';

/** What two answers about compared periods must share to be of the same figures. */
interface Compared {
  readonly meta: ComparedMeta;
  readonly area: Area;
  readonly track?: Track;
  readonly measure?: Measure;
}

/** Whether figures and what is said of how sure they are belong together: the one may be newer, or of a choice made since. */
export const isOfSame = (one: Compared, other: Compared): boolean =>
  one.meta.dataVersion === other.meta.dataVersion &&
  one.area.id === other.area.id &&
  one.area.level === other.area.level &&
  (['from', 'to'] as const).every((end) => one.meta.period[end] === other.meta.period[end]) &&
  one.meta.comparison === other.meta.comparison &&
  (['track', 'measure'] as const).every((key) => one[key] === other[key]);
