/**
 * How sure price and volume indices are. SKUs belong to merchants and so to legal owners, whose prices move together: owners are left
 * out one after the other, with all that they sell (jackknife.ts). Indices have errors of their
 * logarithm, changes of value of their contribution, a part of the baseline: so that how many owners there happen to be does not enter.
 */
import { type FigureError, jackknife } from './jackknife.ts';
import { lmdi } from './lmdi.ts';
import { countOwners, hasEnoughOwners, type NoError } from './owner-bootstrap.ts';
import {
  fisher,
  isPriceWar,
  laspeyres,
  paasche,
  type PairSums,
  tornqvist,
  valueIndex,
  volumeIndex,
} from './price-index.ts';
import { normalOf } from './studentised.ts';

/** Sums of each owner, in one order: of all SKUs, and of those sold in both periods as in `PairSums`. */
export interface PriceOwners extends Readonly<
  Record<Exclude<keyof PairSums, 'items' | 'logSum'>, Float64Array>
> {
  readonly all0: Float64Array;
  readonly all1: Float64Array;
}

/** In the order in which the engine writes them (price-owners.sql). */
const COLUMNS = [
  ...(['all0', 'all1', 'value0', 'value1'] as const),
  ...(['laspeyresSum', 'paascheSum', 'tornqvist0', 'tornqvist1'] as const),
];
type Column = (typeof COLUMNS)[number];

/** From one number for each owner and column, an owner's columns together. */
export function priceOwnersOf(sums: ArrayLike<number>): PriceOwners {
  const owners = sums.length / COLUMNS.length;
  const column = (index: number) =>
    Float64Array.from({ length: owners }, (_, owner) => sums[owner * COLUMNS.length + index] ?? 0);
  return Object.fromEntries(COLUMNS.map((name, index) => [name, column(index)])) as Record<
    Column,
    Float64Array
  >;
}

const FIGURES = [
  'tornqvist',
  'fisher',
  'laspeyres',
  'paasche',
  'volume',
  'priceChange',
  'volumeChange',
] as const;
export type PriceErrors = Readonly<Record<(typeof FIGURES)[number], FigureError | NoError>>;

/** Logarithms of the four price indices and of the volume index, then what price and volume did to the value, as a part of the baseline's. */
function figuresOf(totals: readonly number[]): number[] {
  const sums = Object.fromEntries(
    COLUMNS.map((name, index) => [name, totals[index] ?? 0]),
  ) as unknown as Record<Column, number>;
  const pair: PairSums = { ...sums, items: 0, logSum: 0 };
  const all = { value0: sums.all0, value1: sums.all1 };
  const price = tornqvist(pair);
  const volume = volumeIndex(valueIndex(all), price);
  const logs = [price, fisher(pair), laspeyres(pair), paasche(pair), volume].map((index) =>
    index === null ? NaN : Math.log(index),
  );
  if (price === null || volume === null) return [...logs, NaN, NaN];
  const [volumeChange = NaN, priceChange = NaN] = lmdi([all.value0, 1], [all.value0 * volume, price]);
  return [...logs, priceChange / all.value0, volumeChange / all.value0];
}

/** Errors of all figures. None (`too-few-owners`) where the matched SKUs, or for volume all, are those of too few owners. */
export function priceErrors(owners: PriceOwners): PriceErrors {
  const matched = countOwners({ over: owners.value1, under: owners.value0 });
  const all = countOwners({ over: owners.all1, under: owners.all0 });
  const told = hasEnoughOwners(matched)
    ? jackknife(
        COLUMNS.map((name) => owners[name]),
        matched.owners,
        figuresOf,
      )
    : [];
  const errorOf = (index: number): FigureError | NoError => {
    const ofAll = index >= FIGURES.indexOf('volume');
    return ofAll && !hasEnoughOwners(all) ? 'too-few-owners' : (told[index] ?? 'too-few-owners');
  };
  return Object.fromEntries(FIGURES.map((name, index) => [name, errorOf(index)])) as PriceErrors;
}

/** Standard errors that a price has to have fallen by, and a volume to have risen by, as normal deviates. */
const SURE_DEVIATES = 2;

/**
 * A price war that would be found again: the rule holds, and chance alone explains neither the fall of prices nor the rise of volume.
 * Indices are ratios. Where there are too few owners to tell, none is claimed.
 */
export function isSurePriceWar(price: number, volume: number, errors: PriceErrors): boolean {
  if (!isPriceWar(price, volume)) return false;
  return (
    deviateOf(-Math.log(price), errors.tornqvist) >= SURE_DEVIATES &&
    deviateOf(Math.log(volume), errors.volume) >= SURE_DEVIATES
  );
}

function deviateOf(distance: number, error: FigureError | NoError): number {
  if (typeof error === 'string') return -Infinity;
  return error.standardError === 0
    ? Math.sign(distance) * Infinity
    : normalOf(distance / error.standardError, error.degrees);
}
