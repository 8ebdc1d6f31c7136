import type { ContributionPart } from '@beltline/contract';

/** Without a baseline there are no percentage points; the parts are then shown by their change, which adds up as well. */
export const inPoints = (parts: readonly ContributionPart[]) =>
  parts.every(({ change, contribution }) => change.value === null || contribution.value !== null);
