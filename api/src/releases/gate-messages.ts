/** What the thread of the gate is told and tells. Holdings come in pieces, so that neither thread copies a month at once. */
import type { GatedLeavers, LeaversToGate } from './gated-leavers.ts';
import type { GatedArea, GateReport, MonthToGate, ShareMeasure } from './gated-month.ts';

/** What the owners of one side of a belt and combination sold or bought, a list a measure. */
export interface HeldPiece {
  readonly belt: string;
  readonly combination: number;
  readonly side: 'seller' | 'buyer';
  readonly owners: readonly string[];
  readonly values: readonly (readonly number[])[];
  /** Of a share: its part and the rest of its whole; of parts: GMV of a part, which is in the combination; of leavers, as in `HeldByLeavers`. */
  readonly of?: ShareMeasure | 'parts' | 'leavers';
  /** Of months that others are compared with: which of them. */
  readonly at?: number;
}

export type ToGate =
  | { readonly kind: 'month'; readonly month: MonthToGate }
  | { readonly kind: 'leavers'; readonly leavers: LeaversToGate }
  | { readonly kind: 'held'; readonly pieces: readonly HeldPiece[] }
  | { readonly kind: 'end' };

export type FromGate =
  | { readonly kind: 'areas'; readonly areas: readonly GatedArea[] }
  | { readonly kind: 'report'; readonly report: GateReport }
  | { readonly kind: 'told'; readonly leavers: GatedLeavers };
