/** Rows of belts by tracks: which are asked for, and in what order. */
import type { Track, TrackCondition, TrackGrowthAnswer, TrackGrowthQuestion } from '@beltline/contract';

type Row = TrackGrowthAnswer['rows'][number];

/** Whether a condition holds of a row; one of a track that is not told holds of none. */
export function isMet(condition: TrackCondition, tracks: readonly Track[], row: Row): boolean {
  const [track, is = ''] = condition.split(':');
  const cell = row.tracks[tracks.findIndex((one) => one === track)];
  if (!cell) return false;
  return is.startsWith('not-') ? cell.finding !== is.slice('not-'.length) : cell.finding === is;
}

/** By what was sold on the first track, or by the growth on one of them: rates over bases too small behind the others, rows without the key last, and those alike by their ids. */
export function sortedRows(
  rows: readonly Row[],
  { sort, order, tracks }: Pick<TrackGrowthQuestion, 'sort' | 'order' | 'tracks'>,
): Row[] {
  const direction = order === 'desc' ? -1 : 1;
  const figureOf = (row: Row) =>
    sort === 'value' ? row.tracks[0]?.value : row.tracks[tracks.indexOf(sort)]?.growth;
  const placeOf = (row: Row) => {
    const figure = figureOf(row);
    if (figure?.value == null) return 2;
    return sort !== 'value' && figure.flag === 'base-too-small' ? 1 : 0;
  };
  return [...rows].sort(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      ((figureOf(a)?.value ?? 0) - (figureOf(b)?.value ?? 0)) * direction ||
      (a.belt.beltId < b.belt.beltId ? -1 : 1),
  );
}
