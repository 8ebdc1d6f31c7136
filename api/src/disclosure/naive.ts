/**
 * The rule of thumb that the gate is measured against: where one part of a total is withheld, the smallest other one is too, until no sum
 * has a single withheld part. It knows nothing of owners, nor of several sums at a time.
 */
import { type LinkedTable, valueOf } from './linked-table.ts';
import type { Pattern } from './suppress.ts';

export function naivePattern({ cells, equations }: LinkedTable): Pattern {
  const isShown = Uint8Array.from(cells, ({ isHidden, unsafe }) => (isHidden || unsafe ? 0 : 1));
  let changed = true;
  while (changed) {
    changed = false;
    for (const { total, parts } of equations) {
      const all = [total, ...parts].flatMap((no) => cells[no] ?? []);
      const withheld = all.filter(({ no }) => !isShown[no]);
      const shown = all.filter(({ no }) => isShown[no]);
      if (withheld.length !== 1 || shown.length === 0) continue;
      const smallest = shown.reduce((least, cell) => (valueOf(cell, 0) < valueOf(least, 0) ? cell : least));
      isShown[smallest.no] = 0;
      changed = true;
    }
  }
  return { isShown, isWhole: false };
}
