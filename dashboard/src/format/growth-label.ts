import type { Figure, Flag, Reason, RecoveryPoint, Uncertainty } from '@beltline/contract';
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

/** The part of an indicator or of a series point that decides what can be said about its growth. */
export interface GrowthFacts {
  growth: number | null;
  flag: Flag;
  reason: Reason | null;
  /** The rate is that of January and February together. */
  merged?: boolean;
  /** Where it is known how sure the rate is. */
  uncertainty?: Uncertainty | null;
  /** Where it is known whether chance may have given the sign, among all that it is listed with. */
  isFinding?: boolean;
}

/** A figure that is itself a growth rate. */
export const figureGrowth = ({ value, flag, reason, uncertainty }: Figure): GrowthFacts => ({
  growth: value,
  flag,
  reason,
  uncertainty,
});

/** The lunar-aligned growth of a month, with the flag of its own base. */
export const lunarFacts = ({ lunarGrowth, lunarFlag, reason }: RecoveryPoint): GrowthFacts => ({
  growth: lunarGrowth,
  flag: lunarFlag,
  reason,
});

export const ARROWS: Record<Direction, string> = { up: '▲', down: '▼', flat: '▬', none: '' };
/** In the place of an arrow where chance may have given the sign. */
export const SIGN_UNSURE = '±';

const isSignUnsure = ({ uncertainty, isFinding }: GrowthFacts): boolean =>
  isFinding === undefined ? uncertainty != null && uncertainty.low < 0 && uncertainty.high > 0 : !isFinding;

/** The direction that a reader sees: a rate that rounds to 0.0 % is flat. */
export function directionOf(ratio: number, step = 0.001): Direction {
  if (Math.abs(ratio) < step / 2) return 'flat';
  return ratio > 0 ? 'up' : 'down';
}

export function growthWords(facts: GrowthFacts, numbers: NumberFormat, t: Translate): GrowthWords {
  const label = (text: string): GrowthWords => ({ direction: 'none', arrow: '', text, rate: false });
  if (facts.flag === 'base-too-small') return label(t('flag.base-too-small'));
  if (facts.growth === null) return label(t(`reason.${facts.reason ?? 'no-data'}`));
  const text = numbers.signedPercent(facts.growth);
  if (isSignUnsure(facts)) return { direction: 'flat', arrow: SIGN_UNSURE, text, rate: true };
  const direction = directionOf(facts.growth);
  return { direction, arrow: ARROWS[direction], text, rate: true };
}

/** The same for a sentence: "▲+12.3%", said where it is of two months, or the reason. */
export function growthPhrase(facts: GrowthFacts, numbers: NumberFormat, t: Translate): string {
  const words = growthWords(facts, numbers, t);
  const rate = words.rate ? `${words.arrow}${words.text}` : words.text;
  return facts.merged && words.rate ? t('growth.merged', { rate }) : rate;
}
