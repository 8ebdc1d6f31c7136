import { KINDS } from './kinds.ts';
import { ownersOf } from './merchant-profiles.ts';
import { Roster } from './roster.ts';
import { SHOCK_VARIANCE } from './shocks.ts';
import { LAST_MONTH, WINDOWS, type Window, monthsOf, ordersIn } from './truth-windows.ts';
import type { World } from './world.ts';

/** Owners that are left out to see what the others do. */
const LARGEST_OWNERS = 3;
/** Changes within so much of the mean of both count as none. */
const UNCHANGED = 0.02;

/** Expected orders of a window and the variance of their number, given the merchants. */
export interface ExpectedOrders {
  readonly orders: number;
  readonly variance: number;
}

/** What the merchants of a belt are expected to do. */
export interface OwnerTruth {
  /** Per cent; null where the others sold nothing a year before. */
  readonly growthWithoutThree: number | null;
  readonly breadth: number;
  readonly windows: Readonly<Record<Window, ExpectedOrders>>;
}

/** Expected orders of one merchant: of whole months for breadth, of the windows' days for all else. */
interface Merchant {
  now: number;
  before: number;
  months: number;
  monthsBefore: number;
}

/**
 * Expectations by merchant, summed over kinds: its share of the belt's candidates times what is expected of the kind.
 * The orders that distributors are promised are left out of it, one a year each.
 */
export function merchantTruths(world: World): OwnerTruth[] {
  const { plan, merchants, registry, distributors, seed } = world;
  const owners = ownersOf(merchants, registry.belts, seed);
  const roster = new Roster(merchants, distributors, plan.beltCount);
  const found = registry.belts.map(() => new Map<number, Merchant>());
  const windows = registry.belts.map(() => ({ now: none(), before: none(), base: none() }));

  for (const window of WINDOWS) {
    for (const month of monthsOf(window)) {
      roster.enterMonth(month);
      registry.belts.forEach((_, belt) => {
        const orders = expectedOf(roster, belt, (kind) => ordersIn(plan, window, kind, belt, month));
        for (const [merchant, mean] of orders) {
          windows[belt]![window].orders += mean;
          windows[belt]![window].variance += mean + SHOCK_VARIANCE * mean * mean;
          if (window !== 'base') entryOf(found[belt]!, merchant)[window] += mean;
        }
      });
    }
  }
  for (const yearsBack of [0, 1]) {
    for (const month of wholeMonths(yearsBack)) {
      roster.enterMonth(month);
      registry.belts.forEach((_, belt) => {
        const orders = expectedOf(roster, belt, (kind) => plan.mean(kind, belt, month));
        for (const [merchant, mean] of orders)
          entryOf(found[belt]!, merchant)[yearsBack === 0 ? 'months' : 'monthsBefore'] += mean;
      });
    }
  }
  return found.map((ofBelt, belt) => ({
    growthWithoutThree: growthWithoutThree(ofBelt, owners),
    breadth: breadthOf(ofBelt),
    windows: windows[belt]!,
  }));
}

/** Breadth is of whole months; January enters with February only, so the window ends in December. */
function wholeMonths(yearsBack: number): number[] {
  return [3, 2, 1].map((back) => LAST_MONTH - back - 12 * yearsBack);
}

function expectedOf(roster: Roster, belt: number, mean: (kind: number) => number): Map<number, number> {
  const orders = new Map<number, number>();
  for (let kind = 0; kind < KINDS.length; kind++) {
    const ofKind = mean(kind);
    roster.eachShare(kind, belt, (merchant, share) => {
      orders.set(merchant, (orders.get(merchant) ?? 0) + ofKind * share);
    });
  }
  return orders;
}

function growthWithoutThree(ofBelt: ReadonlyMap<number, Merchant>, owners: Int32Array): number | null {
  const byOwner = new Map<number, { now: number; before: number }>();
  for (const [merchant, { now, before }] of ofBelt) {
    const sums = byOwner.get(owners[merchant]!) ?? { now: 0, before: 0 };
    byOwner.set(owners[merchant]!, { now: sums.now + now, before: sums.before + before });
  }
  const others = [...byOwner.values()].sort((x, y) => y.now - x.now).slice(LARGEST_OWNERS);
  const sum = (of: 'now' | 'before'): number => others.reduce((all, owner) => all + owner[of], 0);
  const before = sum('before');
  return before > 0 ? 100 * (sum('now') / before - 1) : null;
}

function breadthOf(ofBelt: ReadonlyMap<number, Merchant>): number {
  let [trading, rising] = [0, 0];
  for (const { months, monthsBefore } of ofBelt.values()) {
    if (months + monthsBefore === 0) continue;
    trading++;
    const isUnchanged = Math.abs(months - monthsBefore) <= (UNCHANGED * (months + monthsBefore)) / 2;
    rising += isUnchanged ? 0.5 : months > monthsBefore ? 1 : 0;
  }
  return (100 * rising) / trading;
}

const none = (): { orders: number; variance: number } => ({ orders: 0, variance: 0 });

function entryOf(ofBelt: Map<number, Merchant>, merchant: number): Merchant {
  const known = ofBelt.get(merchant);
  if (known) return known;
  const entry = { now: 0, before: 0, months: 0, monthsBefore: 0 };
  ofBelt.set(merchant, entry);
  return entry;
}
