import type { Definition } from '@beltline/contract';

/** What is said of an indicator, beside its id, group and unit. */
export type Words = Pick<Definition, 'name' | 'text' | 'formula' | 'source'>;

/** Name and text in Chinese, then in English; the formula; tables or literature that it comes from. */
export const words = (
  zh: readonly [name: string, text: string],
  en: readonly [name: string, text: string],
  formula: string,
  source: string,
): Words => ({
  name: { zh: zh[0], en: en[0] },
  text: { zh: zh[1], en: en[1] },
  formula,
  source,
});

/** A definition from its words. */
export const defined = (
  id: string,
  group: Definition['group'],
  unit: Definition['unit'],
  text: Words,
): Definition => ({ id, group, unit, ...text });
