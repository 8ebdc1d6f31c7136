/** Figures of money divided by prices: what a level and a growth would be had prices stayed. */
import type { Figure, Span } from '@beltline/contract';
import { missing, UNSTATED } from '../../core/figure.ts';
import { addMonths, firstDayOf, lastDayOf, type Month, monthsThrough } from '../../core/calendar.ts';
import { at } from '../../core/vector.ts';
import { type MonthDays, windowTo } from '../../data/daily/months.ts';
import { exactly, withError } from '../../data/owners/figure-error.ts';
import { ratioError } from '../../statistics/owner-bootstrap.ts';
import { type PriceLevel, priceRatio } from '../../statistics/price-level.ts';
import { STATE_MONTHS } from './area-facts.ts';
import type { StateFigures } from './area-state.ts';
import type { MonthEvidence } from './month-evidence.ts';

/** Prices of a state's window: against the base year, and against the same months a year before; null where they are not known. */
export type WindowPrices = NonNullable<MonthEvidence['prices']>;

const YEAR = 12;
const windowOf = (month: Month): Month[] => monthsThrough(addMonths(month, 1 - STATE_MONTHS), month);

/** The base year as four periods; the price level against all of them. */
export const BASE_PERIODS = 4;

/**
 * Periods from the base year to a window, all of three months: the base year's four quarters, then the window's months in each year from there on, and the window. Years
 * between, since of what was sold in the base year little may be left. Null where the window is not complete.
 */
export function periodsSince(base: number, months: readonly MonthDays[], month: Month): Month[][] | null {
  if (windowTo(months, month, STATE_MONTHS) === null) return null;
  const quarters = ['03', '06', '09', '12'].map((end) => windowOf(`${base}-${end}`));
  const years = Number(month.slice(0, 4)) - base;
  const between = Array.from({ length: Math.max(0, Math.abs(years) - 1) }, (_, index) =>
    addMonths(month, -Math.sign(years) * YEAR * (Math.abs(years) - 1 - index)),
  ).filter((end) => windowTo(months, end, STATE_MONTHS) !== null);
  return [...quarters, ...between.map(windowOf), windowOf(month)];
}

/** The same months a year before, and the window. */
export const periodsOfGrowth = (month: Month): Month[][] => [
  windowOf(addMonths(month, -YEAR)),
  windowOf(month),
];

/** The figures of a state by value, divided by prices. What has no value keeps its reason; without prices there are too few matched items. */
export function deflated(figures: StateFigures, { level, growth }: WindowPrices): StateFigures {
  return {
    ...figures,
    level: dividedFigure(figures.level, level, 'volume-level', (value, price) => value / price),
    levelWithoutOutliers: dividedFigure(
      figures.levelWithoutOutliers,
      level,
      'volume-level',
      (value, price) => value / price,
    ),
    growth: dividedFigure(figures.growth, growth, 'volume-growth', (value, price) => (1 + value) / price - 1),
  };
}

function dividedFigure(
  figure: Figure,
  price: PriceLevel | null,
  definition: string,
  by: (value: number, price: number) => number,
): Figure {
  if (figure.value === null) return { ...figure, definition };
  if (price === null) return missing(definition, figure.unit, 'too-few-matched');
  const { numerator } = figure;
  return {
    ...figure,
    definition,
    value: by(figure.value, price.index),
    numerator: numerator === null ? null : numerator / price.index,
    ...UNSTATED,
  };
}

/** What merchants sold now, at the prices of a year before: so breadth is of volumes too. */
export const atPricesBefore = (values: Float64Array, price: PriceLevel | null): Float64Array =>
  price === null ? values : values.map((value) => value / price.index);

/** Prices as an index, 100 = those of the baseline, with their interval. `sizes`: sums of the same owners, in the order of the influence. */
export function priceFigure(
  price: PriceLevel | null,
  definition: string,
  { period, baseline }: Pick<Figure, 'period' | 'baseline'>,
  sizes: Float64Array,
): Figure {
  if (price === null) return missing(definition, 'index', 'too-few-matched');
  const plain: Figure = {
    ...missing(definition, 'index', 'too-few-matched'),
    value: 100 * price.index,
    flag: 'final',
    reason: null,
    period,
    baseline,
    coverage: price.matchedShare,
  };
  const error = exactly(plain, 100, ratioError(priceRatio(price, sizes)));
  return withError(plain, error, (ratio) => 100 * ratio);
}

/** The days of months that follow one another; null of none. */
export const spanOfMonths = (months: readonly Month[]): Span | null =>
  months.length === 0
    ? null
    : { firstDay: firstDayOf(at(months, 0)), lastDay: lastDayOf(at(months, months.length - 1)) };
