/**
 * The sentences of a report, made of nothing but figures that are shown: none names a cell that is withheld, and none says of a rate more than
 * its number, as no interval goes with it. A superlative is of values alone, and of those that are published.
 */
import type { ReleasedArea, ReleasedCell } from '@beltline/contract';
import { cellOn } from './report-names.ts';
import type { ReportNames } from './report-names.ts';
import { rateMissing, type ReportFigures } from './report-figures.ts';
import type { ReportWords } from './report-wording.ts';
import { filled } from './report-words.ts';

export interface Told {
  readonly province: ReleasedArea;
  readonly nation: ReleasedArea;
  readonly belts: readonly ReleasedArea[];
  /** As it is written. */
  readonly month: string;
  /** Whether growth is of January and February together. */
  readonly isMerged: boolean;
}

export interface Tools {
  readonly words: ReportWords;
  readonly names: ReportNames;
  readonly figures: ReportFigures;
}

export function sentencesOf({ province, nation, belts, month, isMerged }: Told, tools: Tools): string[] {
  const { words, names, figures } = tools;
  const { sentences } = words;
  const [own, whole] = [cellOn(province, 'all'), cellOn(nation, 'all')];
  const area = names.area(province);
  const said: string[] = [];
  if (own.state === 'zero') return [filled(sentences.valueZero, { month, area }), ...beltsSaid(belts, tools)];
  if (own.state === 'no-data') said.push(filled(sentences.valueUnknown, { month, area }));
  else if (own.gmv.value === null) said.push(filled(sentences.valueSuppressed, { month, area }));
  else {
    said.push(filled(sentences.value, { month, area, value: figures.money(own.gmv.value) }));
    if (whole.gmv.value !== null && whole.gmv.value > 0)
      said.push(filled(sentences.share, { share: figures.share(own.gmv.value / whole.gmv.value) }));
  }
  said.push(rateSaid(own, whole, isMerged, tools));
  const track = largest(
    province.cells.filter((cell) => cell.track !== 'all'),
    (cell) => cell,
  );
  if (track)
    said.push(
      filled(sentences.largestTrack, {
        track: names.track(track.of.track),
        value: figures.money(track.value),
      }),
    );
  return [...said, ...beltsSaid(belts, tools)];
}

function rateSaid(own: ReleasedCell, whole: ReleasedCell, isMerged: boolean, tools: Tools): string {
  const { sentences } = tools.words;
  const why = rateMissing(own.growth);
  if (why === 'suppressed') return sentences.rateSuppressed;
  if (why === 'small-base') return sentences.rateSmallBase;
  if (why === 'none') return sentences.rateNone;
  const text = isMerged ? sentences.rateMerged : sentences.rate;
  return filled(text, { rate: tools.figures.growth(own).text, nation: tools.figures.growth(whole).text });
}

function beltsSaid(belts: readonly ReleasedArea[], { words, names, figures }: Tools): string[] {
  const { sentences } = words;
  if (belts.length === 0) return [sentences.noBelts];
  const shown = belts.filter((belt) => cellOn(belt, 'all').gmv.value !== null);
  const counted = filled(sentences.belts, {
    count: figures.whole(belts.length),
    shown: figures.whole(shown.length),
  });
  const first = largest(shown, (belt) => cellOn(belt, 'all'));
  if (!first) return [counted];
  const value = figures.money(first.value);
  return [counted, filled(sentences.largestBelt, { belt: names.area(first.of), value })];
}

/** The one with the largest value that is shown, where at least two are and it alone has it. */
function largest<T>(all: readonly T[], cellOfOne: (one: T) => ReleasedCell): { of: T; value: number } | null {
  const shown = all.flatMap((of) => {
    const { state, gmv } = cellOfOne(of);
    return state === 'shown' && gmv.value !== null ? [{ of, value: gmv.value }] : [];
  });
  const [first, second] = shown.sort((a, b) => b.value - a.value);
  return first && second && first.value > second.value ? first : null;
}
