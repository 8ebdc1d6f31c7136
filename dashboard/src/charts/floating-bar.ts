/**
 * A bar that hangs between two values, as pieces of one stack. ECharts stacks what is above and below zero apart, so a bar
 * that crosses zero is two pieces from zero, and any other is one piece on an invisible base.
 */
export interface FloatingBar {
  base: number;
  above: number;
  below: number;
}

export function floatingBar(from: number, to: number): FloatingBar {
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  if (low >= 0) return { base: low, above: high - low, below: 0 };
  if (high <= 0) return { base: high, above: 0, below: low - high };
  return { base: 0, above: high, below: low };
}

export interface Step {
  from: number;
  to: number;
}

/** Where each part of a waterfall begins and ends: every part begins where the one before ended, the first at zero. */
export function waterfallSteps(changes: readonly number[]): Step[] {
  let end = 0;
  return changes.map((change) => {
    const from = end;
    end += change;
    return { from, to: end };
  });
}
