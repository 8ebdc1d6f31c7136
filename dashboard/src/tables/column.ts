import type { VNode } from 'vue';

/** A column of a `DataTable`, declared once: what stands in its head, its cells and its foot. See `column`. */
export interface Column<Row> {
  /** Also the name of the slot that draws its cells, where `cell` is left out. */
  readonly id: string;
  readonly header: string;
  /** What a cell says, or the component that shows it. */
  readonly cell?: (row: Row) => VNode | string | number;
  /** What stands below the rows; a table without any has no foot. */
  readonly foot?: () => VNode | string | number;
  /** `name`: what a row is of, a row's head to a screen reader. `number`: to the right and never broken. */
  readonly kind?: 'name' | 'number';
  /** Cells are not broken; numbers never are. */
  readonly nowrap?: boolean;
  /** Class of every cell, the head's as well. */
  readonly class?: string;
  /** Class of the cells below the head. */
  readonly cellClass?: string;
  /** Id of the definition that the head leads to. */
  readonly definition?: string | null;
  readonly isSortable?: boolean;
  /** How many columns the cell of a row takes; 0 where the one before takes its place. */
  readonly span?: (row: Row) => number;
}

/** The column that rows are in the order of. */
export interface ColumnOrder {
  readonly id: string;
  readonly desc: boolean;
}

type Rest<Row> = Omit<Column<Row>, 'id' | 'header' | 'kind'>;
const of =
  (kind?: 'name' | 'number') =>
  <Row>(id: string, header: string, rest: Rest<Row> = {}): Column<Row> => ({ id, header, kind, ...rest });

/** A column by its kind: `column.number('gmv', t('measure.gmv'), { cell: ({ gmv }) => … })`. */
export const column = { name: of('name'), number: of('number'), text: of() };
