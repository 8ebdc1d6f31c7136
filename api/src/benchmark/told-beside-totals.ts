/**
 * What quartiles tell beside a total. Officials are told what belts sell, month by month, so that of a group that is a belt's merchants the sum is known, and whoever is a merchant and knows an official has both.
 * A total hides its largest owner by what all the others but the attackers sold; quartiles say of those that they sold no less than so much. What is still open must be p% of the largest.
 * Of several groups in a belt each leaves as much open by itself, so what holds for each holds for their sum.
 */
import type { DisclosureRules, GuardedWindows, QuantileWindow } from '../disclosure/rules.ts';

/** Those that are told: of all, then without the upper quartile, which says most, and at last none. `sorted` ascends and has nothing below 0. */
export function windowsBesideTotal(
  sorted: readonly number[],
  [lower, median, upper]: GuardedWindows,
  rules: DisclosureRules,
): GuardedWindows {
  const fewer: GuardedWindows[] = [
    [lower, median, upper],
    [lower, median, null],
    [null, median, null],
  ];
  return fewer.find((windows) => leavesOpen(sorted, windows, rules)) ?? [null, null, null];
}

function leavesOpen(
  sorted: readonly number[],
  windows: GuardedWindows,
  { percent, pooled }: DisclosureRules,
): boolean {
  const told = windows.filter((window) => window !== null);
  // The largest is attacked by the next ones, who know their own.
  const others = sorted.slice(0, Math.max(0, sorted.length - 1 - pooled));
  const open = others.reduce((sum, value, at) => {
    // Whoever stands in a mean is known by their sum, of which attackers know their own; the largest is in none.
    return told.some(({ first, last }) => at >= first && at <= last)
      ? sum
      : sum + value - leastOf(sorted, told, at);
  }, 0);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  return open >= (percent / 100) * (sorted.at(-1) ?? 0) - 1e-9 * total;
}

/** No less than the mean of those who stand below. */
function leastOf(sorted: readonly number[], told: readonly QuantileWindow[], at: number): number {
  const below = told.findLast(({ last }) => last < at);
  if (!below) return 0;
  const values = sorted.slice(below.first, below.last + 1);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
