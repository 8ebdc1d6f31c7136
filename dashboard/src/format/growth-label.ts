import type { BriefFigure, SeriesPoint, SureFigure, Uncertainty } from '@beltline/contract';
import type { Translate } from '../i18n/translate.ts';
import type { NumberFormat } from './number-format.ts';

export type Direction = 'up' | 'down' | 'flat' | 'none';

/** A growth rate as it is shown: a percentage with arrow and sign, or, where there is none, the reason in words. */
export interface GrowthWords {
  direction: Direction;
  arrow: string;
  text: string;
  /** False where `text` is a label such as 基数过小 and not a rate. */
  rate: boolean;
}

/** A figure that is a growth rate, and what decides how it is said. */
export interface GrowthFacts extends BriefFigure {
  /** The rate is that of January and February together. */
  merged?: boolean;
  /** Where it is known how sure the rate is. */
  uncertainty?: Uncertainty | null;
  /** Where it is known whether chance may have given the sign, among all that it is listed with. */
  isFinding?: boolean;
}

/** A rate that nobody has told an interval of: chance may have given its sign. */
export const unsure = (growth: GrowthFacts): GrowthFacts => ({ ...growth, isFinding: false });

/** A growth rate with its interval, which is asked for apart from it: null where it is not known (yet), and then it has no direction. */
export const asSureAs = (growth: BriefFigure, sure: SureFigure | null): GrowthFacts => ({
  ...growth,
  uncertainty: sure?.uncertainty ?? null,
});

/** How sure the growth of a point of a series is; null or left out = not known: it may have no interval, as a day. */
export interface SurePoint {
  readonly sure?: SureFigure | null;
}
export type ShownPoint = SeriesPoint & SurePoint;

/** The growth of a month or a day, with its interval where there is one. It may be that of January and February together. */
export const pointGrowth = ({
  growth,
  merged,
  sure,
}: { growth: BriefFigure; merged: boolean } & SurePoint): GrowthFacts => ({
  ...asSureAs(growth, sure ?? null),
  merged,
});

export const ARROWS: Record<Direction, string> = { up: '▲', down: '▼', flat: '▬', none: '' };
/** In the place of an arrow where chance may have given the sign. */
export const SIGN_UNSURE = '±';

/** Whether chance may have given the sign, by what is known of it; it may where nothing is known. */
export const isSignUnsure = ({
  uncertainty,
  isFinding,
}: Pick<GrowthFacts, 'uncertainty' | 'isFinding'>): boolean =>
  isFinding === undefined ? uncertainty == null || (uncertainty.low < 0 && uncertainty.high > 0) : !isFinding;

/** Whether an interval rules out that chance gave the sign; not where there is none. */
export const isSignSure = (figure: Pick<SureFigure, 'uncertainty'> | null): boolean =>
  figure !== null && !isSignUnsure(figure);

/** The direction that a reader sees: a rate that rounds to 0.0 % is flat. */
export function directionOf(ratio: number, step = 0.001): Direction {
  if (Math.abs(ratio) < step / 2) return 'flat';
  return ratio > 0 ? 'up' : 'down';
}

export function growthWords(facts: GrowthFacts, numbers: NumberFormat, t: Translate): GrowthWords {
  const label = (text: string): GrowthWords => ({ direction: 'none', arrow: '', text, rate: false });
  if (facts.flag === 'base-too-small') return label(t('flag.base-too-small'));
  if (facts.value === null) return label(t(`reason.${facts.reason ?? 'no-data'}`));
  const text = numbers.signedPercent(facts.value);
  if (isSignUnsure(facts)) return { direction: 'flat', arrow: SIGN_UNSURE, text, rate: true };
  const direction = directionOf(facts.value);
  return { direction, arrow: ARROWS[direction], text, rate: true };
}

/** The same for a sentence: "▲+12.3%", said where it is of two months, or the reason. */
export function growthPhrase(facts: GrowthFacts, numbers: NumberFormat, t: Translate): string {
  const words = growthWords(facts, numbers, t);
  const rate = words.rate ? `${words.arrow}${words.text}` : words.text;
  return facts.merged && words.rate ? t('growth.merged', { rate }) : rate;
}
