/**
 * GEKS-Törnqvist: price levels over several periods without chain drift, from the bilateral Törnqvist indices of
 * every pair of periods. Method: Ivancic, Diewert and Fox (2011), Journal of Econometrics 161, 24–35; Gini, Éltető,
 * Köves, Szulc.
 */
import { linearSolution } from './linear-system.ts';
import { at } from '../core/vector.ts';

/**
 * Price level of each period relative to the first (1); null for a period that no chain of pairs links to the first.
 * `logIndexBetween(i, j)` is the logarithm of the Törnqvist index from period i to period j, asked for i < j only;
 * null where no item was sold in both (there is no link).
 *
 * Levels are the least-squares fit to all links, which is how GEKS is defined: with every link present it is the
 * geometric mean of the ways over each period, and with links missing it stays transitive, which averaging over what
 * is there would not. @throws RangeError for no period.
 */
export function geksTornqvist(
  logIndexBetween: (from: number, to: number) => number | null,
  periods: number,
): (number | null)[] {
  if (!(Number.isInteger(periods) && periods > 0))
    throw new RangeError(`not a number of periods: ${periods}`);
  const links = linksBetween(logIndexBetween, periods);
  const linked = linkedToFirst(links, periods);
  const place = new Map(linked.map((period, index) => [period, index]));
  // Normal equations of Σ (y_to − y_from − log)² with y_first = 0: the Laplacian of the links without its first row.
  const size = linked.length;
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const right = new Array<number>(size).fill(0);
  for (const { from, to, log } of links) {
    addLink(matrix, right, { from: place.get(from), to: place.get(to), log });
  }
  const levels = linearSolution(matrix, right);
  return Array.from({ length: periods }, (_, period) => {
    const index = place.get(period);
    if (period === 0) return 1;
    return index === undefined ? null : Math.exp(at(levels, index));
  });
}

interface Link {
  readonly from: number;
  readonly to: number;
  readonly log: number;
}

function linksBetween(logIndexBetween: (from: number, to: number) => number | null, periods: number): Link[] {
  const links: Link[] = [];
  for (let from = 0; from < periods; from++) {
    for (let to = from + 1; to < periods; to++) {
      const log = logIndexBetween(from, to);
      if (log !== null && Number.isFinite(log)) links.push({ from, to, log });
    }
  }
  return links;
}

/** Periods other than the first that links lead to, in order. */
function linkedToFirst(links: readonly Link[], periods: number): number[] {
  const reached = new Set([0]);
  for (let size = 0; size < reached.size;) {
    size = reached.size;
    for (const { from, to } of links) {
      if (reached.has(from)) reached.add(to);
      else if (reached.has(to)) reached.add(from);
    }
  }
  return Array.from({ length: periods }, (_, period) => period).filter(
    (period) => period > 0 && reached.has(period),
  );
}

function addLink(
  matrix: number[][],
  right: number[],
  { from, to, log }: { from: number | undefined; to: number | undefined; log: number },
): void {
  const add = (row: number | undefined, column: number | undefined, value: number) => {
    if (row === undefined || column === undefined) return;
    const line = at(matrix, row);
    line[column] = at(line, column) + value;
  };
  add(to, to, 1);
  add(from, from, 1);
  add(from, to, -1);
  add(to, from, -1);
  if (to !== undefined) right[to] = at(right, to) + log;
  if (from !== undefined) right[from] = at(right, from) - log;
}
