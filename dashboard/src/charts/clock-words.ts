/** What a place on the clock is in words: for the tooltip, the table and the sentence alike. */
import type { ClockAnswer } from '@beltline/contract';
import type { NumberFormat } from '../format/number-format.ts';
import type { Translate } from '../i18n/translate.ts';

/** Where an area is on the clock in one month, and how sure that is. */
export type ClockPlace = NonNullable<ClockAnswer['areas'][number]['points'][number]>;

/** The quadrant with the word for its certainty, or that it is undetermined. */
export function whereText({ certainty, quadrant }: ClockPlace, t: Translate): string {
  if (certainty === null) return t('state.undetermined');
  return t('certainty.of', {
    certainty: t(`clock.quadrant.${quadrant}`),
    share: t(`certainty.${certainty}`),
  });
}

/** A coordinate with its interval, or why it has none. */
export function coordinateText(
  place: ClockPlace,
  axis: 'x' | 'y',
  numbers: NumberFormat,
  t: Translate,
): string {
  const text = (ratio: number) => (axis === 'x' ? numbers.signedPercent(ratio) : numbers.signedPoints(ratio));
  const value = text(place[axis]);
  if (place.interval === null) {
    const reason = t(`reason.${place.intervalReason ?? 'no-data'}`);
    return t('clock.withInterval', { value, interval: t('uncertainty.none', { reason }) });
  }
  const [low, high] = [place.interval[`${axis}Low`], place.interval[`${axis}High`]];
  const ends = { low: text(low), high: text(high) };
  return t('clock.withInterval', { value, interval: t('uncertainty.between', ends) });
}
