/**
 * How the months of many areas fill up, with borrowed strength: an area's month is told from its share of what the whole source is
 * expected to sell in the days that are left. Two things tell that share: what the area has sold so far (the chain ladder) and what it sold
 * in the twelve weeks before (Bornhuetter–Ferguson); Benktander's mixture weighs them. Where an area's months fill up otherwise than the whole
 * source's, that is drawn from the nation's over its category's to its own pattern, by how much patterns differ beyond their own noise.
 * Nothing from the day on that is asked about is looked at. ADR 27.
 */
import { sumFrom } from '../../core/vector.ts';
import { reservesOf } from '../../statistics/benktander.ts';
import type { Flow } from '../../statistics/share-noise.ts';
import { betweenVariance, credibility, type Estimate } from '../../statistics/shrinkage.ts';
import type { NowcastResult, RunningMonth } from './nowcast.ts';

/** Days before a month that the expectation rests on: twelve weeks. Of 28, 56, 84 and 182 days these had the least errors on the demo's orders. */
export const RECENT_DAYS = 84;
/** Days before a matching month that are enough to tell how a month differs from what was before it. */
const FEWEST_RECENT_DAYS = 28;

/** Mack's errors of two or three years know nothing of what those years did not hold: they count twice. */
const ERRORS_OF_FEW_YEARS = 2;

/** An area of a source. `group`: the place among the areas of the category that its pattern is drawn towards, where that holds several belts; null = the nation's. */
export interface PanelArea extends Flow {
  readonly key: string;
  readonly group: number | null;
  /** Whether areas of its kind cover the source once: they tell how much patterns differ. */
  readonly tellsVariance: boolean;
}

/** The days of a source's areas, and of the whole. */
export interface Panel {
  readonly whole: Flow;
  readonly areas: readonly PanelArea[];
}

/** An area's nowcast before its band. */
export interface Borrowed {
  readonly soFar: number;
  readonly estimate: number;
  /** Standard deviation of the logarithm of what is still to come, as the method itself has it: the nation's of Mack, and the noise of the share. */
  readonly logError: number;
  /** Orders still to come, as estimated: what the noise goes with. */
  readonly ordersToCome: number;
}

/** Sums of a flow over the matching days of a month in earlier years, cumulated by day, and over the weeks before each. */
interface Sums {
  readonly values: Float64Array;
  readonly orders: Float64Array;
  readonly before: number;
  readonly ordersBefore: number;
}
interface History {
  /** Of the month itself, as far as it is known. */
  readonly now: Pick<Sums, 'values' | 'orders'>;
  /** Over all earlier years, and over those of which enough days before are known. */
  readonly all: Sums;
  readonly withBefore: Sums;
  readonly recent: number;
  readonly ordersRecent: number;
}

type Kind = 'filling' | 'season';

/** What is known of a month of a source before its first day, and an area's nowcast on any day of it. `noise`: of a share, for each order. */
export class BorrowedMonth {
  private readonly whole: History;
  private readonly histories: readonly History[];
  private readonly drawnOn = new Map<string, readonly number[]>();

  constructor(
    private readonly panel: Panel,
    private readonly month: RunningMonth,
    private readonly noise: number,
  ) {
    this.whole = historyOf(panel.whole, month);
    this.histories = panel.areas.map((area) => historyOf(area, month));
  }

  /**
   * Whether the month so far, or its matching days of earlier years together, hold fewer orders of an area than a figure needs: a month is
   * then some ten orders times a factor that rests on as few.
   */
  restsOnTooFew(index: number, known: number, fewest: number): boolean {
    const history = this.histories[index];
    if (!history) return true;
    const before = this.month.counterparts.length === 0 ? Infinity : (history.all.orders[known] ?? 0);
    return Math.min(history.now.orders[known] ?? 0, before) < fewest;
  }

  /** The area at an index of the panel after `known` days, from the nowcast of the whole source; null where that or the area says nothing. */
  after(index: number, known: number, ofWhole: NowcastResult): Borrowed | null {
    const [area, history] = [this.panel.areas[index], this.histories[index]];
    if (!area || !history || ofWhole.estimate === null) return null;
    const [sold, orders] = [history.now.values[known] ?? 0, history.now.orders[known] ?? 0];
    const wholeSold = this.whole.now.values[known] ?? 0;
    if (!(sold > 0 && wholeSold > 0)) return null;
    const wholeRest = ofWhole.estimate - ofWhole.soFar;
    const own = (sold / wholeSold) * wholeRest * Math.exp(this.drawn('filling', known)[index] ?? 0);
    const hasRecent = history.recent > 0 && this.whole.recent > 0;
    const expected = hasRecent
      ? (history.recent / this.whole.recent) * wholeRest * Math.exp(this.drawn('season', known)[index] ?? 0)
      : own;
    const completion = sold / (sold + own);
    const isOpen = completion < 1;
    const prior = isOpen ? expected / (1 - completion) : sold;
    const { chainLadder, bornhuetterFerguson } = reservesOf({ latest: sold, completion, prior });
    // The weight is the nation's completion: an area's own is as noisy as what it is to weigh.
    const weight = ofWhole.completion ?? 0;
    const rest = weight * chainLadder + (1 - weight) * bornhuetterFerguson;
    const ordersToCome = (orders * rest) / sold;
    const isWhole = history.recent === this.whole.recent && sold === wholeSold;
    const shareNoise = isWhole
      ? 0
      : 1 / Math.max(1, ordersToCome) +
        weight ** 2 / Math.max(1, orders) +
        (1 - weight) ** 2 / Math.max(1, hasRecent ? history.ordersRecent : orders);
    const logError = Math.sqrt(
      (ERRORS_OF_FEW_YEARS * (ofWhole.logError ?? 0)) ** 2 + this.noise * shareNoise,
    );
    const soFar = sumFrom(area.values, this.month.start, known);
    return { soFar, estimate: soFar + rest, logError, ordersToCome };
  }

  /** By how much the areas' patterns differ from the whole source's on a day, in logarithms, as far as that is believed. */
  private drawn(kind: Kind, known: number): readonly number[] {
    const key = `${kind} ${known}`;
    const made = this.drawnOn.get(key) ?? drawnTowards(this.panel.areas, this.deviations(kind, known));
    this.drawnOn.set(key, made);
    return made;
  }

  private deviations(kind: Kind, known: number): (Estimate | null)[] {
    const ofWhole = ratioOf(this.whole, kind, known);
    return this.histories.map((history) => {
      const own = ratioOf(history, kind, known);
      if (ofWhole === null || own === null) return null;
      return { value: own.log - ofWhole.log, variance: this.noise * own.inverseOrders };
    });
  }
}

/**
 * Deviations of areas from the whole, drawn towards it: a category's by how much categories differ, a belt's towards its category's by how
 * much belts of a category do. One that is not known is what it is drawn towards.
 */
export function drawnTowards(
  areas: readonly Pick<PanelArea, 'group' | 'tellsVariance'>[],
  deviations: readonly (Estimate | null)[],
): number[] {
  const own = areas.map(({ group }, index) => {
    const deviation = deviations[index] ?? null;
    const ofGroup = group === null ? null : (deviations[group] ?? null);
    return deviation && ofGroup ? { ...deviation, value: deviation.value - ofGroup.value } : deviation;
  });
  const told = (isGrouped: boolean) =>
    own.filter(
      (one, index): one is Estimate =>
        one !== null && areas[index]?.tellsVariance === true && (areas[index].group !== null) === isGrouped,
    );
  const [amongAll, within] = [betweenVariance(told(false)), betweenVariance(told(true))];
  const believed = (index: number, between: number) => {
    const deviation = own[index] ?? null;
    return deviation === null ? 0 : deviation.value * credibility(deviation.variance, between);
  };
  return areas.map(({ group }, index) =>
    group === null ? believed(index, amongAll) : believed(group, amongAll) + believed(index, within),
  );
}

/** Logarithm of what came after a day over what came before it in earlier years (`season`: in the weeks before the month); null of nothing. */
function ratioOf(
  { all, withBefore }: History,
  kind: Kind,
  known: number,
): { log: number; inverseOrders: number } | null {
  const sums = kind === 'filling' ? all : withBefore;
  const [total, orders] = [sums.values.at(-1) ?? 0, sums.orders.at(-1) ?? 0];
  const [soFar, ordersSoFar] = [sums.values[known] ?? 0, sums.orders[known] ?? 0];
  const [base, ordersBase] = kind === 'filling' ? [soFar, ordersSoFar] : [sums.before, sums.ordersBefore];
  const [rest, ordersRest] = [total - soFar, orders - ordersSoFar];
  if (!(rest > 0 && base > 0 && ordersRest > 0 && ordersBase > 0)) return null;
  return { log: Math.log(rest / base), inverseOrders: 1 / ordersRest + 1 / ordersBase };
}

function historyOf(flow: Flow, { start, days, counterparts }: RunningMonth): History {
  const from = Math.max(0, start - RECENT_DAYS);
  const known = counterparts.filter((positions) => (positions[0] ?? 0) >= FEWEST_RECENT_DAYS);
  const all = sumsOf(flow, days, counterparts);
  const ownDays = Array.from({ length: days }, (_, day) => start + day);
  return {
    now: { values: cumulated(flow.values, days, [ownDays]), orders: cumulated(flow.orders, days, [ownDays]) },
    all,
    withBefore: known.length === counterparts.length ? all : sumsOf(flow, days, known),
    recent: sumOf(flow.values, from, start - from),
    ordersRecent: sumOf(flow.orders, from, start - from),
  };
}

function sumsOf(flow: Flow, days: number, counterparts: readonly (readonly number[])[]): Sums {
  const before = (of: ArrayLike<number>) =>
    counterparts.reduce((total, [first = 0]) => {
      const from = Math.max(0, first - RECENT_DAYS);
      return total + sumOf(of, from, first - from);
    }, 0);
  return {
    values: cumulated(flow.values, days, counterparts),
    orders: cumulated(flow.orders, days, counterparts),
    before: before(flow.values),
    ordersBefore: before(flow.orders),
  };
}

/** What was sold by the end of each day of a month, from none on, over rows of positions together. */
function cumulated(of: ArrayLike<number>, days: number, rows: readonly (readonly number[])[]): Float64Array {
  const sums = new Float64Array(days + 1);
  for (const positions of rows) {
    for (let day = 0; day < days; day++)
      sums[day + 1] = (sums[day + 1] ?? 0) + Math.max(0, of[positions[day] ?? -1] ?? 0);
  }
  for (let day = 0; day < days; day++) sums[day + 1] = (sums[day + 1] ?? 0) + (sums[day] ?? 0);
  return sums;
}

/** Days on which more was refunded than sold count as none: a share has no sign. */
function sumOf(values: ArrayLike<number>, from: number, length: number): number {
  let total = 0;
  for (let position = from; position < from + length; position++) total += Math.max(0, values[position] ?? 0);
  return total;
}
