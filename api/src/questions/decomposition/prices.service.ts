import { Inject, Injectable } from '@nestjs/common';
import type { ExplanationQuestion, PricesAnswer, Reason, SureFigure } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { areaBelts } from '../../data/areas/area.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import type { PeriodComparison } from '../../data/context/period-comparison.ts';
import { answerWith } from '../indicator.ts';
import { changeOf, frameOf, unavailableReason } from './decomposition-context.ts';
import { comparedFigure } from './figures.ts';
import { addMonths, firstDayOf, type Month, monthOf, monthsThrough } from '../../core/calendar.ts';
import { type Amount, UNKNOWN } from '../../core/amounts.ts';
import { ratioOf, whyNoRatio } from '../../core/ratio.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { invalidRequest } from '../../platform/problem/problem-error.ts';
import { ComparedSumsService } from '../../data/sums/compared-sums.service.ts';
import { inParts, type PricedPeriods, takenTogether } from '../../data/prices/priced-periods.ts';
import { sourcePeriods } from '../../data/versions/source-periods.ts';
import { lmdi } from '../../statistics/lmdi.ts';
import {
  fisher,
  hasEnoughMatched,
  geksTornqvist,
  laspeyres,
  paasche,
  type PairSums,
  tornqvist,
  valueIndex,
  volumeIndex,
} from '../../statistics/price-index.ts';
import {
  isSurePriceWar,
  type PriceErrors,
  priceErrors,
  type PriceOwners,
  priceOwnersOf,
} from '../../statistics/price-errors.ts';
import { known } from '../../core/brief-figure.ts';
import { changeWithError, indexWithError } from '../../data/owners/figure-error.ts';

/**
 * Months that are taken together, from the best on. Goods come and go: of those that are sold in two years, those of parts that are long are seen late in
 * the one and early in the other, which is less than a year apart. A price that falls by 13 % was told to fall by 11 to 12 % over whole years, by 12.6 over halves
 * of them.
 */
const PARTS = [1, 3, 6, 12];

/** Months of a GEKS window: a year and the month it is compared with. */
const CHAIN_MONTHS = 13;

type Row = z.output<typeof queries.pricePairs.row>;
type Chain = PricesAnswer['chain'];

interface Pair {
  readonly rows: Row[];
  readonly owners: PriceOwners;
  readonly monthsTogether: number;
}

/** Value as price times volume, from items (SKUs by combination of tracks) sold in the same parts of both periods. */
@Injectable()
export class PricesService {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(ComparedSumsService) private readonly sums: ComparedSumsService,
  ) {}

  async prices(context: ComparisonContext, question: ExplanationQuestion): Promise<PricesAnswer> {
    assertAllTracks(question);
    const frame = frameOf(context, question);
    const [pair, orders, chain] = await Promise.all([
      this.pair(context),
      this.orders(context),
      this.chain(context),
    ]);
    const { rows, owners, monthsTogether } = pair;
    return { ...frame, ...pricesOf(context.compared, rows, { orders, owners }), monthsTogether, chain };
  }

  /**
   * Sums over the items of the baseline (period 0) and of the period (1), and those of each legal owner. Items are compared month by month where enough of
   * them were sold in the same months, else by longer and longer parts of the periods, else over the whole of them.
   */
  private async pair(context: ComparisonContext): Promise<Pair> {
    const { meta, now, baseline } = context.compared;
    const whole = Math.max(now.months.length, baseline.months.length);
    if (unavailableReason(meta) !== null)
      return { rows: [], owners: priceOwnersOf([]), monthsTogether: whole };
    const periods = [baseline.months, now.months];
    for (const monthsTogether of PARTS) {
      const parts = inParts(periods, monthsTogether);
      const rows = parts && (await this.ask(context, parts));
      if (rows && matchedOf(rows) !== null)
        return { rows, owners: await this.owners(context, parts), monthsTogether };
    }
    const together = takenTogether(periods);
    const [rows, owners] = await Promise.all([this.ask(context, together), this.owners(context, together)]);
    return { rows, owners, monthsTogether: whole };
  }

  /** How sure the indices are. */
  private async owners({ vintage, area }: ComparisonContext, periods: PricedPeriods): Promise<PriceOwners> {
    const rows = await this.clickhouse.ask(vintage.scope, queries.priceOwners, {
      data_version: vintage.dataVersion,
      ...areaBelts(area),
      ...periods,
    });
    return priceOwnersOf(rows[0]?.sums ?? []);
  }

  /** Orders of both periods: whether the base is too small. */
  private async orders(context: ComparisonContext): Promise<Amount> {
    if (unavailableReason(context.compared.meta) !== null) return UNKNOWN;
    return (await this.sums.byTrack(context, [], ['all'])).all.orders;
  }

  /** The price level by month over the window that ends with the period, as far as it is loaded. @throws EngineError */
  async chain(context: ComparisonContext): Promise<Chain> {
    const months = chainMonths(context);
    if (months.length === 0) return [];
    const rows = await this.ask(context, takenTogether(months.map((month) => [firstDayOf(month)])));
    return chainOf(months, rows);
  }

  private ask({ vintage, area }: ComparisonContext, periods: PricedPeriods): Promise<Row[]> {
    return this.clickhouse.ask(vintage.scope, queries.pricePairs, {
      data_version: vintage.dataVersion,
      ...areaBelts(area),
      ...periods,
    });
  }
}

/** @throws ProblemError where prices of one track are asked for. */
export function assertAllTracks({ track }: ExplanationQuestion): void {
  if (track !== 'all')
    throw invalidRequest({ field: 'track', message: 'prices are told of all lines together: track=all' });
}

/** Months of the chain that ends with the period. */
function chainMonths({ vintage, compared }: ComparisonContext): Month[] {
  const last = compared.now.months.at(-1);
  const complete = sourcePeriods(vintage.loaded).completeMonths;
  if (last === undefined || complete === null) return [];
  const end = monthOf(last);
  const start = addMonths(end, 1 - CHAIN_MONTHS);
  return monthsThrough(start > complete.from ? start : complete.from, end);
}

const sumsOf = (row: Row): PairSums => ({
  items: row.items,
  value0: row.value0,
  value1: row.value1,
  laspeyresSum: row.laspeyres_sum,
  paascheSum: row.paasche_sum,
  tornqvist0: row.tornqvist0,
  tornqvist1: row.tornqvist1,
  logSum: row.log_sum,
});

function chainOf(months: readonly Month[], rows: readonly Row[]): Chain {
  const found = new Map(rows.map((row) => [`${row.from_period} ${row.to_period}`, sumsOf(row)]));
  const valueOf = (index: number) => found.get(`${index} ${index}`)?.value0 ?? 0;
  /** Two months are linked by the SKUs sold in both, where these speak for all of both. */
  const between = (from: number, to: number) => {
    const sums = found.get(`${from} ${to}`);
    if (!sums || !hasEnoughMatched(sums, { value0: valueOf(from), value1: valueOf(to) })) return null;
    const index = tornqvist(sums);
    return index === null ? null : Math.log(index);
  };
  // What was sold without a SKU that the source tells is not nothing.
  const isTold = (index: number) => (found.get(`${index} ${index}`)?.items ?? 1) > 0;
  const skusOf = (index: number) => (isTold(index) ? (found.get(`${index} ${index}`)?.items ?? 0) : null);
  // A month that nothing links to another has no price level; the first one with a link is 100.
  const start = months.findIndex((_, from) =>
    months.some((_month, to) => to > from && between(from, to) !== null),
  );
  const levels =
    start < 0 ? [] : geksTornqvist((from, to) => between(start + from, start + to), months.length - start);
  return months.map((month, index) => {
    const level = (index < start ? null : levels[index - start]) ?? null;
    return {
      month,
      index: known(level === null ? null : 100 * level, isTold(index) ? 'no-matched-items' : 'not-told'),
      skus: skusOf(index),
    };
  });
}

/** What was sold in both periods, and all that was; `isTold`: whether the source tells any SKU of either that sold something. */
function pairOf(rows: readonly Row[]) {
  const row = (from: number, to: number) =>
    rows.find((one) => one.from_period === from && one.to_period === to);
  const [before, after, both] = [row(0, 0), row(1, 1), row(0, 1)];
  const isTold = [before, after].every((one) => one === undefined || one.items > 0);
  const all = { value0: before?.value0 ?? 0, value1: after?.value0 ?? 0 };
  return { sums: both ? sumsOf(both) : null, all, isTold };
}

/** Null where what was sold in both periods does not speak for all. */
function matchedOf(rows: readonly Row[]): PairSums | null {
  const { sums, all } = pairOf(rows);
  return sums && hasEnoughMatched(sums, all) ? sums : null;
}

function pricesOf(
  compared: PeriodComparison,
  rows: readonly Row[],
  { orders, owners }: { readonly orders: Amount; readonly owners: PriceOwners },
): Omit<PricesAnswer, 'chain' | 'monthsTogether' | 'meta' | 'area' | 'track'> {
  const { sums, all, isTold } = pairOf(rows);
  const { meta } = compared;
  const unavailable = unavailableReason(meta);
  const { value0, value1 } = all;
  const matched = matchedOf(rows);
  const whyNotMatched = isTold ? 'no-matched-items' : 'not-told';
  const reason: Reason = unavailable ?? (sums === null ? whyNotMatched : 'too-few-matched');
  const total = unavailable === null ? changeOf({ value: value1, baseline: value0 }, orders, compared) : null;
  const isSmall = total?.growth.flag === 'base-too-small';
  const price = matched && tornqvist(matched);
  const volume = volumeIndex(valueIndex(all), price);
  const errors = priceErrors(owners);
  const figure = (definition: string, ratio: number | null, error: PriceErrors['volume']) => {
    const value = ratio === null ? null : 100 * ratio;
    return indexWithError(comparedFigure(definition, 'index', value, meta, { reason, isSmall }), error);
  };
  const [volumeChange = null, priceChange = null] =
    price === null || volume === null || isSmall ? [] : lmdi([value0, 1], [value0 * volume, price]);
  const shareIn = (part: number | null, of: number) =>
    known(ratioOf(part, of), unavailable ?? whyNoRatio(of) ?? 'no-matched-items');
  const whyNotSplit = isSmall ? 'too-little-data' : reason;
  const changeIn = (change: number | null, error: PriceErrors['volume']): SureFigure =>
    changeWithError(known(change === null ? null : change / 100, whyNotSplit), error, value0 / 100);
  return {
    total,
    reason: matched === null ? reason : null,
    matchedSkus: isTold ? (sums?.items ?? 0) : null,
    matchedShare: shareIn(sums && sums.value1, value1),
    baselineMatchedShare: shareIn(sums && sums.value0, value0),
    tornqvist: figure('price-index', price, errors.tornqvist),
    fisher: figure('price-index', matched && fisher(matched), errors.fisher),
    laspeyres: figure('price-index', matched && laspeyres(matched), errors.laspeyres),
    paasche: figure('price-index', matched && paasche(matched), errors.paasche),
    volume: figure('volume-index', volume, errors.volume),
    priceChange: changeIn(priceChange, errors.priceChange),
    volumeChange: changeIn(volumeChange, errors.volumeChange),
    isPriceWar: !isSmall && price !== null && volume !== null && isSurePriceWar(price, volume, errors),
  };
}

export const pricesAnswerer = answerWith(
  'prices',
  'comparison',
  PricesService,
  (service, context, question) => service.prices(context, question),
);
