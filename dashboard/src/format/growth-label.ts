import type { Figure, Flag, Reason, RecoveryPoint } from '@beltline/contract';
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
}

/** A figure that is itself a growth rate. */
export const figureGrowth = ({ value, flag, reason }: Figure): GrowthFacts => ({
  growth: value,
  flag,
  reason,
});

/** The lunar-aligned growth of a month, with the flag of its own base. */
export const lunarFacts = ({ lunarGrowth, lunarFlag, reason }: RecoveryPoint): GrowthFacts => ({
  growth: lunarGrowth,
  flag: lunarFlag,
  reason,
});

export const ARROWS: Record<Direction, string> = { up: '▲', down: '▼', flat: '▬', none: '' };

/** The direction that a reader sees: a rate that rounds to 0.0 % is flat. */
export function directionOf(ratio: number, step = 0.001): Direction {
  if (Math.abs(ratio) < step / 2) return 'flat';
  return ratio > 0 ? 'up' : 'down';
}

export function growthWords(facts: GrowthFacts, numbers: NumberFormat, t: Translate): GrowthWords {
  const label = (text: string): GrowthWords => ({ direction: 'none', arrow: '', text, rate: false });
  if (facts.flag === 'base-too-small') return label(t('flag.base-too-small'));
  if (facts.growth === null) return label(t(`reason.${facts.reason ?? 'no-data'}`));
  const direction = directionOf(facts.growth);
  return { direction, arrow: ARROWS[direction], text: numbers.signedPercent(facts.growth), rate: true };
}

/** The same for a sentence: "▲+12.3%", said where it is of two months, or the reason. */
export function growthPhrase(facts: GrowthFacts, numbers: NumberFormat, t: Translate): string {
  const words = growthWords(facts, numbers, t);
  const rate = words.rate ? `${words.arrow}${words.text}` : words.text;
  return facts.merged && words.rate ? t('growth.merged', { rate }) : rate;
}
