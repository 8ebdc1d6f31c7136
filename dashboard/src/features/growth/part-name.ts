import type { ContributionPart } from '@beltline/contract';
import { pick, type Locale } from '../../i18n/locale.ts';
import type { Translate } from '../../i18n/translate.ts';
import { TRACKS } from '../../shell/vocabulary.ts';

/** "分销 + 定制". A track that is not known keeps the name that the API gives it. */
export function combinationName(combination: readonly string[], t: Translate): string {
  const nameOf = (id: string) => {
    const track = TRACKS.find((known) => known === id);
    return track ? t(`track.${track}`) : id;
  };
  return combination.map(nameOf).join(t('combination.join'));
}

export function partName(
  part: ContributionPart,
  by: 'belt' | 'combination',
  locale: Locale,
  t: Translate,
): string {
  switch (part.kind) {
    case 'belt':
      return part.belt ? pick(part.belt.name, locale) : t('track.unassigned');
    case 'combination':
      return combinationName(part.combination ?? [], t);
    case 'unassigned':
      return t('track.unassigned');
    case 'spanning':
      return t(by === 'belt' ? 'track.spanning' : 'track.spanningCombination');
    case 'rest':
      return t(by === 'belt' ? 'track.rest' : 'track.restCombination', { count: part.members });
  }
}

const isNamed = (part: ContributionPart) => part.kind === 'belt' || part.kind === 'combination';
const LAST_KINDS: readonly ContributionPart['kind'][] = ['rest', 'unassigned', 'spanning'];

/** Largest gain first, largest loss last, and below them what no name stands for; a part of nothing is left out. */
export function orderedParts(parts: readonly ContributionPart[]): ContributionPart[] {
  const named = parts.filter(isNamed).sort((a, b) => b.change - a.change);
  const others = parts.filter((part) => !isNamed(part) && (part.value !== 0 || part.baseline !== 0));
  return [...named, ...others.sort((a, b) => LAST_KINDS.indexOf(a.kind) - LAST_KINDS.indexOf(b.kind))];
}

/** The named part that adds most, and the one that takes most; null where none does. */
export function extremes(parts: readonly ContributionPart[]) {
  const named = orderedParts(parts).filter(isNamed);
  const first = named[0];
  const last = named.at(-1);
  return {
    gain: first && first.change > 0 ? first : null,
    loss: last && last.change < 0 ? last : null,
  };
}
