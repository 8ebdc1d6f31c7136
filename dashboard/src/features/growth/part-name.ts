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
  part: Pick<ContributionPart, 'kind' | 'belt' | 'combination' | 'members'>,
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

/** A change that is not told stands between gains and losses. */
const changeOf = ({ change }: ContributionPart) => change.value ?? 0;

/** Largest gain first, largest loss last, and below them what no name stands for; a part of nothing is left out. */
export function orderedParts(parts: readonly ContributionPart[]): ContributionPart[] {
  const named = parts.filter(isNamed).sort((a, b) => changeOf(b) - changeOf(a));
  const others = parts.filter(
    (part) => !isNamed(part) && (part.value.value !== 0 || part.baseline.value !== 0),
  );
  return [...named, ...others.sort((a, b) => LAST_KINDS.indexOf(a.kind) - LAST_KINDS.indexOf(b.kind))];
}

/**
 * The named part that adds most, and the one that takes most; null where none does. What reads as nothing (`isNothing`) takes and adds
 * nothing.
 */
export function extremes(
  parts: readonly ContributionPart[],
  isNothing: (part: ContributionPart) => boolean = () => false,
) {
  const named = orderedParts(parts).filter(isNamed);
  const first = named[0];
  const last = named.at(-1);
  return {
    gain: first && changeOf(first) > 0 && !isNothing(first) ? first : null,
    loss: last && changeOf(last) < 0 && !isNothing(last) ? last : null,
  };
}
