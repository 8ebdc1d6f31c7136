import type { StatesAnswer } from '@beltline/contract';
import { STATE_SORTS } from '../../shell/page-choices.ts';

export type StatesRow = StatesAnswer['rows'][number];

export type StateSort = (typeof STATE_SORTS)[number];
export interface StateOrder {
  key: StateSort;
  descending: boolean;
}

/** `growth` is the highest growth first, `-growth` the lowest; anything else is the API's order. */
export function readOrder(text: string | undefined): StateOrder | null {
  const key = STATE_SORTS.find((sort) => text === sort || text === `-${sort}`);
  return key === undefined ? null : { key, descending: text === key };
}

/** Highest first, then lowest first, then the API's order again. */
export function nextOrder(order: StateOrder | null, key: StateSort): string | undefined {
  if (order?.key !== key) return key;
  return order.descending ? `-${key}` : undefined;
}

/** Rows without a value that can be told come last in either order. */
export function inOrder(rows: readonly StatesRow[], order: StateOrder | null): readonly StatesRow[] {
  if (order === null) return rows;
  const { key, descending } = order;
  const last = descending ? -Infinity : Infinity;
  const valueOf = ({ now: { [key]: figure } }: StatesRow) =>
    figure.flag === 'base-too-small' ? last : (figure.value ?? last);
  return [...rows].sort((a, b) =>
    descending ? compare(valueOf(b), valueOf(a)) : compare(valueOf(a), valueOf(b)),
  );
}

const compare = (a: number, b: number) => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
