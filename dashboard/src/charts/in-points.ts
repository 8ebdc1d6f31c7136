import type { ContributionPart } from '@beltline/contract';

/** Whether a contribution reads as 0.00 percentage points, of which no sentence says that it adds or takes; null has no points to read. */
export const isNoPoint = (contribution: number | null): boolean =>
  contribution !== null && Math.abs(contribution) < 0.00005;

/** Without a baseline there are no percentage points; the parts are then shown by their change, which adds up as well. */
export const inPoints = (parts: readonly ContributionPart[]) =>
  parts.every(({ change, contribution }) => change.value === null || contribution.value !== null);
