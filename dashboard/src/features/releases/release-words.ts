/** What a released figure says, the same on the page and in the file. */
import type { BriefFigure, CellState, ReleasedArea, ReleasedCell, Track } from '@beltline/contract';
import { growthWords } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Names } from '../../i18n/names.ts';
import type { Translate } from '../../i18n/translate.ts';
import { TRACKS } from '../../shell/vocabulary.ts';

/** The tracks that have columns of their own; the first is all orders. */
export const PARTS = TRACKS.filter((track) => track !== 'all');

export const cellOf = ({ cells }: ReleasedArea, track: Track): ReleasedCell | undefined =>
  cells.find((cell) => cell.track === track);

export const areaName = ({ area }: ReleasedArea, names: Names, t: Translate): string =>
  area.level === 'nation' ? t('region.nation') : names.area(area);

/** Why a figure has no number: told apart from one that is zero. */
export const stateOf = ({ value, flag }: BriefFigure, state: CellState): CellState =>
  value !== null ? state : flag === 'suppressed' ? 'suppressed' : 'no-data';

/** A rate as text, or why there is none. */
export function growthText(growth: BriefFigure, numbers: NumberFormat, t: Translate): string {
  if (growth.flag === 'suppressed') return t('region.states.suppressed');
  return growthWords(growth, numbers, t).text;
}

type Cell = string | number;
const figureCell = (figure: BriefFigure, state: CellState, t: Translate): Cell =>
  figure.value ?? t(`region.states.${stateOf(figure, state)}`);
/** A rate as a number, as spreadsheets take it; a small base is no finding there either. */
const rateCell = (growth: BriefFigure, numbers: NumberFormat, t: Translate): Cell =>
  growth.value === null || growth.flag === 'base-too-small' ? growthText(growth, numbers, t) : growth.value;

/** The tables of the page as rows of a file, with the same columns in the same order. */
export function rowsOf(
  areas: readonly ReleasedArea[],
  { names, numbers, t }: { readonly names: Names; readonly numbers: NumberFormat; readonly t: Translate },
): Cell[][] {
  const head = [
    t('region.area'),
    ...[t('region.total'), t('region.growth'), t('region.orders'), t('region.pieces')],
    ...PARTS.flatMap((track) => {
      const name = t(`track.${track}`);
      return [name, t('region.trackGrowth', { track: name })];
    }),
  ];
  const rows = areas.map((one) => {
    const all = cellOf(one, 'all');
    if (!all) return [areaName(one, names, t)];
    return [
      areaName(one, names, t),
      figureCell(all.gmv, all.state, t),
      rateCell(all.growth, numbers, t),
      figureCell(all.orders, all.state, t),
      figureCell(all.pieces, all.state, t),
      ...PARTS.flatMap((track) => {
        const cell = cellOf(one, track);
        return cell ? [figureCell(cell.gmv, cell.state, t), rateCell(cell.growth, numbers, t)] : ['', ''];
      }),
    ];
  });
  return [head, ...rows];
}
