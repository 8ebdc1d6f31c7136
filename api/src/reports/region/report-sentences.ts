/**
 * The sentences of a report, made of nothing but figures that are shown: none names a cell that is withheld, and none says of a rate more than
 * its number, as no interval goes with it. A superlative is of values alone, and of those that are published.
 */
import type { ReleasedArea, ReleasedCell, ReportArea } from '@beltline/contract';
import { cellOn } from '../documents/report-names.ts';
import type { ReportNames } from '../documents/report-names.ts';
import { rateMissing, type ReportFigures } from './report-figures.ts';
import type { ReportWords } from '../documents/report-wording.ts';
import { filled } from '../documents/report-words.ts';

export interface Told {
  readonly kind: ReportArea;
  readonly own: ReleasedArea;
  readonly nation: ReleasedArea;
  /** Those that lie in it; null where it is not told of its parts. */
  readonly belts: readonly ReleasedArea[] | null;
  /** What it is called in a sentence: belts of somewhere, or a belt. */
  readonly subject: string;
  /** As it is written. */
  readonly month: string;
  /** Whether growth is of January and February together. */
  readonly isMerged: boolean;
  /** What levels are against; null where there are none. */
  readonly year: number | null;
}

export interface Tools {
  readonly words: ReportWords;
  readonly names: ReportNames;
  readonly figures: ReportFigures;
}

export function sentencesOf(
  { kind, own: area, nation, belts, month, subject, isMerged, year }: Told,
  tools: Tools,
): string[] {
  const { words, names, figures } = tools;
  const { sentences } = words;
  const own = cellOn(area, 'all');
  const whole = kind === 'nation' ? null : cellOn(nation, 'all');
  const parts = belts === null ? [] : beltsSaid(belts, tools);
  const said: string[] = [];
  if (own.state === 'zero') return [filled(sentences.valueZero, { month, subject }), ...parts];
  if (own.state === 'no-data') said.push(filled(sentences.valueUnknown, { month, subject }));
  else if (own.gmv.value === null) said.push(filled(sentences.valueSuppressed, { month, subject }));
  else {
    said.push(filled(sentences.value, { month, subject, value: figures.money(own.gmv.value) }));
    if (whole !== null && whole.gmv.value !== null && whole.gmv.value > 0)
      said.push(filled(sentences.share, { share: figures.share(own.gmv.value / whole.gmv.value) }));
  }
  said.push(rateSaid(own, whole, isMerged, tools));
  if (year !== null) said.push(levelSaid(area, kind === 'nation' ? null : nation, { year, isMerged }, tools));
  const track = largest(
    area.cells.filter((cell) => cell.track !== 'all'),
    (cell) => cell,
  );
  if (track)
    said.push(
      filled(sentences.largestTrack, {
        track: names.track(track.of.track),
        value: figures.money(track.value),
      }),
    );
  return [...said, ...parts];
}

function rateSaid(own: ReleasedCell, whole: ReleasedCell | null, isMerged: boolean, tools: Tools): string {
  const { sentences } = tools.words;
  const why = rateMissing(own.growth);
  if (why === 'suppressed') return sentences.rateSuppressed;
  if (why === 'small-base') return sentences.rateSmallBase;
  if (why === 'none') return sentences.rateNone;
  const rate = filled(isMerged ? sentences.rateMerged : sentences.rate, {
    rate: tools.figures.growth(own).text,
  });
  const nation = whole && filled(sentences.rateNation, { nation: tools.figures.growth(whole).text });
  return nation === null ? rate : `${rate}${nation}`;
}

/** A number of which 100 is another, and no word of whether it has recovered: nothing released says how sure it is. */
function levelSaid(
  { level }: ReleasedArea,
  nation: ReleasedArea | null,
  { year, isMerged }: { readonly year: number; readonly isMerged: boolean },
  { words: { sentences }, figures }: Tools,
): string {
  const of = { year: String(year) };
  const why = level ? rateMissing(level) : 'none';
  if (why === 'suppressed') return filled(sentences.levelSuppressed, of);
  if (why !== null) return filled(sentences.levelNone, of);
  const told = { ...of, level: figures.level(level).text };
  const whole = nation ? filled(sentences.levelNation, { nation: figures.level(nation.level).text }) : '';
  return filled(isMerged ? sentences.levelMerged : sentences.level, told) + whole;
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
