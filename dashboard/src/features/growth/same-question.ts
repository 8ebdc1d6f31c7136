import type { Area, Measure, Meta, Period, Track } from '@beltline/contract';

/** What two answers must share to be of the same figures: what both of them tell. */
interface Answered {
  readonly meta: Pick<Meta, 'dataVersion'> & { readonly period?: Period; readonly comparison?: string };
  readonly area: Area;
  readonly track?: Track;
  readonly measure?: Measure;
  readonly reference?: number | null;
}

/** Whether figures and what is said of how sure they are belong together: the one may be newer, or of a choice made since. */
export const isOfSame = (one: Answered, other: Answered): boolean =>
  one.meta.dataVersion === other.meta.dataVersion &&
  one.area.id === other.area.id &&
  one.area.level === other.area.level &&
  (['from', 'to'] as const).every((end) => one.meta.period?.[end] === other.meta.period?.[end]) &&
  one.meta.comparison === other.meta.comparison &&
  (['track', 'measure', 'reference'] as const).every((key) => one[key] === other[key]);
