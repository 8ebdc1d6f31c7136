/** What the thread of states is told and tells: an area at a time, with all that its states rest on. */
import type { RecoveryState } from '@beltline/contract';
import type { OwnerWindows } from '../../data/owners/owner-windows.ts';
import type { StateFigures } from './area-state.ts';
import type { MonthPlaces } from './month-evidence.ts';

/** The months of an area whose states are asked for together. */
export interface AreaMonths {
  readonly windows: OwnerWindows;
  readonly months: readonly { readonly figures: StateFigures; readonly places: MonthPlaces }[];
  readonly deadBand: number;
}

export interface ToStates {
  readonly number: number;
  readonly area: AreaMonths;
}

/** One state a month. */
export interface FromStates {
  readonly number: number;
  readonly states: readonly RecoveryState[];
}
