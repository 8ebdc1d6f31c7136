/** What a month's pattern lets out, by name: all that a reader, or whoever attacks, ever gets. */
import { type CellName, type LinkedTable, valueOf } from './linked-table.ts';
import { nameOf, type Pattern } from './suppress.ts';

export interface PublishedCell extends CellName {
  /** A number a measure; null where they are withheld. What has no orders is no row: a zero is known to be one. */
  readonly values: readonly number[] | null;
}

export const publish = (table: LinkedTable, { isShown }: Pattern): PublishedCell[] =>
  table.cells.flatMap((cell) =>
    cell.names.map((name) => ({
      ...name,
      values: isShown[cell.no] ? cell.sides.map((_, measure) => valueOf(cell, measure)) : null,
    })),
  );

/** For the month after: which cells protected others. */
export const complementaryOf = ({ cells }: LinkedTable, { isShown }: Pattern): Set<string> =>
  new Set(
    cells
      .filter(({ no, unsafe, isHidden }) => !isShown[no] && !unsafe && !isHidden)
      .flatMap(({ names }) => names.map(nameOf)),
  );

/** How much a pattern withholds, of all that could be shown; `value` by the first measure. */
export interface Loss {
  readonly cells: number;
  readonly ofCells: number;
  readonly value: number;
  readonly ofValue: number;
}

export function lossOf({ cells }: LinkedTable, isWithheld: (no: number) => boolean): Loss {
  const visible = cells.filter(({ isHidden }) => !isHidden);
  const withheld = visible.filter(({ no }) => isWithheld(no));
  const sum = (of: typeof cells) => of.reduce((total, cell) => total + valueOf(cell, 0), 0);
  return { cells: withheld.length, ofCells: visible.length, value: sum(withheld), ofValue: sum(visible) };
}
