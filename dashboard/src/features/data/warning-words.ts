import type { Translate } from '../../i18n/translate.ts';

/** The names under which a load counts what is odd about it (docs/sources.md). */
export const WARNING_RULES = [
  'dispatched-before-placed',
  'delivered-before-dispatched',
  'paid-before-placed',
  'updated-before-placed',
  'placed-in-future',
  'refund-over-amount',
  'no-pieces',
  'channel-not-of-sales-mode',
  'no-membership',
  'clock-change',
  'blank-around-id',
  'buyer-unknown',
  'sku-unknown',
  'same-instant-in-load',
  'same-instant-replaced',
  'older-than-in-force',
  'withdrawn',
  'withdrawal-withheld',
  'order-on-several-days',
  'order-id-cut',
  'membership-one-day-gap',
  'memberships-kept',
  'memberships-changed',
  'lines-moved',
  'owners-changed',
  'lines-of-new-owners',
  'no-line-end',
] as const;

/** What a warning counts, with its unit (lines, orders, merchants, files); null of a rule that is not known. */
export function warningWords(rule: string, t: Translate): string | null {
  const known = WARNING_RULES.find((name) => name === rule);
  return known ? t(`data.warningRules.${known}`) : null;
}
