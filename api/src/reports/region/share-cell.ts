/** A share in a report: its text, and a cell of a table. */
import type { BriefFigure, CellState } from '@beltline/contract';
import type { ReportCell } from '../documents/report-document.ts';
import type { Tools } from './report-sentences.ts';

/** A share that is rounded to nothing, or to all: neither is ever told. */
export type Nearly = Readonly<Record<'nothing' | 'all', string>>;

/** What is told is never nothing and never everything. */
export const shareText = (value: number, nearly: Nearly, figures: Tools['figures']): string =>
  value === 0 ? nearly.nothing : value === 1 ? nearly.all : figures.share(value);

/** Its number, or the state that stands for it; of what nothing is kept, that it is not known. */
export function shareCell(
  kept: { readonly state: CellState; readonly share: BriefFigure } | null,
  nearly: Nearly,
  { words, figures }: Tools,
): ReportCell {
  const { state = 'no-data', share } = kept ?? {};
  const value = share?.value ?? null;
  if (state !== 'shown') return { text: words.states[state], isQuiet: true };
  if (value === null) return { text: words.states['no-data'], isQuiet: true };
  return { text: shareText(value, nearly, figures), isQuiet: false, number: { value, kind: 'share' } };
}
