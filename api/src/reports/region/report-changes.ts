/** What a revision says otherwise than the edition before it, figure by figure. Both were released, so nothing is told that was not. */
import {
  type BriefFigure,
  type ChangeCounts,
  type FigureChange,
  RELEASED_MEASURES,
} from '@beltline/contract';
import { areasOf, type RegionData } from './region-data.ts';

const MEASURES = [...RELEASED_MEASURES, 'growth'] as const;

/** In the order of the later edition, then what it has no more. */
export function changesBetween(before: RegionData, after: RegionData): FigureChange[] {
  const [old, now] = [figuresOf(before), figuresOf(after)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const about = is ?? was;
    if (!about) return [];
    const change = { before: was?.figure ?? NOT_THERE, after: is?.figure ?? NOT_THERE };
    if (isSame(change.before, change.after)) return [];
    const [from, to] = [told(change.before), told(change.after)];
    return [{ ...about.of, ...change, by: from === null || to === null ? null : to - from }];
  });
}

/** A revision without any: only names, or the order of areas, are others. */
export function countsOf(changes: readonly FigureChange[]): ChangeCounts {
  const count = (fits: (was: boolean, is: boolean, by: number) => boolean) =>
    changes.filter(({ before, after, by }) => fits(told(before) !== null, told(after) !== null, by ?? 0))
      .length;
  return {
    moved: count((was, is, by) => was && is && by !== 0),
    appeared: count((was, is) => !was && is),
    gone: count((was, is) => was && !is),
    other: count((was, is, by) => was === is && by === 0),
  };
}

type About = Omit<FigureChange, 'before' | 'after' | 'by'>;

function figuresOf(data: RegionData): Map<string, { readonly of: About; readonly figure: BriefFigure }> {
  return new Map(
    areasOf(data).flatMap(({ area: { level, id, name }, cells }) =>
      cells.flatMap((cell) =>
        MEASURES.map((measure) => {
          if (level === 'category') throw new Error('a report of a region has no category');
          const of = { level, area: id, name, track: cell.track, measure };
          return [`${level}|${id}|${cell.track}|${measure}`, { of, figure: cell[measure] }] as const;
        }),
      ),
    ),
  );
}

/** A rate on too small a base is printed as that, and is no number to compare with. */
const told = ({ value, flag }: BriefFigure) => (flag === 'base-too-small' ? null : value);

const NOT_THERE: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };
const isSame = (one: BriefFigure, other: BriefFigure) =>
  one.value === other.value && one.flag === other.flag && one.reason === other.reason;
