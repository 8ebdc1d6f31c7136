/** What a revision says otherwise than the edition before it, figure by figure. Both were released, so nothing is told that was not. */
import {
  type BriefFigure,
  type ChangeCounts,
  type FigureChange,
  RELEASED_MEASURES,
  type ReleasedArea,
  type ReportFigure,
} from '@beltline/contract';
import { areasOf, ownOf, type RegionData } from './region-data.ts';

/**
 * In the order of the later edition, then what it has no more: of each area its tracks, then its shares, and last the earlier months.
 * What tracks are made of is of the month's own release, which stays as it is: no edition says it otherwise.
 */
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

/** Those that make a revision by themselves. Of earlier months more may be released at any time, which is no reason for a new number. */
export const ofItsMonth = (changes: readonly FigureChange[]): FigureChange[] =>
  changes.filter(({ month }) => month === undefined);

type About = Omit<FigureChange, 'before' | 'after' | 'by'>;
type Told = readonly [measure: ReportFigure, figure: BriefFigure];

function figuresOf(data: RegionData): Map<string, { readonly of: About; readonly figure: BriefFigure }> {
  const found = new Map<string, { readonly of: About; readonly figure: BriefFigure }>();
  const add = ({ area }: ReleasedArea, at: Pick<About, 'track' | 'month'>, all: readonly Told[]) => {
    const { level, id, name } = area;
    if (level === 'category') throw new Error('a report of a region has no category');
    for (const [measure, figure] of all)
      found.set([level, id, at.month ?? '', at.track, measure].join('|'), {
        of: { level, area: id, name, ...at, measure },
        figure,
      });
  };
  for (const one of areasOf(data)) {
    for (const cell of one.cells)
      add(one, { track: cell.track }, [
        ...RELEASED_MEASURES.map((measure): Told => [measure, cell[measure]]),
        ['growth', cell.growth],
      ]);
    if (one.level) add(one, { track: 'all' }, [['level', one.level]]);
    add(one, { track: 'all' }, [...sharesOf(one.service), ...carriersOf(one), ...sharesOf(one.structure)]);
  }
  // The last month is its own, and is told above.
  for (const { month, service, carriers, structure, ...sold } of data.history.slice(0, -1))
    add(ownOf(data), { track: 'all', month }, [
      ...RELEASED_MEASURES.map((measure): Told => [measure, sold[measure]]),
      ...sharesOf(service),
      ...sharesOf(carriers),
      ...sharesOf(structure),
    ]);
  return found;
}

const sharesOf = (
  shares: readonly { readonly measure: ReportFigure; readonly share: BriefFigure }[] = [],
): Told[] => shares.map(({ measure, share }): Told => [measure, share]);

function carriersOf({ carriers }: ReleasedArea): Told[] {
  if (!carriers) return [];
  const { shares, fromNewcomers, fromOthers, sameStore } = carriers;
  return [
    ...sharesOf(shares),
    ['from-newcomers', fromNewcomers],
    ['from-others', fromOthers],
    ...(sameStore
      ? ([
          ['leavers', sameStore.leavers.share],
          ['same-store', sameStore.growth],
        ] as const)
      : []),
  ];
}

/** A rate on too small a base is printed as that, and is no number to compare with. */
const told = ({ value, flag }: BriefFigure) => (flag === 'base-too-small' ? null : value);

const NOT_THERE: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };
const isSame = (one: BriefFigure, other: BriefFigure) =>
  one.value === other.value && one.flag === other.flag && one.reason === other.reason;
